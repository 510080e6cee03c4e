package io.parley;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.redis.Keys;
import io.parley.redis.RedisLink;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Services;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** {@code parley account}, {@code token} and {@code migrate} as a person meets them. */
@ExtendWith(VertxExtension.class)
class AccountCommandIT {

    private static final String PASSWORD = "correct-horse-battery";

    private final String ann = "ann-" + UUID.randomUUID();
    private AdminConsole console;
    private Path password;

    @BeforeEach
    void migrate(@TempDir Path directory) throws IOException {
        console = new AdminConsole(directory);
        password = console.write("password", PASSWORD + "\n");
        assertThat(console.run("migrate")).as(console.err()).isZero();
    }

    @Test
    void anAccountIsMadeListedAndDisabled() throws IOException {
        assertThat(add(ann)).as(console.err()).isZero();
        assertThat(console.run("account", "list")).isZero();
        assertThat(console.out()).isEqualTo(ann + "\t张三\tadmin,broadcaster\tenabled\n");
        assertThat(console.run("account", "disable", ann)).as(console.err()).isZero();
        assertThat(console.out()).contains("cannot log in", "connected ends within 30s");
        assertThat(console.run("account", "list")).isZero();
        assertThat(console.out()).endsWith("disabled\n");
        assertThat(console.run("token", "--user", ann)).isEqualTo(1);
        assertThat(console.err()).contains(ann + " is disabled");
        assertThat(console.run("account", "enable", ann)).as(console.err()).isZero();
        assertThat(console.out()).contains(ann + " can log in again");
        assertThat(console.run("token", "--user", ann)).isZero();
        assertThat(console.err()).contains("until 20", "Whoever has it is " + ann);
        assertThat(console.run("account", "enable", "nobody")).isEqualTo(1);
        assertThat(console.err().strip()).isEqualTo("there is no account nobody");
    }

    @Test
    void anAccountIsShownWithoutItsPassword() throws IOException {
        add(ann);
        assertThat(console.run("account", "show", ann)).as(console.err()).isZero();
        assertThat(console.out().lines())
                .contains("id        " + ann, "name      张三", "roles     admin, broadcaster", "state     enabled")
                .contains("password  set")
                .anyMatch(line -> line.matches("made      20\\d\\d-.* [+-]\\d\\d:\\d\\d"));
        console.run("account", "disable", ann);
        assertThat(console.run(Locale.CHINESE, "account", "show", ann)).isZero();
        assertThat(console.out().lines())
                .contains("用户号  " + ann, "名字    张三")
                .anyMatch(line -> line.matches("状态    自 20.* 停用"));
        assertThat(console.run("account", "show", "nobody")).isEqualTo(1);
        assertThat(console.err().strip()).isEqualTo("there is no account nobody");
    }

    @Test
    void whatCannotBeDoneIsSaidInTheReadersLanguage() throws IOException {
        add(ann);
        assertThat(add(ann)).isEqualTo(1);
        assertThat(console.err().strip()).isEqualTo(ann + " exists already");
        assertThat(console.run("account", "passwd", "nobody", "--password-file", password.toString()))
                .isEqualTo(1);
        assertThat(console.err().strip()).isEqualTo("there is no account nobody");
        assertThat(console.run(Locale.CHINESE, "account", "disable", "nobody")).isEqualTo(1);
        assertThat(console.err().strip()).isEqualTo("没有账号 nobody");
        assertThat(add("two words")).isEqualTo(1);
        assertThat(console.err()).contains("1 to 64 characters");
        assertThat(console.run("account", "add", ann, "--name", "x", "--password-file", "/nowhere"))
                .isEqualTo(2);
        assertThat(console.run("account")).isEqualTo(2);
        assertThat(console.run("token", "--user", ann, "--ttl", "soon")).isEqualTo(2);
        assertThat(console.run("token", "--user", ann, "--ttl", "999d")).isEqualTo(1);
        assertThat(console.err()).contains("auth.token.ttl");
    }

    @Test
    void aPasswordNeverComesFromTheCommandLine() throws IOException {
        assertThat(console.run("account", "add", ann, "--name", "x", "--password", PASSWORD))
                .isEqualTo(2);
        assertThat(console.err()).contains("--password-file").doesNotContain(PASSWORD);
    }

    @Test
    void aPasswordFileIsItsFirstLineOrRefused() throws IOException {
        Path spaces = console.write("spaces", " correct  horse \r\nnotes\n");
        assertThat(add(ann, spaces)).as(console.err()).isZero();
        Path latin = console.write("latin", new byte[] {'Z', 'o', (byte) 0xeb, '\n'});
        assertThat(add(ann + "2", latin)).isEqualTo(2);
        assertThat(console.err()).contains(latin + " does not begin with a line of UTF-8 text.");
        assertThat(add(ann + "2", Path.of("/dev/zero"))).isEqualTo(1);
        assertThat(console.err().strip()).isEqualTo("the password is longer than 1024 bytes in UTF-8");
        assertThat(add(ann + "2", console.write("empty", "\n"))).isEqualTo(1);
        assertThat(console.err().strip()).isEqualTo("the password is empty");
        assertThat(add(ann + "2", Path.of("/nowhere"))).isEqualTo(2);
        assertThat(console.err()).contains("/nowhere cannot be read.");
    }

    /** Nobody types a password to be told then that it was for nothing. */
    @Test
    void theConfigurationIsReadBeforeThePassword() throws IOException {
        console.configure(console.config().put("nonsense", 1));
        assertThat(add(ann, Path.of("/nowhere"))).isEqualTo(2);
        assertThat(console.err()).contains("nonsense").doesNotContain("/nowhere");
    }

    @Test
    void aNewPasswordSetsTheCutoffOfTokensThatExpiresWithThem(Vertx vertx) throws Exception {
        add(ann);
        assertThat(console.run("token", "--user", ann, "--ttl", "1h"))
                .as(console.err())
                .isZero();
        assertThat(console.out().strip().split("\\.")).hasSize(3);
        long before = System.currentTimeMillis();
        assertThat(console.run("account", "passwd", ann, "--password-file", password.toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out()).contains("Older tokens are void");
        RedisLink link = RedisLink.open(vertx, console.redis);
        link.ready().await(10, SECONDS);
        Request get = Request.cmd(Command.GET).arg(Keys.notBefore(ann));
        assertThat(link.send(get).await(10, SECONDS).toLong()).isBetween(before, System.currentTimeMillis());
        Request expiry = Request.cmd(Command.PTTL).arg(Keys.notBefore(ann));
        assertThat(link.send(expiry).await(10, SECONDS).toLong())
                .as("a day, as sessions look at it, too; tokens live 12 hours")
                .isBetween(Duration.ofHours(23).toMillis(), Duration.ofHours(24).toMillis());
        link.close().await(10, SECONDS);
    }

    @Test
    void whenRedisIsAwayTheCommandSaysThatTokensAreStillValid() throws IOException {
        add(ann);
        JsonObject without = console.config();
        without.getJsonObject("redis").put("port", 1);
        console.configure(without);
        assertThat(console.run("account", "disable", ann)).isEqualTo(1);
        assertThat(console.err()).contains(ann + " was changed", "still valid", "repeat");
    }

    @Test
    void aTableOfTheirOwnIsOnlyRead() throws IOException {
        add(ann);
        JsonObject foreign = console.config();
        foreign.getJsonObject("auth").put("accountQuery", "SELECT id, name, password_hash FROM account WHERE id = ?");
        console.configure(foreign);
        assertThat(add(ann)).isEqualTo(1);
        assertThat(console.err()).contains("auth.accountQuery");
        assertThat(console.run("account", "list")).isEqualTo(1);
        assertThat(console.run("account", "show", ann)).as(console.err()).isZero();
        assertThat(console.out()).contains("name      张三").doesNotContain("made");
    }

    @Test
    void whatMySqlSaysIsOneSentence() throws IOException {
        JsonObject config = console.config();
        config.getJsonObject("mysql").put("database", Services.database().database());
        console.configure(config);
        assertThat(console.run("account", "list")).isEqualTo(1);
        assertThat(console.err()).startsWith("This database has no tables of Parley. Run 'parley migrate");
        config.getJsonObject("mysql").put("password", "wrong");
        console.configure(config);
        assertThat(console.run("account", "list")).isEqualTo(1);
        assertThat(console.err())
                .startsWith("MySQL refuses (1045): Access denied for user")
                .doesNotContain("sqlState");
        config.getJsonObject("mysql").put("port", 1);
        console.configure(config);
        assertThat(console.run("account", "list")).isEqualTo(1);
        assertThat(console.err()).startsWith("MySQL cannot be reached: Connection refused");
    }

    @Test
    void theSchemaIsPrintedWithoutTouchingTheDatabase() {
        assertThat(console.run("migrate", "--print")).isZero();
        assertThat(console.out()).contains("CREATE TABLE IF NOT EXISTS account", "schema_migration");
        assertThat(console.run("migrate")).isZero();
        assertThat(console.out()).contains("up to date");
    }

    @Test
    void noPasswordOrSecretIsEverLogged() throws IOException {
        try (CapturedLog log = CapturedLog.ofEverybody()) {
            add(ann);
            add(ann);
            console.run("account", "passwd", ann, "--password-file", password.toString());
            console.run("account", "passwd", "nobody", "--password-file", password.toString());
            console.run("token", "--user", ann);
            LoggerFactory.getLogger("io.parley").trace("all of that was captured");
            assertThat(log.lines("all of that was captured")).hasSize(1);
            assertThat(log.lines())
                    .extracting(CapturedLog.Line::text)
                    .noneMatch(line -> line.contains(PASSWORD)
                            || line.contains("argon2id$")
                            || line.contains(console.mysql.password())
                            || line.contains(console.out().strip()));
        }
    }

    private int add(String id) {
        return add(id, password);
    }

    private int add(String id, Path passwordFile) {
        return console.run(
                "account",
                "add",
                id,
                "--name",
                "张三",
                "--roles",
                "broadcaster,admin",
                "--password-file",
                passwordFile.toString());
    }
}
