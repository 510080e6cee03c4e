package io.parley.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.MailboxConfig;
import io.parley.config.RedisConfig;
import io.parley.dev.RedisServer;
import io.parley.metrics.Metrics;
import io.parley.protocol.Envelope;
import io.parley.protocol.Location;
import io.parley.redis.RedisAdmin;
import io.parley.redis.RedisLink;
import io.parley.redis.TestLinks;
import io.parley.testkit.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rights that the operations page asks for are enough. */
@Timeout(60)
class AccessListIT {

    private static final Path PAGE = Path.of("src/site/markdown/operations-redis.md");

    @Test
    void aUserWithTheRightsOfTheOperationsPageMayDoEverything() throws IOException {
        RedisServer redis = Services.ownRedis();
        try (RedisAdmin admin = new RedisAdmin(redis.config());
                TestLinks links = new TestLinks()) {
            admin.run("ACL", rights());
            RedisConfig config = as("parley", "secret", redis.config());
            RedisLink link = links.open(config);
            Mailbox mailbox = new Mailbox(
                    links.vertx(),
                    link,
                    config,
                    new MailboxConfig(10, 1_000, Duration.ofDays(1)),
                    new Metrics().mailboxes());
            Locations locations = new Locations(link, Duration.ofMinutes(1));
            Location home = new Location("gateway.n1-x.0", "s");
            Envelope message = new Envelope("%020d".formatted(1), "{}");

            assertThat(mailbox.route("ann", message).await().kept()).isTrue();
            assertThat(locations.claim("ann", home).await().waiting()).isEqualTo(1);
            assertThat(locations.refresh("ann", home).await().state()).isEqualTo(Refreshed.State.MINE);
            assertThat(locations.locate(List.of("ann")).await()).containsKey("ann");
            assertThat(mailbox.append("ann", message).await().location()).isEqualTo(home);
            assertThat(mailbox.read("ann", null, 10).await()).containsExactly(message);
            mailbox.remove("ann", List.of(message.id())).await();
            assertThat(mailbox.size("ann").await()).isZero();
            assertThat(locations.release("ann", home).await()).isTrue();
        } finally {
            redis.kill();
        }
    }

    private static Object[] rights() throws IOException {
        Matcher listed =
                Pattern.compile("`~parley:\\*`, and the commands `([^`]+)`").matcher(Files.readString(PAGE));
        assertThat(listed.find()).as("the page lists the commands").isTrue();
        return Stream.concat(
                        Stream.of("SETUSER", "parley", "on", ">secret", "~parley:*"),
                        Stream.of(listed.group(1).split(" ")).map(command -> '+' + command))
                .toArray();
    }

    private static RedisConfig as(String user, String password, RedisConfig config) {
        return new RedisConfig(
                config.host(),
                config.port(),
                user,
                password,
                config.tls(),
                config.ca(),
                config.commandTimeout(),
                config.maxWaiting(),
                config.replicas());
    }
}
