package io.parley.script;

import io.parley.cli.ExitCodes;
import io.parley.cli.Messages;
import picocli.CommandLine.ExitCode;

/** How many messages became what; and so, how a send ends. Belongs to the thread that reports. */
final class Tally {

    private long delivered;
    private long stored;
    private long sent;
    private long refused;
    private long inDoubt;
    private boolean brokenOff;

    void count(Outcome outcome) {
        if (outcome.receipt() == null) {
            inDoubt++;
            return;
        }
        switch (outcome.receipt().status()) {
            case DELIVERED -> delivered++;
            case STORED -> stored++;
            case SENT -> sent++;
            case REFUSED -> refused++;
        }
    }

    /** Not everything that was to be sent was tried. */
    void brokenOff() {
        brokenOff = true;
    }

    long refused() {
        return refused;
    }

    long inDoubt() {
        return inDoubt;
    }

    /** Whoever says something in a room cares for other numbers than who writes to somebody. */
    String summary(Messages messages) {
        return sent > 0
                ? messages.text("send.summary.sent", sent, refused, inDoubt)
                : messages.text("send.summary", delivered, stored, refused, inDoubt);
    }

    String progress(Messages messages, long open) {
        return sent > 0
                ? messages.text("send.progress.sent", sent, refused, inDoubt, open)
                : messages.text("send.progress", delivered, stored, refused, inDoubt, open);
    }

    /** The worst that happened. Doubt comes first: it is what a script must not repeat without thinking. */
    int exitCode() {
        if (inDoubt > 0) {
            return ExitCodes.OUT_OF_TIME;
        }
        if (brokenOff) {
            return ExitCode.SOFTWARE;
        }
        return refused > 0 ? ExitCodes.REFUSED : ExitCode.OK;
    }
}
