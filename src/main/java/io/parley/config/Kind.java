package io.parley.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a configuration value may be: reads it, says what is allowed, writes it back.
 *
 * <p>Every method is total: whatever a hostile file holds is read as a value or as empty, never as an exception.
 *
 * @param <T> the value as the records hold it
 */
sealed interface Kind<T> permits Amount, Kind.Text, Kind.Choice, Kind.Flag, Kind.File {

    /** Reads a value of the JSON file: a String, Number, Boolean, JsonObject or JsonArray; empty when not allowed. */
    Optional<T> fromJson(Object json);

    /** Reads what an environment variable or system property says, where everything is text. */
    default Optional<T> fromText(String text) {
        return fromJson(text);
    }

    boolean allows(T value);

    /** What is allowed, in signs rather than in words, as it stands in sentences of any language. */
    String allowed();

    /** The value as it would be written in the file. */
    default Object toJson(T value) {
        return value;
    }

    /** @param rule what the pattern asks for, for people */
    record Text(Pattern pattern, String rule) implements Kind<String> {

        static Text matching(String pattern, String rule) {
            return new Text(Pattern.compile(pattern, Pattern.DOTALL), rule);
        }

        @Override
        public Optional<String> fromJson(Object json) {
            return json instanceof String text && allows(text) ? Optional.of(text) : Optional.empty();
        }

        @Override
        public boolean allows(String value) {
            return pattern.matcher(value).matches();
        }

        @Override
        public String allowed() {
            return rule;
        }
    }

    /** One word of a list. */
    record Choice<E extends Enum<E>>(List<E> values, Function<E, String> word) implements Kind<E> {

        static <E extends Enum<E>> Choice<E> of(E[] values, Function<E, String> word) {
            return new Choice<>(Arrays.asList(values), word);
        }

        @Override
        public Optional<E> fromJson(Object json) {
            return values.stream().filter(each -> word.apply(each).equals(json)).findFirst();
        }

        @Override
        public boolean allows(E value) {
            return values.contains(value);
        }

        @Override
        public String allowed() {
            return values.stream().map(word).collect(Collectors.joining(", "));
        }

        @Override
        public Object toJson(E value) {
            return word.apply(value);
        }
    }

    record Flag() implements Kind<Boolean> {
        @Override
        public Optional<Boolean> fromJson(Object json) {
            return json instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
        }

        @Override
        public Optional<Boolean> fromText(String text) {
            return text.matches("true|false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
        }

        @Override
        public boolean allows(Boolean value) {
            return true;
        }

        @Override
        public String allowed() {
            return "true, false";
        }
    }

    /** A file that must exist; a relative path starts at the directory of the configuration file. */
    record File() implements Kind<Path> {
        @Override
        public Optional<Path> fromJson(Object json) {
            try {
                return json instanceof String text && !text.isBlank() ? Optional.of(Path.of(text)) : Optional.empty();
            } catch (InvalidPathException notAPath) {
                return Optional.empty();
            }
        }

        @Override
        public boolean allows(Path value) {
            return true;
        }

        @Override
        public String allowed() {
            return "path of a file";
        }

        @Override
        public Object toJson(Path value) {
            return value.toString();
        }
    }
}
