package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private static final String ERASE = "\r\u001b[K";

    private final StringWriter screen = new StringWriter();
    private long now = 7_000_000_000L;
    private final ProgressBar bar = new ProgressBar(new PrintWriter(screen), Messages.of(Locale.ENGLISH), () -> now);

    @Test
    void saysHowMuchIsDoneAndHowLongTheRestTakes() {
        bar.show("Hashing", 1, 100);
        assertThat(shown()).isEqualTo(ERASE + "Hashing [------------------------] 1% 1/100");
        later(Duration.ofSeconds(30));
        bar.show("Hashing", 50, 100);
        assertThat(shown()).isEqualTo(ERASE + "Hashing [############------------] 50% 50/100 0:00:30 left");
        bar.show("Writing", 100, 100);
        assertThat(shown())
                .as("another task begins anew")
                .isEqualTo(ERASE + "Writing [########################] 100% 100/100");
        bar.clear();
        assertThat(shown()).isEqualTo(ERASE);
    }

    @Test
    void isWrittenAtMostTenTimesASecond() {
        bar.show("Hashing", 1, 1_000);
        shown();
        for (int done = 2; done <= 1_000; done++) {
            later(Duration.ofMillis(1));
            bar.show("Hashing", done, 1_000);
        }
        assertThat(shown().split(ERASE.replace("[", "\\["), -1)).hasSizeBetween(9, 11);
    }

    /** A file of half a million, in the longest words: no line of a terminal is broken by it. */
    @Test
    void fitsOnALine() {
        ProgressBar chinese = new ProgressBar(new PrintWriter(screen), Messages.of(Locale.CHINESE), () -> now);
        String task = Messages.of(Locale.CHINESE).text("import.HASHING");
        chinese.show(task, 1, 500_000);
        later(Duration.ofHours(1));
        shown();
        chinese.show(task, 499_999, 500_000);
        assertThat(DisplayWidth.of(shown().replace(ERASE, ""))).isLessThan(80);
    }

    @Test
    void whatWasNeverShownLeavesNoTrace() {
        bar.clear();
        assertThat(shown()).isEmpty();
    }

    private void later(Duration time) {
        now += time.toNanos();
    }

    /** Since the last look. */
    private String shown() {
        String text = screen.toString();
        screen.getBuffer().setLength(0);
        return text;
    }
}
