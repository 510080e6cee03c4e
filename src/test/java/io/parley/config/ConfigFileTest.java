package io.parley.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.parley.config.Fault.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

    @TempDir
    Path directory;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void theSmallestFileHasTheDefaultsOfTheDesign() {
        NodeConfig node = new Sample().read();
        assertThat(node.limits()).isEqualTo(new LimitsConfig(65_536, 256, 128, 262_144, 1024, 512));
        assertThat(node.mailbox()).isEqualTo(new MailboxConfig(10_000, 16 << 20, Duration.ofDays(30)));
        assertThat(node.sessions().idleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(node.redis().tls()).isTrue();
        assertThat(node.mysql().tls()).isEqualTo(MySqlConfig.Tls.VERIFY_IDENTITY);
        assertThat(node.tls()).isNull();
        assertThat(node.id()).isNotEmpty();
    }

    @Test
    void laterLayersWinAndSayWhoTheyAre() {
        Sample sample = new Sample()
                .with("mysql.port", 1)
                .with("mysql.user", "file")
                .environment(Map.of("PARLEY_MYSQL_PORT", "2", "PARLEY_MYSQL_DATABASE", "env", "HOME", "/root"))
                .properties(Map.of("-Dparley.mysql.port", "3", "-Djava.home", "x"));
        assertThat(sample.read().mysql().port()).isEqualTo(3);
        assertThat(sample.read().mysql().database()).isEqualTo("env");
        assertThat(sample.effective().origins())
                .contains(
                        "mysql.port = 3  (-Dparley.mysql.port)",
                        "mysql.database = env  (PARLEY_MYSQL_DATABASE)",
                        "mysql.user = file  (file)",
                        "mysql.poolSize = 4  (default)");
    }

    @ParameterizedTest
    @CsvSource({
        "PARLEY_LISTENERS_0_PORT, 9000, 0",
        "PARLEY_LISTENERS_MAIN_PORT, 9000, 0",
        "PARLEY_LISTENERS_A_B_PORT, 9000, 1",
        "-Dparley.listeners.0.port, 9000, 0",
        "-Dparley.listeners.a-b.port, 9000, 1"
    })
    void aListenerIsAddressedByNumberAndByName(String name, String port, int index) {
        Sample sample = new Sample()
                .with(
                        "listeners",
                        new JsonArray().add(Sample.listener("main", 1)).add(Sample.listener("a-b", 2)))
                .environment(name.startsWith("-D") ? Map.of() : Map.of(name, port))
                .properties(name.startsWith("-D") ? Map.of(name, port) : Map.of());
        assertThat(sample.read().listeners().get(index).port()).isEqualTo(9000);
    }

    @Test
    void aListenerCanBeAddedByTheEnvironmentAlone() {
        assertThat(new Sample()
                        .environment(Map.of(
                                "PARLEY_LISTENERS_1_NAME", "second",
                                "PARLEY_LISTENERS_1_PORT", "0",
                                "PARLEY_LISTENERS_1_TLS", "false"))
                        .read()
                        .listeners())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"PARLEY_LISTENERS_99_PORT, 1", "PARLEY_LISTENERS_999999999999_PORT, 1"})
    void aFarListenerIsUnknownRatherThanAHugeList(String name, String value) {
        assertThat(new Sample().environment(Map.of(name, value)).faults())
                .extracting(Fault::problem)
                .containsExactly(Problem.UNKNOWN);
    }

    /** A service called parley-mysql makes Kubernetes set these in every pod of the namespace. */
    @Test
    void whatKubernetesSetsForServicesIsNotConfiguration() {
        assertThat(new Sample()
                        .environment(Map.of(
                                "PARLEY_MYSQL_PORT", "tcp://10.0.0.1:3306",
                                "PARLEY_MYSQL_SERVICE_HOST", "10.0.0.1",
                                "PARLEY_MYSQL_SERVICE_PORT", "3306",
                                "PARLEY_MYSQL_SERVICE_PORT_MYSQL", "3306",
                                "PARLEY_MYSQL_PORT_3306_TCP", "tcp://10.0.0.1:3306",
                                "PARLEY_MYSQL_PORT_3306_TCP_ADDR", "10.0.0.1",
                                "PARLEY_PORT", "tcp://10.0.0.1:7443",
                                "PARLEY_SERVICE_HOST", "10.0.0.1",
                                "PARLEY_LOG_LEVEL", "debug"))
                        .read()
                        .mysql()
                        .port())
                .isEqualTo(3306);
    }

    @Test
    void allFaultsComeAtOnce() {
        List<Fault> faults = new Sample()
                .with("mysql.port", "abc")
                .with("mysql.pool_size", 4)
                .with("redis", "redis://secret@host")
                .with("sessions.maxFrame", 1)
                .with("sessions.idleTimeout", "10s")
                .with("rooms", new JsonObject())
                .environment(Map.of("PARLEY_LIMITS_ACK_WINDOW", "0"))
                .faults();
        assertThat(faults)
                .containsExactlyInAnyOrder(
                        new Fault(Problem.WRONG, "mysql.port", "", "\"abc\"", "1 .. 65535"),
                        new Fault(Problem.UNKNOWN, "mysql.pool_size", "", "", "mysql.poolSize"),
                        new Fault(Problem.WRONG, "redis", "", "\"…\"", "{ … }"),
                        new Fault(Problem.MISSING, "redis.host", "", "", "host name or address"),
                        new Fault(Problem.UNKNOWN, "sessions.maxFrame", "", "", "limits.maxFrame"),
                        new Fault(Problem.UNKNOWN, "rooms", "", "", ""),
                        new Fault(Problem.WRONG, "sessions.idleTimeout", "", "10s", "> sessions.heartbeat (30s)"),
                        new Fault(
                                Problem.WRONG, "limits.ackWindow", "PARLEY_LIMITS_ACK_WINDOW", "\"0\"", "1 .. 65536"));
    }

    @Test
    void aTokenSecretHasNoDefault() {
        assertThat(new Sample().with("auth.token", null).faults())
                .containsExactly(
                        new Fault(Problem.NEEDED, "auth.token.secret", "", "", "auth.token.algorithm = HS256"));
    }

    @Test
    void aSecretOrKeysButNotBoth() throws IOException {
        file("key.pem", "key");
        Sample sample = new Sample().in(directory).with("auth.token.publicKey", "key.pem");
        assertThat(sample.faults())
                .containsExactly(
                        new Fault(Problem.USELESS, "auth.token.publicKey", "", "", "auth.token.algorithm = HS256"));
        sample.with("auth.token.algorithm", "ES256");
        assertThat(sample.faults())
                .containsExactly(
                        new Fault(Problem.USELESS, "auth.token.secret", "", "", "auth.token.algorithm = ES256"));
        sample.with("auth.token.secret", null);
        assertThat(sample.read().auth().token().publicKey()).isEqualTo(directory.resolve("key.pem"));
    }

    @Test
    void aSecretMayComeFromAFileWithoutItsLineEnd() throws IOException {
        file("pw", "from file\r\n");
        NodeConfig node = new Sample()
                .in(directory)
                .with("mysql.password", null)
                .with("mysql.passwordFile", "pw")
                .read();
        assertThat(node.mysql().password()).isEqualTo("from file");
    }

    @Test
    void aSecretOfALaterLayerWinsOverTheFileOfAnEarlierOne() {
        Sample sample = new Sample()
                .with("mysql.password", null)
                .with("mysql.passwordFile", "/does/not/exist")
                .environment(Map.of("PARLEY_MYSQL_PASSWORD", "from env"));
        assertThat(sample.read().mysql().password()).isEqualTo("from env");
    }

    @Test
    void aSecretAndAFileForItInOneLayerIsAFault() {
        assertThat(new Sample().with("mysql.passwordFile", "pw").faults())
                .containsExactly(new Fault(Problem.USELESS, "mysql.passwordFile", "", "", "mysql.password"));
    }

    @Test
    void aSecretFileThatIsMissingEmptyHugeOrNotTextIsAFault() throws IOException {
        Sample sample =
                new Sample().in(directory).with("auth.token.secret", null).with("auth.token.secretFile", "s");
        assertThat(sample.faults()).extracting(Fault::problem).containsExactly(Problem.UNREADABLE);
        file("s", "\n");
        assertThat(sample.faults()).extracting(Fault::key).containsExactly("auth.token.secretFile");
        file("s", "x".repeat(70_000));
        assertThat(sample.faults()).extracting(Fault::key).containsExactly("auth.token.secretFile");
        Files.write(directory.resolve("s"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0});
        assertThat(sample.faults()).extracting(Fault::key).containsExactly("auth.token.secretFile");
        file("s", Sample.SECRET);
        assertThat(sample.read().auth().token().secret()).isEqualTo(Sample.SECRET);
    }

    @Test
    void aTlsListenerNeedsACertificateAndItsKey() throws IOException {
        Sample sample = new Sample().in(directory).with("listeners[].tls", true);
        assertThat(sample.faults())
                .containsExactly(new Fault(Problem.NEEDED, "tls.certificate", "", "", "listeners[0].tls = true"));
        file("a.crt", "crt");
        sample.with("tls.certificate", "a.crt");
        assertThat(sample.faults())
                .containsExactly(new Fault(Problem.NEEDED, "tls.key", "", "", "tls.certificate = a.crt"));
        sample.with("tls.key", "a.key");
        assertThat(sample.faults())
                .containsExactly(new Fault(
                        Problem.UNREADABLE,
                        "tls.key",
                        "",
                        directory.resolve("a.key").toString(),
                        ""));
        file("a.key", "key");
        assertThat(sample.read().tls())
                .isEqualTo(new TlsConfig(directory.resolve("a.crt"), directory.resolve("a.key")));
    }

    @Test
    void listenersMustDifferInNameAndPort() {
        JsonArray listeners = new JsonArray().add(Sample.listener("a", 1)).add(Sample.listener("a", 1));
        assertThat(new Sample().with("listeners", listeners).faults())
                .containsExactly(
                        new Fault(Problem.TAKEN, "listeners[1].name", "", "a", "listeners[0].name"),
                        new Fault(Problem.TAKEN, "listeners[1].port", "", "1", "listeners[0].port"));
        JsonArray free = new JsonArray().add(Sample.listener("a", 0)).add(Sample.listener("b", 0));
        assertThat(new Sample().with("listeners", free).read().listeners()).hasSize(2);
        JsonArray elsewhere = new JsonArray()
                .add(Sample.listener("a", 1).put("host", "127.0.0.1"))
                .add(Sample.listener("b", 1).put("host", "::1"));
        assertThat(new Sample().with("listeners", elsewhere).read().listeners()).hasSize(2);
    }

    @Test
    void listenersMustBeSomeAndNotTooMany() {
        JsonArray many = new JsonArray();
        for (int i = 0; i < 17; i++) {
            many.add(Sample.listener("l" + i, 0));
        }
        assertThat(new Sample().with("listeners", many).faults())
                .extracting(Fault::found)
                .containsExactly("17 listeners");
        for (Object none : new Object[] {new JsonArray(), null}) {
            assertThat(new Sample().with("listeners", none).faults())
                    .extracting(Fault::problem)
                    .containsExactly(Problem.MISSING);
        }
        assertThat(new Sample().with("listeners", new JsonArray().add("main")).faults())
                .contains(new Fault(Problem.WRONG, "listeners[0]", "", "\"…\"", "{ … }"));
    }

    @Test
    void whatWouldNotBeCheckedIsAFault() throws IOException {
        file("ca.pem", "ca");
        assertThat(new Sample()
                        .in(directory)
                        .with("mysql.ca", "ca.pem")
                        .with("mysql.tls", "required")
                        .faults())
                .containsExactly(new Fault(Problem.USELESS, "mysql.ca", "", "", "mysql.tls = required"));
        assertThat(new Sample()
                        .in(directory)
                        .with("redis.ca", "ca.pem")
                        .with("redis.tls", false)
                        .faults())
                .containsExactly(new Fault(Problem.USELESS, "redis.ca", "", "", "redis.tls = false"));
        assertThat(new Sample().with("redis.user", "u").faults())
                .containsExactly(new Fault(Problem.NEEDED, "redis.password", "", "", "redis.user = u"));
    }

    @Test
    void aMessageOfTheLargestFrameMustFitIntoMailboxAndSocket() {
        assertThat(new Sample()
                        .with("limits.maxFrame", "1MiB")
                        .with("mailbox.maxBytes", "512KiB")
                        .faults())
                .extracting(Fault::key)
                .containsExactly("mailbox.maxBytes", "limits.waitingBytes");
    }

    @Test
    void aDottedKeyIsNotAPath() {
        assertThat(new Sample().with("mysql", null).faults()).hasSize(2);
        JsonObject dotted = new JsonObject().put("mysql.host", "db").put("listeners[0].port", 1);
        assertThatThrownBy(() -> ConfigFile.parse(dotted))
                .asInstanceOf(type(ConfigFaults.class))
                .satisfies(failure -> assertThat(failure.faults())
                        .contains(
                                new Fault(Problem.UNKNOWN, "mysql.host", "", "", ""),
                                new Fault(Problem.UNKNOWN, "listeners[0].port", "", "", "")));
    }

    @Test
    void durabilityIsTheNumberOfReplicas() {
        assertThat(new Sample()
                        .with("redis.durability", "replicated:2")
                        .read()
                        .redis()
                        .replicas())
                .isEqualTo(2);
        assertThat(new Sample()
                        .with("redis.durability", "replicated:2")
                        .read()
                        .redis()
                        .durability())
                .isEqualTo("replicated:2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1,\\n  \"password\": hunter2 }|2:",
                "{\"a\": \"unterminated|1:",
                "[]|1:1",
                "\"text\"|1:1",
                "{\"a\": 1} trailing|1:",
                "``|1:1"
            })
    void badJsonIsAFaultWithLineAndColumnAndWithoutItsText(String json, String place) throws Exception {
        Path conf = file("bad.json", json.replace("\\n", "\n"));
        assertThatThrownBy(() -> readWithVertx(conf))
                .asInstanceOf(type(ConfigFaults.class))
                .satisfies(failure -> {
                    assertThat(failure.faults()).extracting(Fault::problem).containsExactly(Problem.SYNTAX);
                    assertThat(failure.faults().get(0).found()).startsWith(place);
                    assertThat(failure.getMessage()).doesNotContain("hunter2");
                });
    }

    @Test
    void deepNestingAndBytesThatAreNotTextAreSyntaxFaults() throws Exception {
        Path deep = file("deep.json", "{\"a\":".repeat(10_000));
        Path binary = Files.write(directory.resolve("binary.json"), new byte[] {'{', '"', (byte) 0xff, '"'});
        for (Path conf : List.of(deep, binary)) {
            assertThatThrownBy(() -> readWithVertx(conf))
                    .asInstanceOf(type(ConfigFaults.class))
                    .satisfies(failure -> assertThat(failure.faults())
                            .extracting(Fault::problem)
                            .containsExactly(Problem.SYNTAX));
        }
    }

    @Test
    void aFileThatIsNotThereIsAFault() {
        assertThatThrownBy(() -> readWithVertx(directory.resolve("nowhere.json")))
                .asInstanceOf(type(ConfigFaults.class))
                .satisfies(failure ->
                        assertThat(failure.faults()).extracting(Fault::problem).containsExactly(Problem.UNREADABLE));
        assertThatThrownBy(() -> readWithVertx(directory)).isInstanceOf(ConfigFaults.class);
    }

    @Test
    void aFileOnDiskIsReadWithItsOwnDirectoryAsTheStartOfPaths() throws Exception {
        file("pw", "from file");
        Path conf = file("parley.json", """
                {"listeners": [{"name": "main", "port": 0, "tls": false}], "redis": {"host": "cache"},
                 "mysql": {"host": "数据库", "passwordFile": "pw"}, "auth": {"token": {"secret": "%s"}}}
                """.formatted(Sample.SECRET));
        NodeConfig node = readWithVertx(conf);
        assertThat(node.mysql().password()).isEqualTo("from file");
        assertThat(node.mysql().host()).isEqualTo("数据库");
        assertThat(Files.readString(conf, StandardCharsets.UTF_8)).contains("数据库");
    }

    private static NodeConfig readWithVertx(Path conf) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            return ConfigFile.read(vertx, conf).await();
        } finally {
            vertx.close().await();
        }
    }
}
