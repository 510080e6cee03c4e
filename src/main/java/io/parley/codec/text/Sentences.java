package io.parley.codec.text;

import io.parley.protocol.ByeReason;
import io.parley.protocol.Refusal;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * What the codecs for people say, in the language of their listener: {@code sentences.properties} and
 * {@code sentences_zh.properties}, UTF-8, with {@link MessageFormat} placeholders: an apostrophe is written twice.
 */
public record Sentences(ResourceBundle bundle) {

    private static final Control NO_GUESSING = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    /** English for a language that is not there. */
    public static Sentences of(Locale language) {
        return new Sentences(ResourceBundle.getBundle("io.parley.codec.text.sentences", language, NO_GUESSING));
    }

    /** @param arguments put into the placeholders as they are: numbers without separators */
    public String text(String key, Object... arguments) {
        Object[] texts = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = String.valueOf(arguments[i]);
        }
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(texts);
    }

    /** Why something was refused; the refusal's own detail is English, and for programmers. */
    public String refusal(Refusal refusal) {
        return withRetry("refused.", refusal);
    }

    /** Why a login was refused. */
    public String loginRefusal(Refusal refusal) {
        return withRetry(bundle.containsKey("login." + refusal.code().code()) ? "login." : "refused.", refusal);
    }

    /** Why the node ends the connection, or the login. */
    public String bye(ByeReason reason) {
        return text("bye." + reason.code());
    }

    private String withRetry(String prefix, Refusal refusal) {
        String sentence = text(prefix + refusal.code().code());
        long seconds = refusal.retryAfter().toSeconds();
        return seconds == 0 ? sentence : text("retry", sentence, seconds);
    }
}
