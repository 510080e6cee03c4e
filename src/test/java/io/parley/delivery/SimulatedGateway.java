package io.parley.delivery;

import io.parley.config.DrainConfig;
import io.parley.config.LimitsConfig;
import io.parley.config.SessionsConfig;
import io.parley.mailbox.Refreshed;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.Entrance;
import io.parley.protocol.Envelope;
import io.parley.protocol.Event;
import io.parley.protocol.Identity;
import io.parley.protocol.Location;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import io.parley.session.Effects;
import io.parley.session.Origin;
import io.parley.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A gateway in {@link World}, with real {@link Session}s. */
final class SimulatedGateway implements Effects {

    static final SessionsConfig TIMES = new SessionsConfig(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            new DrainConfig(Duration.ZERO, 1_000, Duration.ofSeconds(20)));
    private static final int WINDOW = 4;
    static final LimitsConfig LIMITS = new LimitsConfig(65_536, WINDOW, 128, 262_144, 1_024, 512);

    final String address;
    final Map<String, Session> sessions = new HashMap<>();
    private final World world;
    private final Map<String, SimulatedGateway> gateways;
    private final Map<String, SimulatedShard> shards;
    private boolean crashed;

    SimulatedGateway(
            World world, String address, Map<String, SimulatedGateway> gateways, Map<String, SimulatedShard> shards) {
        this.world = world;
        this.address = address;
        this.gateways = gateways;
        this.shards = shards;
    }

    Session accept(String id, io.parley.session.Wire wire) {
        Session session = new Session(new Location(address, id), wire, this, TIMES, LIMITS);
        sessions.put(id, session);
        return session;
    }

    /** The node dies: nobody there answers any more, and its connections end. */
    void crash() {
        crashed = true;
        sessions.clear();
    }

    boolean isCrashed() {
        return crashed;
    }

    // What comes from elsewhere.

    void push(SimulatedShard shard, String session, long number, Envelope envelope) {
        if (crashed) {
            return;
        }
        Session found = sessions.get(session);
        if (found == null) {
            answer(shard.address, () -> shard.refusedPush(number, true));
        } else {
            found.push(new Origin(shard.address, number), envelope);
        }
    }

    void nudge(String courier, String session) {
        Session found = sessions.get(session);
        if (found != null) {
            found.nudge(courier);
        }
    }

    void readmit(String courier, String session) {
        Session found = sessions.get(session);
        if (found != null) {
            found.readmit(courier);
        }
    }

    private void end(String session, Runnable ended) {
        if (crashed) {
            return;
        }
        Session found = sessions.get(session);
        if (found == null) {
            ended.run();
        } else {
            found.end(ByeReason.KICKED, Duration.ZERO, ended);
        }
    }

    /** The heartbeat of one session. */
    void refresh(Session session) {
        if (!session.isOpen()) {
            return;
        }
        redis(
                () -> world.locations.refresh(session.userId(), new Location(address, session.id())),
                (Refreshed refreshed) -> {
                    switch (refreshed.state()) {
                        case MINE -> session.refreshed(refreshed.waiting());
                        case ABSENT -> session.restored();
                        case OTHERS -> session.overtaken(refreshed.others());
                    }
                },
                why -> {});
    }

    // What its sessions ask for.

    @Override
    public void authenticate(
            Command.Verify command, Entrance entrance, Consumer<Identity> then, Consumer<Refusal> otherwise) {
        world.arrive("auth to " + address, () -> {
            if (!crashed) {
                then.accept(new Identity(command.userId(), "name", Set.of(), null, 0, 1));
            }
        });
    }

    @Override
    public void claim(String userId, Location mine, Consumer<Claimed> then, Consumer<Refusal> otherwise) {
        redis(
                () -> world.locations.claim(userId, mine).map(claim -> new Claimed(claim.previous(), claim.waiting())),
                then,
                why -> {
                    // As Locations does: a claim without an answer is followed by a release on the same connection.
                    redis(() -> world.locations.release(userId, mine), released -> {}, ignored -> {});
                    otherwise.accept(why);
                });
    }

    @Override
    public void claimFree(
            String userId, Location mine, Location gone, Consumer<Location> then, Consumer<Refusal> otherwise) {
        throw new UnsupportedOperationException("everybody here has an account");
    }

    @Override
    public void ifAccount(String userId, Runnable then) {
        throw new UnsupportedOperationException("everybody here has an account");
    }

    @Override
    public void endSession(Location location, Runnable then) {
        SimulatedGateway other = gateways.get(location.gateway());
        boolean[] done = {false};
        Runnable once = () -> {
            if (!done[0] && !crashed) {
                done[0] = true;
                then.run();
            }
        };
        world.overBus(
                address + " to " + location.gateway(),
                () -> other.end(location.session(), () -> world.overBus(other.address + " to " + address, once)));
        world.timeOut(once);
    }

    @Override
    public void askSession(Location location, Consumer<Boolean> then) {
        SimulatedGateway other = gateways.get(location.gateway());
        world.arrive(address + " to " + location.gateway(), () -> {
            Session found = other.sessions.get(location.session());
            boolean alive = found != null && found.isAlive();
            world.arrive(other.address + " to " + address, () -> then.accept(alive));
        });
    }

    @Override
    public void release(String userId, Location mine, Runnable then) {
        redis(() -> world.locations.release(userId, mine), released -> then.run(), why -> then.run());
    }

    @Override
    public void read(
            String userId, String afterId, int limit, Consumer<List<Envelope>> then, Consumer<Refusal> otherwise) {
        redis(() -> world.mailbox.read(userId, afterId, limit), then, otherwise);
    }

    @Override
    public void remove(String userId, Collection<String> ids, Runnable then, Consumer<Refusal> otherwise) {
        List<String> exactly = new ArrayList<>(ids);
        redis(() -> world.mailbox.remove(userId, exactly), removed -> then.run(), otherwise);
    }

    @Override
    public void append(String userId, Envelope envelope, Consumer<Location> then, Consumer<Refusal> otherwise) {
        redis(() -> world.mailbox.append(userId, envelope), appended -> then.accept(appended.location()), otherwise);
    }

    private <T> void redis(World.Supplier<T> command, Consumer<T> then, Consumer<Refusal> otherwise) {
        if (crashed) {
            return;
        }
        world.redis(
                address,
                command,
                answer -> {
                    if (!crashed) {
                        then.accept(answer);
                    }
                },
                failure -> {
                    if (!crashed) {
                        otherwise.accept(RedisIsDown.REFUSAL);
                    }
                });
    }

    @Override
    public void nudge(Location location) {
        SimulatedGateway other = gateways.get(location.gateway());
        world.overBus(address + " to " + location.gateway(), () -> other.nudge(address, location.session()));
    }

    @Override
    public void submit(Session session, Identity sender, Command.Send command, Consumer<Refusal> otherwise) {
        throw new AssertionError("clients only receive here");
    }

    @Override
    public void taken(Origin push) {
        SimulatedShard shard = shards.get(push.courier());
        answer(push.courier(), () -> shard.taken(push.number()));
    }

    @Override
    public void refused(Origin push) {
        SimulatedShard shard = shards.get(push.courier());
        answer(push.courier(), () -> shard.refusedPush(push.number(), false));
    }

    @Override
    public void acked(Origin push) {
        SimulatedShard shard = shards.get(push.courier());
        answer(push.courier(), () -> shard.acked(push.number()));
    }

    @Override
    public void stored(Origin push) {
        SimulatedShard shard = shards.get(push.courier());
        answer(push.courier(), () -> shard.storedPush(push.number()));
    }

    @Override
    public void failed(Origin push, Refusal why) {
        SimulatedShard shard = shards.get(push.courier());
        answer(push.courier(), () -> shard.refusedPush(push.number(), false));
    }

    private void answer(String shard, Runnable event) {
        world.overBus(address + " to " + shard, event);
    }

    @Override
    public void ask(
            Session session, Identity asker, Question question, Consumer<Event> then, Consumer<Refusal> otherwise) {
        throw new AssertionError("nobody asks here");
    }

    @Override
    public void later(Duration delay, Runnable task) {
        world.arrive("timer " + address + world.random.nextInt(), () -> {
            if (!crashed) {
                task.run();
            }
        });
    }

    @Override
    public void opened(Session session) {}

    /** No time passes in the model. */
    @Override
    public long now() {
        return 0;
    }

    @Override
    public void stirred(Session session) {}

    @Override
    public void gone(Session session) {
        sessions.remove(session.id());
    }
}
