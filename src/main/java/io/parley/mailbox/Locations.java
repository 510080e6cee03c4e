package io.parley.mailbox;

import io.parley.mailbox.Refreshed.State;
import io.parley.protocol.Location;
import io.parley.protocol.Refusal;
import io.parley.redis.Keys;
import io.parley.redis.RedisLink;
import io.parley.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where accounts are connected, one session an account: the key {@code parley:{UID}:location} with the text of a
 * {@link Location}.
 *
 * <p>A location is a hint and does no harm when it is wrong: a push to a session that is gone fails, and the message is
 * appended. It expires unless its session refreshes it with the heartbeat, so that a dead node's locations go by
 * themselves. Only the session that has it takes it away, for a newer login may have claimed it since.
 *
 * <p>An outage fails with the refusal {@code unavailable}. A claim that failed so may have been run; it is released
 * again, before anything else is sent on the next connection, so that the account does not look connected.
 */
public final class Locations {

    private static final RedisScript CLAIM = RedisScript.of("mailbox/claim.lua");
    private static final RedisScript CLAIM_FREE = RedisScript.of("mailbox/claim_free.lua");
    private static final RedisScript RELEASE = RedisScript.of("mailbox/release.lua");
    private static final RedisScript REFRESH = RedisScript.of("mailbox/refresh.lua");

    /** Chosen: a batch of this size keeps Redis busy for a few milliseconds and leaves room for others on the link. */
    private static final int BATCH = 256;

    private final RedisLink link;
    private final Duration life;

    /** @param life how long a location lasts that is not refreshed; a few heartbeats */
    public Locations(RedisLink link, Duration life) {
        this.link = link;
        this.life = life;
        link.prepare(CLAIM);
        link.prepare(CLAIM_FREE);
        link.prepare(RELEASE);
        link.prepare(REFRESH);
    }

    /** Makes {@code mine} the account's session, whoever had it before. */
    public Future<Claimed> claim(String uid, Location mine) {
        Request undo = RELEASE.whole(List.of(Keys.location(uid)), mine.text());
        return CLAIM.run(link, undo, keys(uid), mine.text(), life.toMillis())
                .map(reply -> new Claimed(location(reply.get(0)), reply.get(1).toLong()));
    }

    /**
     * Makes {@code mine} the session of this id if nobody has it, or still the one who is known to be gone. Of several
     * that claim at the same time one gets it, in the one step that Redis runs.
     *
     * @param gone  null for nobody
     * @return who has it and keeps it; null when it is {@code mine} now
     */
    public Future<Location> claimFree(String uid, Location mine, Location gone) {
        List<String> keys = List.of(Keys.location(uid));
        Request undo = RELEASE.whole(keys, mine.text());
        return CLAIM_FREE
                .run(link, undo, keys, mine.text(), life.toMillis(), gone == null ? "" : gone.text())
                .map(Locations::location);
    }

    /** Takes the location away if it is still {@code mine}; true if it was. */
    public Future<Boolean> release(String uid, Location mine) {
        return RELEASE.run(link, List.of(Keys.location(uid)), mine.text()).map(reply -> reply.toInteger() == 1);
    }

    /** Extends the life of {@code mine}, or sets it again when it is absent; another's is left as it is. */
    public Future<Refreshed> refresh(String uid, Location mine) {
        List<String> keys = List.of(Keys.location(uid), Keys.mailbox(uid), Keys.notBefore(uid));
        return REFRESH.run(link, keys, mine.text(), life.toMillis()).map(reply -> refreshed(mine, reply));
    }

    /**
     * Refreshes many sessions, a batch after the other. What Redis could not answer is absent from the result: the next
     * heartbeat asks again.
     *
     * @param sessions  the account of each session
     */
    public Future<Map<Location, Refreshed>> refreshAll(Map<Location, String> sessions) {
        return refreshFrom(List.copyOf(sessions.entrySet()), 0, new HashMap<>());
    }

    /** Which of these accounts are connected, and where; the others are absent. */
    public Future<Map<String, Location>> locate(List<String> uids) {
        Map<String, Future<Response>> replies = new LinkedHashMap<>();
        // Not one MGET: on a Redis Cluster each account may be elsewhere.
        uids.forEach(
                uid -> replies.computeIfAbsent(uid, each -> link.send(Request.cmd(Command.GET, Keys.location(each)))));
        return Future.all(List.copyOf(replies.values())).map(all -> {
            Map<String, Location> found = new HashMap<>();
            replies.forEach((uid, reply) -> {
                if (reply.result() != null) {
                    found.put(uid, location(reply.result()));
                }
            });
            return found;
        });
    }

    /** Null for an absent one. */
    static Location location(Response reply) {
        return reply == null ? null : Location.parse(reply.toString());
    }

    private Future<Map<Location, Refreshed>> refreshFrom(
            List<Map.Entry<Location, String>> sessions, int start, Map<Location, Refreshed> answers) {
        if (start >= sessions.size()) {
            return Future.succeededFuture(answers);
        }
        int end = Math.min(start + BATCH, sessions.size());
        List<Future<Void>> batch = sessions.subList(start, end).stream()
                .map(session -> refresh(session.getValue(), session.getKey())
                        .<Void>map(answer -> {
                            answers.put(session.getKey(), answer);
                            return null;
                        })
                        .recover(Locations::missing))
                .toList();
        return Future.all(batch).compose(done -> refreshFrom(sessions, end, answers));
    }

    /** An outage leaves an answer out; a bug goes on to whoever asked. */
    private static Future<Void> missing(Throwable failure) {
        return failure instanceof Refusal ? Future.succeededFuture() : Future.failedFuture(failure);
    }

    private static Refreshed refreshed(Location mine, Response reply) {
        Location found = location(reply.get(0));
        boolean isMine = mine.equals(found);
        State state = found == null ? State.ABSENT : isMine ? State.MINE : State.OTHERS;
        return new Refreshed(
                state,
                isMine ? null : found,
                reply.get(1).toLong(),
                reply.get(2).toLong());
    }

    private static List<String> keys(String uid) {
        return List.of(Keys.location(uid), Keys.mailbox(uid));
    }
}
