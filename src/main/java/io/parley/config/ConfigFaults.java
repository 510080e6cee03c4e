package io.parley.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be used, with all of its faults; carries no stack trace, as nothing is broken in the
 * code.
 */
public final class ConfigFaults extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public ConfigFaults(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")), null, false, false);
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
