package io.parley.client;

import static io.parley.testkit.FakeNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.json.JsonCommands;
import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When a link writes, and in how many pieces. */
class LinkTest {

    private static Vertx vertx;

    private final List<Buffer> written = new ArrayList<>();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @Test
    void whatOneTurnSaysIsOneWriteInOrder() {
        Buffer all = Buffer.buffer();
        for (Command each : List.of(new Command.Ping("a"), new Command.Ping("b"), new Command.Ack(2))) {
            all.appendBuffer(JsonCommands.encode(each));
        }
        inATurn(link -> {
            link.acknowledge(1, 10, Future.succeededFuture());
            link.write(new Command.Ping("a"));
            link.acknowledge(2, 10, Future.succeededFuture());
            link.write(new Command.Ping("b"));
            assertThat(written).isEmpty();
        });
        assertThat(written).containsExactly(all);
    }

    @Test
    void whatFillsARecordDoesNotWait() {
        Command large = new Command.Ping("x".repeat(20_000));
        inATurn(link -> {
            link.write(new Command.Ping("a"));
            link.write(large);
            assertThat(written)
                    .containsExactly(
                            JsonCommands.encode(new Command.Ping("a")).copy().appendBuffer(JsonCommands.encode(large)));
        });
        assertThat(written).hasSize(1);
    }

    @Test
    void whatAProgramEndsOnPurposeIsFlushedBefore() {
        inATurn(link -> {
            link.acknowledge(1, 10, Future.succeededFuture());
            link.flush();
            assertThat(written).containsExactly(JsonCommands.encode(new Command.Ack(1)));
        });
        assertThat(written).hasSize(1);
    }

    /** Runs it, and all that it put off to the end of its turn. */
    private void inATurn(Consumer<Link> what) {
        Promise<Void> over = Promise.promise();
        vertx.runOnContext(turn -> {
            try {
                what.accept(new Link(vertx, socket(), Duration.ofSeconds(9), new Nobody()));
                vertx.runOnContext(next -> over.complete());
            } catch (AssertionError failed) {
                over.fail(failed);
            }
        });
        await(over.future());
    }

    private NetSocket socket() {
        return (NetSocket) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {NetSocket.class}, (self, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        written.add((Buffer) arguments[0]);
                        return Future.succeededFuture();
                    }
                    return self;
                });
    }

    private static final class Nobody implements Link.Owner {
        @Override
        public void event(Link link, Event event) {
            // Nothing is heard here.
        }

        @Override
        public void message(Link link, long seq, Incoming incoming) {
            // Nothing arrives here.
        }

        @Override
        public void lost(Link link, Throwable why) {
            // Nothing is lost here.
        }
    }
}
