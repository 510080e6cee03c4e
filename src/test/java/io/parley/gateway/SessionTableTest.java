package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Codec;
import io.parley.codec.Decoder;
import io.parley.codec.Encoder;
import io.parley.config.DrainConfig;
import io.parley.config.LimitsConfig;
import io.parley.config.ListenerConfig;
import io.parley.config.SessionsConfig;
import io.parley.metrics.Metrics;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.Entrance.Guests;
import io.parley.protocol.Envelope;
import io.parley.protocol.Identity;
import io.parley.protocol.Location;
import io.parley.session.Effects;
import io.parley.session.Origin;
import io.parley.session.Session;
import io.parley.session.Wire;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which sessions a gateway looks at in which second, and what its gauges say then; a heartbeat is five seconds. */
class SessionTableTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final SessionsConfig TIMES = new SessionsConfig(
            Duration.ofSeconds(10),
            Duration.ofSeconds(12),
            HEARTBEAT,
            Duration.ofSeconds(8),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            new DrainConfig(Duration.ZERO, 1_000, Duration.ofSeconds(20)));
    private static final LimitsConfig LIMITS = new LimitsConfig(65_536, 16, 4, 262_144, 1_024, 16);
    private static final ListenerConfig LISTENER = new ListenerConfig(
            "json",
            ListenerConfig.Codec.JSON,
            "127.0.0.1",
            0,
            false,
            Guests.NONE,
            false,
            null,
            Optional.empty(),
            Optional.empty());
    private static final Identity ANN = new Identity("ann", "Ann", Set.of(), null, 0, 0, Identity.Standing.ACCOUNT);

    private final Metrics metrics = new Metrics();
    private final SessionTable table =
            new SessionTable(() -> this.now, HEARTBEAT, "gateway", news -> {}, metrics.sessions());
    private final Effects effects = of(Effects.class, this::effect);
    /** The second in which each client was told that its session ends. */
    private final Map<String, Integer> endedAt = new HashMap<>();

    private long now = 7_000_000;
    private int second;
    private int timesAsked;
    /** Whether Redis answers when a location is released. */
    private boolean releases = true;

    @Test
    void aSilentClientIsCutInTheSameSecondAtWhicheverTurnItsSessionIs() {
        for (int i = 0; i < 100; i++) {
            open("s" + i);
        }
        tick(12);
        assertThat(endedAt).isEmpty();
        tick(1);
        assertThat(endedAt).hasSize(100).containsValue(13);
        assertThat(table.all()).isEmpty();
    }

    @Test
    void aClientThatIsHeardIsCutThatMuchLater() {
        Session session = open("s");
        for (int i = 0; i < 6; i++) {
            tick(4);
            session.heard();
        }
        tick(12);
        assertThat(endedAt).isEmpty();
        tick(1);
        assertThat(endedAt).containsEntry("s", 37);
    }

    @Test
    void aClientThatDoesNotLogInIsSentAway() {
        add("s");
        tick(10);
        assertThat(endedAt).isEmpty();
        tick(1);
        assertThat(endedAt).containsEntry("s", 11);
    }

    @Test
    void aDeliveryToAnIdleClientIsWaitedForToTheSecond() {
        Session session = open("s");
        tick(4);
        session.heard();
        session.push(new Origin("shard", 1), new Envelope("m1", "{}"));
        tick(8);
        assertThat(endedAt).isEmpty();
        session.heard();
        tick(1);
        assertThat(endedAt).containsEntry("s", 13);
    }

    @Test
    void idleSessionsAreLookedAtOnceAHeartbeat() {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sessions.add(open("s" + i));
        }
        tick(1);
        for (int round = 0; round < 3; round++) {
            sessions.forEach(Session::heard);
            timesAsked = 0;
            tick(5);
            // A look at a quiet session asks four times at most what time it is.
            assertThat(timesAsked).isBetween(1_000, 4_000);
        }
    }

    @Test
    void eachSessionHasItsTurnOnceAHeartbeat() {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            expected.add(open("s" + i).id());
        }
        List<String> due = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tick(1);
            table.due().forEach(session -> due.add(session.id()));
        }
        assertThat(due).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theGaugesAreRightWithinASecondWhetherSessionsRestOrNot() {
        Session ann = open("ann");
        open("bob");
        add("nobody");
        tick(1);
        assertThat(gauges()).containsExactly(2, 0, 0);

        ann.push(new Origin("shard", 1), new Envelope("m1", "{}"));
        ann.push(new Origin("shard", 2), new Envelope("m2", "{}"));
        ann.congested();
        tick(1);
        assertThat(gauges()).containsExactly(2, 1, 2);

        ann.caughtUp();
        ann.ack(new Command.Ack(2));
        tick(1);
        assertThat(gauges()).containsExactly(2, 0, 0);

        ann.end(ByeReason.KICKED, Duration.ZERO, () -> {});
        tick(1);
        assertThat(gauges()).containsExactly(1, 0, 0);
        assertThat(table.find("ann")).isNull();
    }

    @Test
    void oneThatEndedButIsNotSettledIsNotVerifiedAnyMore() {
        Session ann = open("ann");
        tick(1);
        releases = false;
        ann.disconnected();
        tick(1);
        assertThat(gauges()).containsExactly(0, 0, 0);
        assertThat(table.find("ann")).isSameAs(ann);
    }

    private List<Integer> gauges() {
        return List.of(gauge("sessions_verified"), gauge("sessions_paused"), gauge("deliveries_in_flight"));
    }

    private int gauge(String name) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("parley_" + name + " "))
                .mapToInt(line -> (int) Double.parseDouble(line.split(" ")[1]))
                .sum();
    }

    private void tick(int seconds) {
        for (int i = 0; i < seconds; i++) {
            second++;
            now += 1_000;
            table.tick();
        }
    }

    private Session open(String id) {
        Session session = add(id);
        session.verify(new Command.Verify("ann", "secret", null));
        assertThat(session.isOpen()).isTrue();
        return session;
    }

    private Session add(String id) {
        Wire wire = of(Wire.class, (proxy, method, arguments) -> {
            if (Set.of("cut", "close").contains(method.getName())) {
                endedAt.put(id, second);
            }
            return null;
        });
        Session session = new Session(new Location("gateway", id), wire, effects, TIMES, LIMITS);
        NetSocket socket = of(NetSocket.class, (proxy, method, arguments) -> null);
        Connection connection = new Connection(socket, new NoCodec(), LISTENER, (client, pressure) -> null, metrics);
        table.add(session, connection, metrics.sessions().open("json"));
        return session;
    }

    /** Everything succeeds at once. */
    @SuppressWarnings("unchecked")
    private Object effect(Object proxy, Method method, Object[] arguments) {
        switch (method.getName()) {
            case "now" -> {
                timesAsked++;
                return now;
            }
            case "authenticate" -> ((Consumer<Identity>) arguments[2]).accept(ANN);
            case "claim" -> ((Consumer<Effects.Claimed>) arguments[2]).accept(new Effects.Claimed(null, 0));
            case "read" -> ((Consumer<List<Envelope>>) arguments[3]).accept(List.of());
            case "append" -> ((Consumer<Location>) arguments[2]).accept(null);
            case "release" -> {
                if (releases) {
                    ((Runnable) arguments[2]).run();
                }
            }
            case "stirred" -> table.stirred((Session) arguments[0]);
            case "gone" -> table.remove((Session) arguments[0]);
            default -> {}
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static <T> T of(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static final class NoCodec implements Codec {
        @Override
        public Decoder decoder(Decoder.Sink sink) {
            return null;
        }

        @Override
        public Encoder encoder(Decoder decoder) {
            return null;
        }
    }
}
