package io.parley.session;

import io.parley.config.DrainConfig;
import io.parley.config.LimitsConfig;
import io.parley.config.SessionsConfig;
import io.parley.protocol.Command;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Identity.Standing;
import io.parley.protocol.Location;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One session, {@code mine}, of the account {@code ann}, with a window of four; what it did is read as sentences, in
 * order, with {@link #happened}.
 */
final class SessionFixture {

    static final Location MINE = new Location("gateway.here", "mine");
    static final Location OTHER = new Location("gateway.there", "other");
    static final Refusal REDIS_IS_DOWN = new Refusal(ErrorCode.UNAVAILABLE, "redis is down");
    static final SessionsConfig TIMES = new SessionsConfig(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            new DrainConfig(Duration.ZERO, 1_000, Duration.ofSeconds(20)));
    static final int WINDOW = 4;
    static final int UNANSWERED = 4;
    static final int REMEMBERED = 3;

    /** Epoch milliseconds. */
    static final long PROVEN_AT = 1_800_000_000_000L;

    /** Of a monotonic clock: not near zero, as no machine's is. */
    static final long ACCEPTED_AT = 5_000_000;

    private final List<String> log = new ArrayList<>();
    final RecordedEffects effects = new RecordedEffects(log);
    final RecordedWire wire = new RecordedWire(log);
    final Session session;
    private long pushes;

    SessionFixture() {
        LimitsConfig limits = new LimitsConfig(65_536, WINDOW, UNANSWERED, 262_144, 1_024, REMEMBERED);
        effects.now = ACCEPTED_AT;
        session = new Session(MINE, wire, effects, TIMES, limits);
    }

    /** One whose login drain has read to the end: its gate is open. */
    static SessionFixture open() {
        SessionFixture fixture = draining();
        fixture.mailboxHolds();
        fixture.happened();
        return fixture;
    }

    /** A guest's, that waits for the answer to its claim. */
    static SessionFixture guest(Standing standing) {
        SessionFixture fixture = new SessionFixture();
        fixture.verify();
        fixture.effects.logins.remove().answer(new Identity("ann", "ann", Set.of(), null, 0, PROVEN_AT, standing));
        return fixture;
    }

    /** A guest's that is open. */
    static SessionFixture openGuest() {
        SessionFixture fixture = guest(Standing.GUEST);
        fixture.effects.guestClaims.remove().answer(null);
        fixture.happened();
        return fixture;
    }

    /** One that is open and waits for the first page of its login drain. */
    static SessionFixture draining() {
        SessionFixture fixture = claiming();
        fixture.claimed(null);
        fixture.happened();
        return fixture;
    }

    /** One that is verified and waits for the answer to its claim. */
    static SessionFixture claiming() {
        SessionFixture fixture = new SessionFixture();
        fixture.verify();
        fixture.identified();
        fixture.happened();
        return fixture;
    }

    /** What was done since the last call. */
    List<String> happened() {
        List<String> happened = List.copyOf(log);
        log.clear();
        return happened;
    }

    /** Writes something of the test's own between what the session does. */
    void note(String sentence) {
        log.add(sentence);
    }

    void verify() {
        session.verify(new Command.Verify("ann", "secret", null));
    }

    void identified() {
        effects.logins.remove().answer(new Identity("ann", "Ann", Set.of(), "token", 7, PROVEN_AT));
    }

    /** @param previous whose location it was; null for nobody */
    void claimed(Location previous) {
        effects.claims.remove().answer(new Effects.Claimed(previous, 0));
    }

    void push(String courier, String id) {
        session.push(new Origin(courier, ++pushes), envelope(id));
    }

    void ack(long seq) {
        session.ack(new Command.Ack(seq));
    }

    void send(String clientId) {
        session.send(new Command.Single(clientId, "bob", "hello"));
    }

    /** Answers the oldest read with one page. */
    void mailboxHolds(String... ids) {
        effects.reads
                .remove()
                .answer(Arrays.stream(ids).map(SessionFixture::envelope).toList());
    }

    void tickAfter(Duration sinceAccepted) {
        pass(sinceAccepted);
        session.look(effects.now);
    }

    /** Time passes, and nobody looks. */
    void pass(Duration sinceAccepted) {
        effects.now = ACCEPTED_AT + sinceAccepted.toMillis();
    }

    /** Looks at it, without any time having passed. */
    boolean restsUntil(Duration sinceAccepted) {
        return session.look(ACCEPTED_AT + sinceAccepted.toMillis());
    }

    static Envelope envelope(String id) {
        return new Envelope(id, "{}");
    }

    /** As many ids as fill a page, in order. */
    static String[] fullPage() {
        return IntStream.range(0, Drain.PAGE)
                .mapToObj(i -> "m%03d".formatted(i))
                .toArray(String[]::new);
    }
}
