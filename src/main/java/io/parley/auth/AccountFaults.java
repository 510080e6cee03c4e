package io.parley.auth;

import java.util.List;
import java.util.stream.Collectors;

/** Why an account command was not done; all that was found, so that a file is mended in one go. */
public final class AccountFaults extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<AccountFault> faults;
    private final int unlisted;

    /** @param unlisted how many more there are than {@code faults} */
    AccountFaults(List<AccountFault> faults, int unlisted) {
        super(faults.stream().map(AccountFault::toString).collect(Collectors.joining(", ")), null, false, false);
        this.faults = List.copyOf(faults);
        this.unlisted = unlisted;
    }

    AccountFaults(List<AccountFault> faults) {
        this(faults, 0);
    }

    AccountFaults(AccountFault.Reason reason, String detail) {
        this(List.of(new AccountFault(reason, detail)));
    }

    public List<AccountFault> faults() {
        return faults;
    }

    public int unlisted() {
        return unlisted;
    }
}
