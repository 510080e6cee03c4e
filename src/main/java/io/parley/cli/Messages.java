package io.parley.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The sentences that people read, in their language (English, Chinese; others get English). They are in
 * {@code messages.properties} and {@code messages_zh.properties}, UTF-8, with {@link MessageFormat} placeholders: an
 * apostrophe is written twice. Help texts stand in the commands' annotations, their translations under picocli's own
 * keys ({@code parley.check.usage.description}).
 */
public record Messages(ResourceBundle bundle) {

    private static final Control NO_GUESSING = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    /** In the language of this terminal (LANG, LC_ALL). */
    public static Messages ofThisPlace() {
        return ofPlace(System.getenv(), Locale.getDefault());
    }

    /**
     * What the environment asks for counts also where the system has no such locale, as small images have none: the JVM
     * takes English then.
     */
    static Messages ofPlace(Map<String, String> environment, Locale jvm) {
        String asked = Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        return of(asked.startsWith("zh") ? Locale.SIMPLIFIED_CHINESE : jvm);
    }

    public static Messages of(Locale locale) {
        return new Messages(ResourceBundle.getBundle("io.parley.cli.messages", locale, NO_GUESSING));
    }

    /**
     * In the language that {@code --lang} asks for, wherever it stands among the arguments: read before they are
     * parsed, so that what is wrong with them is said in it, too. These, when it is not there or asks for none that we
     * speak.
     */
    public Messages orAsked(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String next = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i].equals("--lang") ? "--lang=" + next : arguments[i]) {
                case "--lang=en" -> {
                    return of(Locale.ENGLISH);
                }
                case "--lang=zh" -> {
                    return of(Locale.SIMPLIFIED_CHINESE);
                }
                default -> {
                    // Not ours to judge
                }
            }
        }
        return this;
    }

    /** For a command: in the language that its command line was made for. */
    public static Messages of(CommandSpec spec) {
        return new Messages(spec.resourceBundle());
    }

    /** @param arguments put into the placeholders as they are: numbers without separators */
    public String text(String key, Object... arguments) {
        Object[] texts = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = String.valueOf(arguments[i]);
        }
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(texts);
    }
}
