package io.parley.bench;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run found out: named figures, in order.
 *
 * @param clean  whether nothing was lost, shown twice or out of order
 */
public record Report(String scenario, Map<String, Object> figures, boolean clean) {

    static final class Builder {
        private final String scenario;
        private final Map<String, Object> figures = new LinkedHashMap<>();
        private boolean clean = true;

        Builder(String scenario) {
            this.scenario = scenario;
        }

        Builder with(String name, long value) {
            figures.put(name, value);
            return this;
        }

        /** Rounded to a tenth. */
        Builder with(String name, double value) {
            figures.put(name, Math.round(value * 10) / 10.0);
            return this;
        }

        /** A figure that must be zero. */
        Builder mustBeZero(String name, long value) {
            clean &= value == 0;
            return with(name, value);
        }

        Builder books(List<Books> books) {
            with("sent", books.stream().mapToLong(Books::sent).sum());
            with("arrived", books.stream().mapToLong(Books::arrived).sum());
            mustBeZero(
                    "without_receipt",
                    books.stream().mapToLong(b -> b.sent() - b.receipts()).sum());
            mustBeZero("refused", books.stream().mapToLong(Books::refused).sum());
            mustBeZero("lost", books.stream().mapToLong(Books::lost).sum());
            mustBeZero("repeated", books.stream().mapToLong(Books::repeated).sum());
            return mustBeZero(
                    "disordered", books.stream().mapToLong(Books::disordered).sum());
        }

        Builder latencies(Latencies latencies) {
            with("latency_p50_us", latencies.micros(50));
            with("latency_p99_us", latencies.micros(99));
            with("latency_p99_9_us", latencies.micros(99.9));
            return with("latency_max_us", latencies.maxMicros());
        }

        Report build() {
            return new Report(scenario, Collections.unmodifiableMap(figures), clean);
        }
    }

    public JsonObject json() {
        JsonObject json = new JsonObject().put("scenario", scenario);
        figures.forEach(json::put);
        return json.put("clean", clean);
    }

    /** One line a figure, aligned. */
    public String table() {
        int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder table = new StringBuilder();
        figures.forEach((name, value) -> table.append(String.format(
                Locale.ROOT, "%-" + width + "s  %,14" + (value instanceof Long ? "d" : ".1f") + "%n", name, value)));
        return table.toString();
    }
}
