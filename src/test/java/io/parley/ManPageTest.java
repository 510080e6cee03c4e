package io.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.cli.Messages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parley help --man}. */
class ManPageTest {

    @TempDir
    Path directory;

    @Test
    void namesEveryCommandWithItsOptionsAndExamples() {
        String page = page(Locale.ENGLISH, "help", "--man");
        assertThat(page)
                .startsWith(".TH \"PARLEY\" \"1\" ")
                .contains(
                        ".SH \"PARLEY ACCOUNT IMPORT\"\n",
                        "\\fB\\-\\-skip\\-bad\\fR\n",
                        "\\fB\\-c, \\-\\-conf FILE\\fR\n")
                .contains(".nf\n  parley account import accounts.csv \\-\\-conf conf/parley.json\n.fi\n")
                .doesNotContain("\u001b", "@|", "\\-\\-password\\fR");
    }

    @Test
    void ofOneCommandHasThatAndWhatIsBelow() {
        String page = page(Locale.ENGLISH, "help", "account", "--man");
        assertThat(page)
                .startsWith(".TH \"PARLEY\\-ACCOUNT\" \"1\" ")
                .contains(".SH \"PARLEY ACCOUNT SHOW\"\n")
                .doesNotContain("PARLEY SERVE");
    }

    @Test
    void everyLineIsARequestOrText() {
        assertThat(page(Locale.ENGLISH, "help", "--man").lines())
                .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP|nf|fi)( \"[^\"]*\")*|[^.'].*"));
    }

    @Test
    void isInChineseForThoseWhoReadIt() {
        assertThat(page(Locale.CHINESE, "help", "--man")).contains(".SH \"名称\"\n", "消息节点");
    }

    /** The program behind {@code man}, with all its warnings on. */
    @Test
    void groffShowsItWithoutAWarning() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")));
        Path page = Files.writeString(directory.resolve("parley.1"), page(Locale.ENGLISH, "help", "--man"));
        Path shown = directory.resolve("shown");
        Path warnings = directory.resolve("warnings");
        Process groff = new ProcessBuilder(
                        "groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-rLL=78n", "-P-c", page.toString())
                .redirectOutput(shown.toFile())
                .redirectError(warnings.toFile())
                .start();
        assertThat(groff.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(warnings)).isEmpty();
        assertThat(groff.exitValue()).isZero();
        assertThat(text(shown))
                .contains("parley account import accounts.csv --conf conf/parley.json\n")
                .contains("--skip-bad");
    }

    /** Without the backspaces with which it makes letters bold. */
    private static String text(Path shown) throws IOException {
        return Files.readString(shown, StandardCharsets.UTF_8).replaceAll(".\b", "");
    }

    private static String page(Locale locale, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Parley.run(new PrintWriter(out), new PrintWriter(err), Messages.of(locale), arguments))
                .isZero();
        return out.toString();
    }
}
