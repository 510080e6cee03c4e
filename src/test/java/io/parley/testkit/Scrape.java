package io.parley.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a node says at {@code /metrics}, read as Prometheus reads it: a line that is none of these is an error. */
public final class Scrape {

    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][\\w:]*(?:\\{[^}]*})?) (NaN|[+-]Inf|-?[0-9.E+-]+)");
    private static final Pattern ABOUT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][\\w:]*) (.*)");

    /** Name with its labels, as {@code name{label="value"}}, to value. */
    private final Map<String, Double> samples = new LinkedHashMap<>();

    private final Map<String, String> types = new TreeMap<>();
    private final Map<String, String> helps = new TreeMap<>();

    private Scrape(String text) {
        text.lines().forEach(line -> {
            Matcher about = ABOUT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (about.matches()) {
                (about.group(1).equals("TYPE") ? types : helps).put(about.group(2), about.group(3));
            } else if (sample.matches()) {
                String value = sample.group(2);
                samples.put(sample.group(1), value.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.valueOf(value));
            } else {
                throw new AssertionError("not a line of Prometheus' format: " + line);
            }
        });
    }

    public static Scrape of(int port) {
        return new Scrape(Http.get(port, "/metrics").body());
    }

    /** @param sample as it stands at the beginning of its line, for example {@code up{check="mysql"}} */
    public double value(String sample) {
        Double value = samples.get(sample);
        if (value == null) {
            throw new AssertionError(sample + " is not among " + samples.keySet());
        }
        return value;
    }

    public Map<String, Double> samples() {
        return samples;
    }

    /** Name of each metric, in order, and its type. */
    public Map<String, String> types() {
        return types;
    }

    public String help(String name) {
        return helps.get(name);
    }
}
