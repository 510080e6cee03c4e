package io.parley.auth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What was found wrong with a file, line by line: the first {@value #LISTED} faults, and how many there are. A file of
 * another kind, named by mistake, has one on each of its million lines, which nobody wants to read or to keep.
 */
final class FoundFaults {

    static final int LISTED = 100;

    private final List<AccountFault> listed = new ArrayList<>();
    private int faults;
    private int lines;
    private int lastLine;

    /** To be called in the order of the lines: those of one line after each other. */
    void add(AccountFault fault) {
        faults++;
        if (fault.line() != lastLine) {
            lines++;
            lastLine = fault.line();
        }
        if (listed.size() < LISTED) {
            listed.add(fault);
        }
    }

    boolean isEmpty() {
        return faults == 0;
    }

    /** How many lines are at fault. */
    int lines() {
        return lines;
    }

    AccountFaults toException() {
        return new AccountFaults(
                listed.stream()
                        .sorted(Comparator.comparingInt(AccountFault::line))
                        .toList(),
                faults - listed.size());
    }
}
