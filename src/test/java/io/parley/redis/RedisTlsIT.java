package io.parley.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.RedisConfig;
import io.parley.dev.RedisServer;
import io.parley.testkit.Services;
import io.vertx.core.net.SelfSignedCertificate;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisTlsIT {

    private static final SelfSignedCertificate CERTIFICATE = SelfSignedCertificate.create("localhost");
    private static final RedisServer REDIS = Services.ownRedis();
    private static int port;

    private final TestLinks links = new TestLinks();

    @BeforeAll
    static void listen() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (RedisAdmin admin = new RedisAdmin(REDIS.config())) {
            admin.run("CONFIG", "SET", "tls-cert-file", CERTIFICATE.certificatePath());
            admin.run("CONFIG", "SET", "tls-key-file", CERTIFICATE.privateKeyPath());
            admin.run("CONFIG", "SET", "tls-ca-cert-file", CERTIFICATE.certificatePath());
            admin.run("CONFIG", "SET", "tls-auth-clients", "no");
            admin.run("CONFIG", "SET", "tls-port", port);
        }
    }

    @AfterAll
    static void end() throws IOException {
        REDIS.kill();
        CERTIFICATE.delete();
    }

    @AfterEach
    void close() {
        links.close();
    }

    @Test
    void aServerWithTheRightNameFromATrustedAuthorityIsTalkedTo() {
        RedisLink link = links.open(config("localhost", Path.of(CERTIFICATE.certificatePath())));

        assertThat(link.send(Request.cmd(Command.SET, "word", "secret")).await())
                .hasToString("OK");
    }

    @Test
    void aServerWithAnotherNameIsNot() throws Exception {
        try (LogLines log = new LogLines(RedisLink.class)) {
            RedisLink link = links.start(config("127.0.0.1", Path.of(CERTIFICATE.certificatePath())));

            assertThat(log.next())
                    .startsWith("WARN redis does not answer")
                    .contains("No subject alternative names")
                    .doesNotContain("stack trace");
            TestLinks.assertUnavailable(link.send(Request.cmd(Command.GET, "word")));
        }
    }

    @Test
    void aServerFromAnUnknownAuthorityIsNot() throws Exception {
        try (LogLines log = new LogLines(RedisLink.class)) {
            RedisLink link = links.start(config("localhost", null));

            assertThat(log.next()).startsWith("WARN redis does not answer").doesNotContain("stack trace");
            TestLinks.assertUnavailable(link.send(Request.cmd(Command.GET, "word")));
        }
    }

    private RedisConfig config(String host, Path ca) {
        return new RedisConfig(host, port, null, REDIS.config().password(), true, ca, Duration.ofSeconds(5), 100, 0);
    }
}
