package io.parley;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.Messages;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of {@code parley completion}, sourced by a real bash that is asked as the Tab key asks it. */
class CompletionTest {

    /** Says which function completes {@code parley}, and what that offers for the words that follow. */
    private static final String ASK = """
            set -u
            source "$1"
            shift
            [[ $(complete -p parley) == *'-F _complete_parley '* ]] || exit 9
            COMP_WORDS=(parley "$@")
            COMP_CWORD=$#
            COMP_LINE="${COMP_WORDS[*]}"
            COMP_POINT=${#COMP_LINE}
            COMPREPLY=()
            set +u
            _complete_parley parley "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @TempDir
    Path directory;

    private Path script;

    @BeforeEach
    void printScript() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Parley.run(new PrintWriter(out), new PrintWriter(err), Messages.of(Locale.CHINESE), "completion"))
                .isZero();
        assertThat(err.toString()).isEmpty();
        script = Files.writeString(directory.resolve("parley_completion"), out.toString());
    }

    @Test
    void commandsAreCompleted() throws Exception {
        assertThat(offered("")).contains("serve", "check", "account", "chat", "completion");
        assertThat(offered("acc")).containsExactly("account");
        assertThat(offered("account", "")).contains("add", "import", "enable", "show");
        assertThat(offered("account", "im")).containsExactly("import");
    }

    @Test
    void optionsAreCompletedAndHiddenOnesAreNot() throws Exception {
        assertThat(offered("check", "--o")).containsExactly("--origins");
        assertThat(offered("account", "import", "--s")).containsExactly("--skip-bad");
        assertThat(offered("account", "passwd", "--pass")).containsExactly("--password-file");
    }

    @Test
    void filesAreCompletedWhereAFileIsWanted() throws Exception {
        Path conf = Files.writeString(directory.resolve("parley.json"), "{}");
        assertThat(offered("check", "--conf", directory + File.separator + "parley.j"))
                .containsExactly(conf.toString());
    }

    private List<String> offered(String... words) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("bash", "--norc", "--noprofile", "-c", ASK, "bash", script.toString()),
                        Stream.of(words))
                .collect(Collectors.toList());
        Process bash = new ProcessBuilder(command)
                // It complains that no Tab was pressed.
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).as(answer).isZero();
        return answer.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
