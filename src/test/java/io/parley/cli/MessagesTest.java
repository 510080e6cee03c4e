package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.Fault;
import io.parley.tls.CertificateFault;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Messages ENGLISH = Messages.of(Locale.ENGLISH);
    private static final Messages CHINESE = Messages.of(Locale.SIMPLIFIED_CHINESE);

    /** Help texts stand in the annotations in English, so only their translations have keys. */
    private static Set<String> sentences(Messages messages) {
        return messages.bundle().keySet().stream()
                .filter(key -> !key.startsWith("parley."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> placeholders(Messages messages, String key) {
        return Pattern.compile("\\{\\d}")
                .matcher(messages.bundle().getString(key))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everySentenceIsInBothLanguagesWithTheSamePlaceholders() {
        // A key that Chinese lacks would come from the English parent, so the bundles are compared by their values.
        assertThat(sentences(CHINESE)).isEqualTo(sentences(ENGLISH));
        for (String key : sentences(ENGLISH)) {
            assertThat(placeholders(CHINESE, key)).as(key).isEqualTo(placeholders(ENGLISH, key));
            assertThat(CHINESE.bundle().getString(key))
                    .as(key)
                    .isNotEqualTo(ENGLISH.bundle().getString(key));
        }
    }

    @Test
    void everyProblemHasASentence() {
        for (Fault.Problem problem : Fault.Problem.values()) {
            assertThat(ENGLISH.text("fault." + problem, "the.key", "found", "detail"))
                    .contains("the.key");
        }
        for (CertificateFault.Problem problem : CertificateFault.Problem.values()) {
            assertThat(ENGLISH.text("certificate." + problem, "the.file", "detail"))
                    .contains("the.file");
        }
    }

    @Test
    void argumentsAreNotFormattedAgainAndApostrophesStay() {
        assertThat(ENGLISH.text("usage.help", "parley {0}")).isEqualTo("Try 'parley {0} --help'.");
        assertThat(ENGLISH.text("faults", 12_345)).endsWith("12345");
    }

    @Test
    void theEnvironmentAsksForALanguageThatTheSystemNeedNotHave() {
        assertThat(Messages.ofPlace(Map.of("LANG", "zh_CN.UTF-8"), Locale.ENGLISH))
                .isEqualTo(CHINESE);
        assertThat(Messages.ofPlace(Map.of("LANG", "zh_CN.UTF-8", "LC_ALL", "C"), Locale.ENGLISH))
                .isEqualTo(ENGLISH);
        assertThat(Messages.ofPlace(Map.of(), Locale.CHINA).text("link.CLOSED")).isEqualTo(CHINESE.text("link.CLOSED"));
    }

    @Test
    void anotherLanguageGetsEnglish() {
        assertThat(Messages.of(Locale.FRENCH).text("failed", "x")).isEqualTo("Failed: x");
    }
}
