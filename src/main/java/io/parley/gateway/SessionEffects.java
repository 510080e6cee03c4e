package io.parley.gateway;

import io.parley.bus.Addresses;
import io.parley.bus.Answers.Answer;
import io.parley.bus.Answers.Verdict;
import io.parley.bus.AskSession;
import io.parley.bus.Bus;
import io.parley.bus.ClusterBus;
import io.parley.bus.EndSession;
import io.parley.bus.Failures;
import io.parley.bus.Login;
import io.parley.bus.Lookup;
import io.parley.bus.Parcel;
import io.parley.bus.SessionState;
import io.parley.bus.TurnBatches;
import io.parley.config.SessionsConfig;
import io.parley.mailbox.Locations;
import io.parley.mailbox.Mailbox;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.Entrance;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Identity;
import io.parley.protocol.Location;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import io.parley.session.Effects;
import io.parley.session.Origin;
import io.parley.session.Session;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the sessions of one gateway ask for, done on Redis and on the event bus. Every wait here is bounded. */
final class SessionEffects implements Effects {

    /** A login behind a full queue of password hashes may take this long. */
    private static final Duration LOGIN_PATIENCE = Duration.ofSeconds(20);

    private static final Duration ASK_PATIENCE = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(SessionEffects.class);

    private final Vertx vertx;
    private final Bus bus;
    private final ClusterBus cluster;
    private final Questions questions;
    private final SessionClock clock;
    private final String address;
    private final SessionsConfig times;
    private final Mailbox mailbox;
    private final Locations locations;
    private final Submitter submitter;
    private final RoomDesk rooms;
    private final Fanouts fanouts;
    private final SessionTable sessions;
    private final TurnBatches<Answer> answers;

    /** The parts of a gateway that its sessions use. */
    record Parts(
            SessionClock clock,
            ClusterBus cluster,
            Questions questions,
            Mailbox mailbox,
            Locations locations,
            Submitter submitter,
            RoomDesk rooms,
            Fanouts fanouts,
            SessionTable sessions) {}

    /** @param address the gateway's own */
    SessionEffects(Vertx vertx, String address, SessionsConfig times, Parts parts, TurnBatches<Answer> answers) {
        this.vertx = vertx;
        this.bus = new Bus(vertx);
        this.clock = parts.clock();
        this.cluster = parts.cluster();
        this.questions = parts.questions();
        this.address = address;
        this.times = times;
        this.mailbox = parts.mailbox();
        this.locations = parts.locations();
        this.submitter = parts.submitter();
        this.rooms = parts.rooms();
        this.fanouts = parts.fanouts();
        this.sessions = parts.sessions();
        this.answers = answers;
    }

    @Override
    public long now() {
        return clock.getAsLong();
    }

    @Override
    public void authenticate(
            Command.Verify command, Entrance entrance, Consumer<Identity> then, Consumer<Refusal> otherwise) {
        Login login = new Login(command.userId(), command.password(), command.token(), entrance);
        settle(bus.request(Addresses.AUTH, login, LOGIN_PATIENCE), then, otherwise);
    }

    @Override
    public void claim(String userId, Location mine, Consumer<Claimed> then, Consumer<Refusal> otherwise) {
        settle(
                locations.claim(userId, mine).map(claim -> new Claimed(claim.previous(), claim.waiting())),
                then,
                otherwise);
    }

    @Override
    public void claimFree(
            String userId, Location mine, Location gone, Consumer<Location> then, Consumer<Refusal> otherwise) {
        settle(locations.claimFree(userId, mine, gone), then, otherwise);
    }

    @Override
    public void ifAccount(String userId, Runnable then) {
        settle(bus.request(Addresses.AUTH, new Lookup(userId), ASK_PATIENCE), found -> then.run(), noneOrUnknown -> {});
    }

    @Override
    public void endSession(Location location, Runnable then) {
        cluster.request(
                        location.gateway(),
                        new EndSession(location.session(), ByeReason.KICKED),
                        times.takeoverTimeout())
                .onComplete(endedOrGivenUp -> then.run());
    }

    @Override
    public void askSession(Location location, Consumer<Boolean> then) {
        cluster.<SessionState>request(location.gateway(), new AskSession(location.session()), ASK_PATIENCE)
                .map(state -> state == SessionState.ALIVE)
                .recover(failure -> Future.succeededFuture(failure != Bus.NOBODY_THERE))
                .onSuccess(then::accept);
    }

    @Override
    public void release(String userId, Location mine, Runnable then) {
        locations.release(userId, mine).onComplete(releasedOrLeftToExpire -> then.run());
    }

    @Override
    public void read(
            String userId, String afterId, int limit, Consumer<List<Envelope>> then, Consumer<Refusal> otherwise) {
        settle(mailbox.read(userId, afterId, limit), then, otherwise);
    }

    @Override
    public void remove(String userId, Collection<String> ids, Runnable then, Consumer<Refusal> otherwise) {
        settle(mailbox.remove(userId, ids), removed -> then.run(), otherwise);
    }

    @Override
    public void append(String userId, Envelope envelope, Consumer<Location> then, Consumer<Refusal> otherwise) {
        settle(
                mailbox.append(userId, envelope),
                appended -> {
                    if (appended.kept()) {
                        then.accept(appended.location());
                    } else {
                        otherwise.accept(new Refusal(ErrorCode.MAILBOX_FULL, "the recipient's mailbox is full"));
                    }
                },
                otherwise);
    }

    @Override
    public void nudge(Location location) {
        cluster.send(location.gateway(), new Parcel(address, List.of(new Parcel.Nudge(location.session()))))
                .onFailure(left ->
                        log.debug("nudge not sent session={} reason={}", location.session(), left.getMessage()));
    }

    @Override
    public void submit(Session session, Identity sender, Command.Send command, Consumer<Refusal> otherwise) {
        if (command instanceof Command.Single single) {
            if (fanouts.isWaiting(session)) {
                fanouts.behind(session, () -> submitter.submit(session.id(), sender, single, otherwise));
            } else {
                submitter.submit(session.id(), sender, single, otherwise);
            }
        } else if (command instanceof Command.Group group) {
            fanouts.send(session, sender, group, otherwise);
        } else if (command instanceof Command.Say say) {
            rooms.say(session, sender, say, otherwise);
        } else if (command instanceof Command.Broadcast broadcast) {
            rooms.broadcast(session, sender, broadcast, otherwise);
        }
    }

    @Override
    public void taken(Origin push) {
        answer(push, Verdict.TAKEN, null);
    }

    @Override
    public void refused(Origin push) {
        answer(push, Verdict.REFUSED, null);
    }

    /** The push came to a gateway that does not have the session. */
    void notHere(Origin push) {
        answer(push, Verdict.NOT_HERE, null);
    }

    @Override
    public void acked(Origin push) {
        answer(push, Verdict.ACKED, null);
    }

    @Override
    public void stored(Origin push) {
        answer(push, Verdict.STORED, null);
    }

    @Override
    public void failed(Origin push, Refusal why) {
        answer(push, Verdict.FAILED, why);
    }

    private void answer(Origin push, Verdict verdict, Refusal why) {
        answers.add(push.courier(), new Answer(push.number(), verdict, why));
    }

    @Override
    public void ask(
            Session session, Identity asker, Question question, Consumer<Event> then, Consumer<Refusal> otherwise) {
        settle(questions.answer(session, asker, question), then, otherwise);
    }

    @Override
    public void later(Duration delay, Runnable task) {
        vertx.setTimer(delay.toMillis(), timer -> task.run());
    }

    @Override
    public void opened(Session session) {
        sessions.opened(session);
    }

    @Override
    public void stirred(Session session) {
        sessions.stirred(session);
    }

    @Override
    public void gone(Session session) {
        rooms.gone(session);
        sessions.remove(session);
    }

    private static <T> void settle(Future<T> future, Consumer<T> then, Consumer<Refusal> otherwise) {
        future.onComplete(then::accept, failure -> otherwise.accept(Failures.refusal(failure)));
    }
}
