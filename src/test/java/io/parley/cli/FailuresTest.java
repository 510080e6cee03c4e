package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {

    @Command(name = "any")
    static final class Any {}

    private static String said(Locale locale, Exception failure) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Any()).setErr(new PrintWriter(err));
        int code = new Failures(Messages.of(locale)).failed(failure, command, null);
        assertThat(code).isEqualTo(1);
        return err.toString();
    }

    @Test
    void whoRunsOutOfFilesIsToldWhatToDo() {
        Exception failure = new IOException("newSocketStream(..) failed with error(-24): Too many open files");
        assertThat(said(Locale.ENGLISH, failure)).contains("ulimit -n").doesNotContain("newSocketStream");
        assertThat(said(Locale.CHINESE, failure)).contains("ulimit -n", "上限");
    }

    @Test
    void anyOtherFailureIsItsFirstLine() {
        assertThat(said(Locale.ENGLISH, new IOException("it broke\nat some place")))
                .contains("Failed: it broke")
                .doesNotContain("some place");
    }
}
