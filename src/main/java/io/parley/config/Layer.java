package io.parley.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Where a value was said; a later layer wins over an earlier one. Each calls the keys by names of its own. */
enum Layer {
    FILE,
    ENVIRONMENT,
    PROPERTIES;

    /** What Kubernetes sets for services whose names begin with "parley": not for us, whatever the names look like. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern SERVICE_URL = Pattern.compile("(tcp|udp|sctp)://.*");

    /** {@code mysql.poolSize} as this layer spells it: PARLEY_MYSQL_POOL_SIZE, or -Dparley.mysql.poolSize. */
    String spell(String path) {
        return switch (this) {
            case FILE -> path;
            case ENVIRONMENT ->
                "PARLEY_"
                        + path.replaceAll("([a-z])([A-Z])", "$1_$2")
                                .replaceAll("[.\\[-]", "_")
                                .replace("]", "")
                                .toUpperCase(Locale.ROOT);
            case PROPERTIES -> "-Dparley." + path.replace('[', '.').replace("]", "");
        };
    }

    /**
     * Whether a name is meant as configuration: ours have a section and a key, so PARLEY_HOME is not; nor is logging,
     * which starts before the configuration is read.
     */
    boolean isConfiguration(String name, String value) {
        return switch (this) {
            case FILE -> true;
            case ENVIRONMENT ->
                name.matches("PARLEY_[^_]+_.+")
                        && !name.startsWith("PARLEY_LOG_")
                        && !SERVICE_LINK.matcher(name).matches()
                        && !SERVICE_URL.matcher(value).matches();
            case PROPERTIES -> name.matches("-Dparley\\.[^.]+\\..+") && !name.startsWith("-Dparley.log.");
        };
    }
}
