package io.parley.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How durations and sizes are written: a whole number and a unit, {@code 500ms} or {@code 64KiB}. */
public final class Units {

    /** Nine digits, so that no unit can overflow. */
    static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");

    private static final Map<String, Duration> DURATIONS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZES = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private Units() {}

    public static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        return matcher.matches()
                ? Optional.of(DURATIONS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }

    static Optional<Long> bytes(String text) {
        Matcher matcher = SIZE.matcher(text);
        return matcher.matches()
                ? Optional.of(Long.parseLong(matcher.group(1)) * SIZES.get(matcher.group(2)))
                : Optional.empty();
    }

    /** In the largest unit that needs no fraction. */
    public static String text(Duration duration) {
        Map<Long, String> units = new TreeMap<>();
        DURATIONS.forEach((unit, length) -> units.put(length.toMillis(), unit));
        return inLargest(units, duration.toMillis());
    }

    /** In the largest unit that needs no fraction. */
    static String text(long bytes) {
        Map<Long, String> units = new TreeMap<>();
        SIZES.forEach((unit, size) -> units.put(size, unit));
        return inLargest(units, bytes);
    }

    private static String inLargest(Map<Long, String> ascending, long amount) {
        String text = amount + ascending.get(1L);
        for (Map.Entry<Long, String> unit : ascending.entrySet()) {
            if (amount != 0 && amount % unit.getKey() == 0) {
                text = amount / unit.getKey() + unit.getValue();
            }
        }
        return text;
    }
}
