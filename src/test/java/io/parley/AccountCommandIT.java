package io.parley;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.Messages;
import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.redis.Keys;
import io.parley.redis.RedisLink;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Services;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @TempDir
    Path directory;

    private final MySqlConfig mysql = Services.database();
    private final RedisConfig redis = Services.redis();
    private final String ann = "ann-" + UUID.randomUUID();
    private String conf;
    private Path password;
    private String out;
    private String err;

    @BeforeEach
    void configuration() throws IOException {
        conf = write("parley.json", config().encode()).toString();
        password = write("password", PASSWORD + "\n");
        assertThat(run("migrate")).as(err).isZero();
    }

    @Test
    void anAccountIsMadeListedAndDisabled() throws IOException {
        assertThat(add(ann)).as(err).isZero();
        assertThat(run("account", "list")).isZero();
        assertThat(out).isEqualTo(ann + "\t张三\tadmin,broadcaster\tenabled\n");
        assertThat(run("account", "disable", ann)).as(err).isZero();
        assertThat(out).contains("cannot log in", "connected now goes on");
        assertThat(run("account", "list")).isZero();
        assertThat(out).endsWith("disabled\n");
        assertThat(run("token", "--user", ann)).isEqualTo(1);
        assertThat(err).contains(ann + " is disabled");
    }

    @Test
    void whatCannotBeDoneIsSaidInTheReadersLanguage() throws IOException {
        add(ann);
        assertThat(add(ann)).isEqualTo(1);
        assertThat(err.strip()).isEqualTo(ann + " exists already");
        assertThat(run("account", "passwd", "nobody", "--password-file", password.toString()))
                .isEqualTo(1);
        assertThat(err.strip()).isEqualTo("there is no account nobody");
        assertThat(run(Locale.CHINESE, "account", "disable", "nobody")).isEqualTo(1);
        assertThat(err.strip()).isEqualTo("没有账号 nobody");
        assertThat(add("two words")).isEqualTo(1);
        assertThat(err).contains("1 to 64 characters");
        assertThat(run("account", "add", ann, "--name", "x", "--password-file", "/nowhere"))
                .isEqualTo(2);
        assertThat(run("account")).isEqualTo(2);
        assertThat(run("token", "--user", ann, "--ttl", "soon")).isEqualTo(2);
        assertThat(run("token", "--user", ann, "--ttl", "999d")).isEqualTo(1);
        assertThat(err).contains("auth.token.ttl");
    }

    @Test
    void aPasswordNeverComesFromTheCommandLine() throws IOException {
        assertThat(run("account", "add", ann, "--name", "x", "--password", PASSWORD))
                .isEqualTo(2);
        assertThat(err).contains("--password-file").doesNotContain(PASSWORD);
    }

    @Test
    void anImportIsAllOrNothingAndNamesEveryLine() throws IOException {
        add(ann);
        Path bad = write("bad.csv", "bob,Bob,secret1\n" + ann + ",Ann,secret2\n");
        assertThat(run("account", "import", bad.toString())).isEqualTo(1);
        assertThat(err.strip()).isEqualTo("line 2: " + ann + " exists already");
        Path worse = write("worse.csv", "bob,Bob,secret1\nb b,Bob,secret2\ncat,Cat\n");
        assertThat(run("account", "import", worse.toString())).isEqualTo(1);
        assertThat(err).contains("line 2: ", "line 3: ").doesNotContain("secret");
        run("account", "list");
        assertThat(out).doesNotContain("bob");

        Path good = write("good.csv", "id,name,password,roles\nbob,Bob,secret1\ncat,Cat,secret2,admin\n");
        assertThat(run("account", "import", good.toString())).as(err).isZero();
        run("account", "list");
        assertThat(out).contains("bob\tBob\t\tenabled", "cat\tCat\tadmin\tenabled");
    }

    @Test
    void aNewPasswordSetsTheCutoffOfTokensThatExpiresWithThem(Vertx vertx) throws Exception {
        add(ann);
        assertThat(run("token", "--user", ann, "--ttl", "1h")).as(err).isZero();
        assertThat(out.strip().split("\\.")).hasSize(3);
        long before = System.currentTimeMillis();
        assertThat(run("account", "passwd", ann, "--password-file", password.toString()))
                .as(err)
                .isZero();
        assertThat(out).contains("Older tokens are void");
        RedisLink link = RedisLink.open(vertx, redis);
        link.ready().await(10, SECONDS);
        Request get = Request.cmd(Command.GET).arg(Keys.notBefore(ann));
        assertThat(link.send(get).await(10, SECONDS).toLong()).isBetween(before, System.currentTimeMillis());
        Request expiry = Request.cmd(Command.PTTL).arg(Keys.notBefore(ann));
        assertThat(link.send(expiry).await(10, SECONDS).toLong()).isPositive();
        link.close().await(10, SECONDS);
    }

    @Test
    void whenRedisIsAwayTheCommandSaysThatTokensAreStillValid() throws IOException {
        add(ann);
        JsonObject without = config();
        without.getJsonObject("redis").put("port", 1);
        conf = write("without-redis.json", without.encode()).toString();
        assertThat(run("account", "disable", ann)).isEqualTo(1);
        assertThat(err).contains(ann + " was changed", "still valid", "repeat");
    }

    @Test
    void aTableOfTheirOwnIsOnlyRead() throws IOException {
        JsonObject foreign = config();
        foreign.getJsonObject("auth").put("accountQuery", "SELECT id, name, password_hash FROM account WHERE id = ?");
        conf = write("foreign.json", foreign.encode()).toString();
        assertThat(add(ann)).isEqualTo(1);
        assertThat(err).contains("auth.accountQuery");
    }

    @Test
    void theSchemaIsPrintedWithoutTouchingTheDatabase() {
        assertThat(run("migrate", "--print")).isZero();
        assertThat(out).contains("CREATE TABLE IF NOT EXISTS account", "schema_migration");
        assertThat(run("migrate")).isZero();
        assertThat(out).contains("up to date");
    }

    @Test
    void noPasswordOrSecretIsEverLogged() throws IOException {
        try (CapturedLog log = CapturedLog.ofEverybody()) {
            add(ann);
            add(ann);
            run("account", "passwd", ann, "--password-file", password.toString());
            run("account", "passwd", "nobody", "--password-file", password.toString());
            run("token", "--user", ann);
            LoggerFactory.getLogger("io.parley").trace("all of that was captured");
            assertThat(log.lines("all of that was captured")).hasSize(1);
            assertThat(log.lines())
                    .extracting(CapturedLog.Line::text)
                    .noneMatch(line -> line.contains(PASSWORD)
                            || line.contains("argon2id$")
                            || line.contains(mysql.password())
                            || line.contains(out.strip()));
        }
    }

    private int add(String id) {
        String file = password.toString();
        return run("account", "add", id, "--name", "张三", "--roles", "broadcaster,admin", "--password-file", file);
    }

    private int run(String... arguments) {
        return run(Locale.ENGLISH, arguments);
    }

    /** With {@code --conf}, where there is a subcommand that takes it. */
    private int run(Locale locale, String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        String[] all = arguments;
        if (arguments.length > 1 || arguments[0].equals("migrate")) {
            all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
            all[arguments.length] = "--conf";
            all[arguments.length + 1] = conf;
        }
        int code = Parley.run(new PrintWriter(outText), new PrintWriter(errText), Messages.of(locale), all);
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    private JsonObject config() {
        JsonObject listener =
                new JsonObject().put("name", "main").put("port", 0).put("tls", false);
        return new JsonObject()
                .put("listeners", new JsonArray().add(listener))
                .put(
                        "mysql",
                        new JsonObject()
                                .put("host", mysql.host())
                                .put("port", mysql.port())
                                .put("database", mysql.database())
                                .put("user", mysql.user())
                                .put("password", mysql.password())
                                .put("tls", "disabled"))
                .put(
                        "redis",
                        new JsonObject()
                                .put("host", redis.host())
                                .put("port", redis.port())
                                .put("password", redis.password())
                                .put("tls", false))
                .put(
                        "auth",
                        new JsonObject()
                                .put(
                                        "token",
                                        new JsonObject().put("secret", "the secret of the tests, 32 bytes long")));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
