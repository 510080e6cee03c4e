package io.parley.codec.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.ByeReason;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SentencesTest {

    private static final Sentences ENGLISH = Sentences.of(Locale.ENGLISH);
    private static final Sentences CHINESE = Sentences.of(Locale.SIMPLIFIED_CHINESE);

    private static Set<String> placeholders(Sentences sentences, String key) {
        return Pattern.compile("\\{\\d}")
                .matcher(sentences.bundle().getString(key))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everySentenceIsInBothLanguagesWithTheSamePlaceholders() {
        // A key that Chinese lacks would come from the English parent, so the bundles are compared by their values.
        assertThat(CHINESE.bundle().keySet()).isEqualTo(ENGLISH.bundle().keySet());
        for (String key : ENGLISH.bundle().keySet()) {
            assertThat(placeholders(CHINESE, key)).as(key).isEqualTo(placeholders(ENGLISH, key));
            assertThat(CHINESE.bundle().getString(key))
                    .as(key)
                    .isNotEqualTo(ENGLISH.bundle().getString(key));
        }
    }

    @Test
    void everyErrorAndEveryReasonHasASentence() {
        Stream.of(ENGLISH, CHINESE).forEach(sentences -> {
            for (ErrorCode code : ErrorCode.values()) {
                assertThat(sentences.refusal(new Refusal(code, "detail"))).isNotEmpty();
                assertThat(sentences.loginRefusal(new Refusal(code, "detail"))).isNotEmpty();
            }
            for (ByeReason reason : ByeReason.values()) {
                assertThat(sentences.bye(reason)).isNotEmpty();
            }
        });
    }

    @Test
    void aRefusalSaysWhenToTryAgain() {
        Refusal locked = new Refusal(ErrorCode.LOCKED, "detail", Duration.ofSeconds(90));
        assertThat(ENGLISH.loginRefusal(locked)).isEqualTo("Too many wrong passwords. Try again in 90 s.");
        assertThat(CHINESE.loginRefusal(locked)).isEqualTo("密码错误次数过多。请在 90 秒后再试。");
    }

    @Test
    void anotherLanguageGetsEnglish() {
        assertThat(Sentences.of(Locale.FRENCH).text("unknown")).isEqualTo(ENGLISH.text("unknown"));
    }
}
