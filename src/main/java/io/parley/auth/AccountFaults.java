package io.parley.auth;

import java.util.List;
import java.util.stream.Collectors;

/** Why an account command was not done; all that was found, so that a file is mended in one go. */
public final class AccountFaults extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<AccountFault> faults;

    AccountFaults(List<AccountFault> faults) {
        super(faults.stream().map(AccountFault::toString).collect(Collectors.joining(", ")), null, false, false);
        this.faults = List.copyOf(faults);
    }

    AccountFaults(AccountFault.Reason reason, String detail) {
        this(List.of(new AccountFault(reason, detail)));
    }

    public List<AccountFault> faults() {
        return faults;
    }
}
