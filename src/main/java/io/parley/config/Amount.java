package io.parley.config;

import java.time.Duration;
import java.util.Optional;

/** A value with a smallest and a largest one, both allowed. */
sealed interface Amount<T extends Comparable<T>> extends Kind<T> {

    T min();

    T max();

    @Override
    default boolean allows(T value) {
        return value.compareTo(min()) >= 0 && value.compareTo(max()) <= 0;
    }

    record Whole(Integer min, Integer max) implements Amount<Integer> {
        @Override
        public Optional<Integer> fromJson(Object json) {
            boolean whole = json instanceof Integer || json instanceof Long;
            long value = whole ? ((Number) json).longValue() : 0;
            return whole && value >= min && value <= max ? Optional.of((int) value) : Optional.empty();
        }

        @Override
        public Optional<Integer> fromText(String text) {
            return text.matches("-?\\d{1,18}") ? fromJson(Long.valueOf(text)) : Optional.empty();
        }

        @Override
        public String allowed() {
            return min + " .. " + max;
        }
    }

    /** A size in bytes: a number, or text with a unit. */
    record Size(Long min, Long max) implements Amount<Long> {
        @Override
        public Optional<Long> fromJson(Object json) {
            Optional<Long> bytes = json instanceof Integer || json instanceof Long
                    ? Optional.of(((Number) json).longValue())
                    : json instanceof String text ? Units.bytes(text) : Optional.empty();
            return bytes.filter(this::allows);
        }

        @Override
        public Optional<Long> fromText(String text) {
            return fromJson(text.matches("\\d{1,18}") ? Long.valueOf(text) : text);
        }

        @Override
        public String allowed() {
            return Units.text(min) + " .. " + Units.text(max) + " (64KiB, 16MiB, 65536)";
        }

        @Override
        public Object toJson(Long value) {
            return Units.text(value);
        }
    }

    /** A duration: text with a unit. A number without one is refused, as nobody can tell what it counts. */
    record Span(Duration min, Duration max) implements Amount<Duration> {
        @Override
        public Optional<Duration> fromJson(Object json) {
            return json instanceof String text ? Units.duration(text).filter(this::allows) : Optional.empty();
        }

        @Override
        public String allowed() {
            return Units.text(min) + " .. " + Units.text(max) + " (500ms, 10s, 5m, 12h, 30d)";
        }

        @Override
        public Object toJson(Duration value) {
            return Units.text(value);
        }
    }

    /** How many replicas must have a message before it counts as stored; 0 when the master's word is enough. */
    record Replicas(Integer max) implements Amount<Integer> {
        private static final String PREFIX = "replicated:";

        @Override
        public Integer min() {
            return 0;
        }

        @Override
        public Optional<Integer> fromJson(Object json) {
            if ("accepted".equals(json)) {
                return Optional.of(0);
            }
            return json instanceof String text && text.startsWith(PREFIX)
                    ? new Whole(1, max).fromText(text.substring(PREFIX.length()))
                    : Optional.empty();
        }

        @Override
        public String allowed() {
            return "accepted, replicated:1 .. replicated:" + max;
        }

        @Override
        public Object toJson(Integer value) {
            return value == 0 ? "accepted" : PREFIX + value;
        }
    }
}
