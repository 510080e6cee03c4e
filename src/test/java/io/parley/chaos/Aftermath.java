package io.parley.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.config.RedisConfig;
import io.parley.redis.Keys;
import io.parley.redis.RedisAdmin;
import io.parley.testkit.Eventually;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is left when everybody has gone: nothing that keeps anybody from coming back. */
record Aftermath(Nodes nodes, RedisConfig redis, List<String> ids) {

    /**
     * To be called while everybody is online and nobody writes. What a node that hung accepts late, out of its sockets,
     * was sent again elsewhere long ago; it still must not wait longer than the next look at the mailboxes.
     */
    void assertNothingWaitsForThoseOnline() {
        try (RedisAdmin admin = new RedisAdmin(redis)) {
            Eventually.holds("the mailboxes of those online are empty", () -> ids.stream()
                    .allMatch(id -> admin.run("ZCARD", Keys.mailbox(id)).toInteger() == 0));
        }
    }

    /** With the password, at any node; nothing waits for them, and every node sees them where they are. */
    void assertNobodyIsLockedOut() {
        Queue<String> left = new ConcurrentLinkedQueue<>();
        List<ParleyClient> clients = new ArrayList<>();
        Vertx vertx = Vertx.vertx();
        try (RedisAdmin admin = new RedisAdmin(redis)) {
            for (String id : ids) {
                int port = nodes.ports().get(clients.size() % nodes.ports().size());
                ParleyClient client = new ParleyClient(vertx, TestNode.options(port, id))
                        .onMessage(incoming -> left.add(incoming.toString()));
                TestNode.await(client.connect());
                clients.add(client);
            }
            for (ParleyClient client : clients) {
                assertThat(TestNode.await(client.online(ids))).doesNotContainValue(false);
            }
            for (String id : ids) {
                String location = String.valueOf(admin.run("GET", Keys.location(id)));
                assertThat(nodes.ids())
                        .as("nodes, and the location " + location)
                        .anyMatch(node -> location.startsWith("gateway." + node + '-'));
                assertThat(admin.run("ZCARD", Keys.mailbox(id)).toInteger())
                        .as("messages in the mailbox of " + id)
                        .isZero();
            }
            assertThat(left).as("messages that were left for the last login").isEmpty();
            clients.forEach(client -> TestNode.await(client.logout()));
            Eventually.holds("no location is left", () -> ids.stream()
                    .allMatch(id -> admin.run("GET", Keys.location(id)) == null));
        } finally {
            TestNode.await(vertx.close());
        }
    }
}
