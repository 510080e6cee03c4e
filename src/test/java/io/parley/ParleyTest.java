package io.parley;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.Messages;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ParleyTest {

    private static final String USABLE = """
            {"listeners": [{"name": "main", "port": 0, "tls": false}], "redis": {"host": "cache"},
             "mysql": {"host": "db", "password": "hunter2"},
             "auth": {"token": {"secret": "hunter2hunter2hunter2hunter2hunter2"}}}
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Locale locale, String... args) {
        return Parley.run(new PrintWriter(out), new PrintWriter(err), Messages.of(locale), args);
    }

    private String conf(String json) throws IOException {
        return Files.writeString(directory.resolve("parley.json"), json).toString();
    }

    @Test
    void checkPrintsTheEffectiveConfigurationForPeopleWithoutSecrets() throws IOException {
        assertThat(run(Locale.ENGLISH, "check", "--conf", conf(USABLE))).isZero();
        assertThat(out.toString().lines())
                .contains("mysql", "  host          db               (file)", "  password      ********         (file)")
                .contains("  poolSize      4", "listeners[0]")
                .noneMatch(line -> line.contains("hunter2"));
        assertThat(err.toString()).contains("is usable");
    }

    @Test
    void checkPrintsJsonForAnotherProgram() throws IOException {
        assertThat(run(Locale.ENGLISH, "check", "--json", "--conf", conf(USABLE)))
                .isZero();
        JsonObject effective = new JsonObject(out.toString());
        assertThat(effective.getJsonObject("mysql").getInteger("poolSize")).isEqualTo(4);
        assertThat(out.toString()).contains("********").doesNotContain("hunter2");
    }

    @Test
    void checkSaysWhoSaidWhat() throws IOException {
        assertThat(run(Locale.ENGLISH, "check", "--origins", "--conf", conf(USABLE)))
                .isZero();
        assertThat(out.toString())
                .contains("mysql.host = db  (file)", "mysql.poolSize = 4  (default)")
                .doesNotContain("hunter2");
    }

    @Test
    void checkTakesAFileThatDrawsOnTheScreenForWhatItIs() throws IOException {
        String hostile = USABLE.replace("\"db\"", "\"db\", \"\\u001b[2J\": 1");
        assertThat(run(Locale.ENGLISH, "check", "--conf", conf(hostile))).isEqualTo(2);
        assertThat(err.toString()).contains("[2J is not known").doesNotContain("\u001b");
    }

    @Test
    void checkListsAllFaultsOnStandardErrorAndExitsWithTwo() throws IOException {
        String conf = conf(USABLE.replace("\"db\"", "\"\"").replace("cache\"", "cache\", \"hots\": 1"));
        assertThat(run(Locale.ENGLISH, "check", "--conf", conf)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("faults: 2", "mysql.host: found \"\"", "redis.hots is not known; did you mean redis.host?");
    }

    @Test
    void faultsAreInChineseForThoseWhoReadIt() {
        assertThat(run(Locale.SIMPLIFIED_CHINESE, "check", "--conf", "nowhere.json"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("不存在或无法读取");
    }

    @Test
    void aClientCommandSpeaksTheLanguageThatItIsAskedTo() {
        String[] wrong = {"send", "--user", "10001", "--to", "10002", "--token-file", "nowhere", "x"};
        assertThat(run(Locale.ENGLISH, with(wrong, "--lang", "zh"))).isEqualTo(2);
        assertThat(err.toString()).contains("不存在或无法读取");
        err.getBuffer().setLength(0);
        assertThat(run(Locale.SIMPLIFIED_CHINESE, with(wrong, "--lang=en"))).isEqualTo(2);
        assertThat(err.toString()).contains("does not exist");
        err.getBuffer().setLength(0);
        assertThat(run(Locale.ENGLISH, with(wrong, "--lang", "fr"))).isEqualTo(2);
        assertThat(err.toString()).contains("fr is not a value for --lang; allowed: en, zh");
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void withoutACommandItShowsTheCommandsAndExitsWithTwo() {
        assertThat(run(Locale.ENGLISH)).isEqualTo(2);
        assertThat(err.toString()).contains("check");
    }

    @Test
    void theVersionNamesTheCommitVertxAndJava() {
        assertThat(run(Locale.ENGLISH, "--version")).isZero();
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        parley -> assertThat(parley)
                                .matches("parley development"
                                        + "( \\(commit [0-9a-f]{12,}(-dirty)?, \\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z\\))?"),
                        runsOn -> assertThat(runsOn).matches("Vert\\.x 5\\.\\d+\\.\\d+, Java \\S+ on .+"));
    }

    @Test
    void whatACommandThrowsIsOneSentenceWithoutAStackTrace() {
        CommandLine line = Parley.commandLine(Messages.of(Locale.ENGLISH))
                .addSubcommand("broken", new Broken())
                .setErr(new PrintWriter(err));
        assertThat(line.execute("broken")).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("Failed: the store said no");
    }

    @Command
    static final class Broken implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new IllegalStateException("the store said no\nand more");
        }
    }
}
