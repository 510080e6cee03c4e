package io.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.auth.AccountAdmin;
import io.parley.auth.AccountFault;
import io.parley.auth.AccountFault.Reason;
import io.parley.auth.AccountFaults;
import io.parley.auth.BadLines;
import io.parley.auth.ImportProgress;
import io.parley.auth.ImportProgress.Step;
import io.parley.auth.NewAccount;
import io.parley.config.ConfigFile;
import io.parley.config.NodeConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code parley account import} on a real database: what a file leaves there, and what is said of its lines. */
@Timeout(300)
@ExtendWith(VertxExtension.class)
class AccountImportIT {

    private static final int MANY = 100_000;

    private AdminConsole console;

    /** With the cheapest hash: what one costs is not what this is about. */
    @BeforeEach
    void migrate(@TempDir Path directory) throws IOException {
        console = new AdminConsole(directory);
        JsonObject config = console.config();
        config.getJsonObject("auth").put("hashFormat", "plain");
        console.configure(config);
        assertThat(console.run("migrate")).as(console.err()).isZero();
    }

    @Test
    void aFileAsASpreadsheetSavesItIsTaken() throws IOException {
        String csv = "\uFEFFid,name,password,roles\r\n"
                + "10001,张三,123456\r\n"
                + "\r\n"
                + "ann,\"Bee, \"\"Ann\"\"\",\"pass,word\",\"admin, broadcaster\"\r\n";
        assertThat(load(csv)).as(console.err()).isZero();
        assertThat(console.out()).as("no progress bar, as this is no terminal").isEqualTo("Accounts made: 2\n");
        assertThat(listed()).containsExactly("10001\t张三\t\tenabled", "ann\tBee, \"Ann\"\tadmin,broadcaster\tenabled");
    }

    @Test
    void oneBadLineKeepsAllOthersOutAndEveryOneIsNamed() throws IOException {
        load("ann,Ann,secret1\n");
        assertThat(load("bob,Bob,secret1\nb b,Bob,secret2\ncat,Cat\nann,Ann,secret3\nbob,Bobby,secret4\n"))
                .isEqualTo(1);
        assertThat(console.err().lines())
                .containsExactly(
                        "line 2: a user id must be 1 to 64 characters without spaces, control characters or braces",
                        "line 3: the number of columns is 2 instead of 3 or 4: id,name,password[,roles];"
                                + " quote a value with a comma",
                        "line 4: ann exists already",
                        "line 5: bob stands in the file twice");
        assertThat(console.out()).isEmpty();
        assertThat(listed()).containsExactly("ann\tAnn\t\tenabled");
    }

    @Test
    void badLinesAreSkippedWhenThatIsAskedForAndStillNamed() throws IOException {
        load("ann,Ann,secret1\n");
        byte[] csv = "bob,Bob,secret1\nb b,Bob,secret2\nann,Ann,secret3\nzo\u00eb,Zo\u00eb,secret4\ncat,Cat,secret5"
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(console.run("account", "import", console.write("a.csv", csv).toString(), "--skip-bad"))
                .isZero();
        assertThat(console.out()).isEqualTo("Accounts made: 2; lines skipped: 3\n");
        assertThat(console.err().lines())
                .containsExactly(
                        "line 2: a user id must be 1 to 64 characters without spaces, control characters or braces",
                        "line 3: ann exists already",
                        "line 4: this is not UTF-8 text");
        assertThat(listed()).containsExactly("ann\tAnn\t\tenabled", "bob\tBob\t\tenabled", "cat\tCat\t\tenabled");

        assertThat(console.run("account", "import", console.write("a.csv", csv).toString(), "--skip-bad"))
                .as("nothing was made")
                .isEqualTo(1);
        assertThat(console.out()).isEqualTo("Accounts made: 0; lines skipped: 5\n");
    }

    @Test
    void whatStandsInAFileNeverDrawsOnTheScreen() throws IOException {
        String csv = "\u001b[2J,Ann,secret\n\u001b[2J,Ann,secret\n@|red x|@,Ann,secret\n@|red x|@,Ann,secret\n";
        assertThat(load(csv)).isEqualTo(1);
        assertThat(console.err())
                .contains("line 2: ␛[2J stands in the file twice")
                .doesNotContain("\u001b");
    }

    @Test
    void aFileOfAnotherKindIsNotListedInFull() throws IOException {
        assertThat(load("words and more words\n".repeat(5_000))).isEqualTo(1);
        assertThat(console.err().lines()).hasSize(101).last().isEqualTo("... and 4900 more.");
        assertThat(console.run(Locale.CHINESE, "account", "import", "/nowhere.csv"))
                .isEqualTo(1);
        assertThat(console.err().strip()).isEqualTo("文件 /nowhere.csv 不存在或无法读取");
    }

    @Test
    void aHundredThousandLinesAreImportedAndOneBadLineAmongThemStopsThemAll() throws IOException {
        String csv = IntStream.range(0, MANY)
                .mapToObj("u%06d,Somebody,secret\n"::formatted)
                .collect(Collectors.joining());
        assertThat(load(csv + "u000007,Twice,secret\n")).isEqualTo(1);
        assertThat(console.err().strip()).isEqualTo("line 100001: u000007 stands in the file twice");
        assertThat(listed()).isEmpty();

        assertThat(load(csv)).as(console.err()).isZero();
        assertThat(console.out()).isEqualTo("Accounts made: 100000\n");
        assertThat(listed()).hasSize(MANY).last().isEqualTo("u099999\tSomebody\t\tenabled");

        assertThat(load("new,New,secret\n" + csv)).isEqualTo(1);
        assertThat(console.err()).startsWith("line 2: u000000 exists already\n").endsWith("... and 99900 more.\n");
        assertThat(listed()).hasSize(MANY);
    }

    /** The id of a line in the third thousand is taken after the look at the table and before the rows are written. */
    @Test
    void anIdThatIsTakenMeanwhileUndoesWhatWasWritten(Vertx vertx) throws Exception {
        NodeConfig config = ConfigFile.parse(console.configuration());
        AccountAdmin admin = AccountAdmin.open(vertx, config.auth(), config.mysql(), config.redis());
        Path csv = console.write(
                "accounts.csv",
                IntStream.range(0, 3_000)
                        .mapToObj("v%d,Somebody,secret\n"::formatted)
                        .collect(Collectors.joining()));
        AtomicBoolean taken = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        ImportProgress rival = (step, done, total) -> {
            if (step == Step.WRITING) {
                written.set(done);
            } else if (taken.compareAndSet(false, true)) {
                // On a thread of its own: this one is Vert.x's, which may not wait for Vert.x.
                CompletableFuture.runAsync(() -> admin.add(new NewAccount("v2345", "Rival", "secret", Set.of()))
                                .await())
                        .join();
            }
        };
        AccountFaults faults = catchThrowableOfType(AccountFaults.class, () -> admin.addAll(csv, BadLines.SKIP, rival)
                .await(60, TimeUnit.SECONDS));
        admin.close().await(10, TimeUnit.SECONDS);
        assertThat(faults.faults()).containsExactly(new AccountFault(Reason.EXISTS, 2346, "v2345"));
        assertThat(written.get()).as("some were written before").isGreaterThanOrEqualTo(2_000);
        assertThat(listed()).containsExactly("v2345\tRival\t\tenabled");
    }

    private int load(String csv) throws IOException {
        return console.run(
                "account", "import", console.write("accounts.csv", csv).toString());
    }

    private List<String> listed() {
        assertThat(console.run("account", "list")).as(console.err()).isZero();
        return console.out().lines().toList();
    }
}
