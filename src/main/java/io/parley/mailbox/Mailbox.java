package io.parley.mailbox;

import io.parley.config.MailboxConfig;
import io.parley.config.RedisConfig;
import io.parley.metrics.MailboxMeters;
import io.parley.protocol.Envelope;
import io.parley.redis.Keys;
import io.parley.redis.RedisLink;
import io.parley.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The messages that wait in Redis for accounts, one mailbox an account.
 *
 * <p><b>Keys</b> (built in {@link Keys}; the braces are the hash tag, so one account is one slot):
 *
 * <dl> <dt>{@code parley:{UID}:mailbox}, a sorted set <dd>A member is {@code "MESSAGE_ID JSON"}, its score always 0, so
 * that Redis sorts members as bytes: by message_id, as ids are ASCII of a fixed width. The JSON was serialised once, by
 * the gateway that accepted the message. So the same message appended twice is the same member. <dt>{@code
 * parley:{UID}:bytes}, a string <dd>The sum of the members' lengths. Only the scripts here change it, together with the
 * mailbox; both have the same expiry, renewed by each append, and go together. When it was lost, or cannot be right,
 * the next script counts anew. <dt>{@code parley:{UID}:location}, a string <dd>Where the account is connected ({@link
 * Locations}). Read here and never changed.
 * </dl>
 *
 * <p><b>The life of a message</b>:
 *
 * <ol> <li>{@link #route} asks where its recipient is and, if they are nowhere, puts it into the mailbox in the same
 * step. When pushing it to that place fails, {@link #append} puts it there. <li>Both answer with the location that was
 * true in that very step. Whoever appended looks at it: when it names a session, that session is nudged to drain. So
 * nothing waits unseen for somebody who is connected. <li>The session drains: it {@linkplain #read reads} pages in the
 * order of ids, writes them to its client, and {@linkplain #remove removes} exactly the ids that the client
 * acknowledged. Never a range over several ids, as a smaller one may be appended after a larger one was read.
 * </ol>
 *
 * <p>A full mailbox ({@link MailboxConfig}) is a value, not a failure; it is never trimmed. An outage of Redis fails
 * with the refusal {@code unavailable}; whether a message of a failed append is in the mailbox is unknown then, and
 * appending it again is harmless. Calls for one account execute in the order in which they were made, without awaiting
 * each other, except that with {@code redis.durability} {@code replicated:N} routes and appends have a connection of
 * their own.
 *
 * <p>Belongs to the event loop of its link.
 */
public final class Mailbox {

    private static final RedisScript ROUTE =
            RedisScript.of("mailbox/bytes.lua", "mailbox/keep.lua", "mailbox/route.lua");
    private static final RedisScript APPEND =
            RedisScript.of("mailbox/bytes.lua", "mailbox/keep.lua", "mailbox/append.lua");
    private static final RedisScript REMOVE = RedisScript.of("mailbox/bytes.lua", "mailbox/remove.lua");

    private final RedisLink link;
    private final Durability durability;
    private final MailboxConfig config;
    private final MailboxMeters meters;

    /** @param link shared with others; it is not closed with this mailbox */
    public Mailbox(Vertx vertx, RedisLink link, RedisConfig redis, MailboxConfig config, MailboxMeters meters) {
        this.link = link;
        this.durability = new Durability(vertx, link, redis);
        this.config = config;
        this.meters = meters;
        durability.link().prepare(ROUTE);
        durability.link().prepare(APPEND);
        link.prepare(REMOVE);
    }

    /** Completes when the connection for appends is there; see {@link RedisLink#ready}. */
    public Future<Void> ready() {
        return durability.ready();
    }

    /** Where the account is connected; if it is not, the message goes into its mailbox. One round trip. */
    public Future<Routed> route(String uid, Envelope message) {
        return put(ROUTE, uid, message)
                .map(done -> new Routed(done.location(), done.kept()))
                .onSuccess(routed -> count(routed.kept(), routed.isFull()));
    }

    /**
     * Puts the message into the mailbox, wherever the account is. Kept also when it was there before, even in a full
     * one.
     */
    public Future<Appended> append(String uid, Envelope message) {
        return put(APPEND, uid, message).onSuccess(appended -> count(appended.kept(), !appended.kept()));
    }

    /**
     * A page of the mailbox in the order of ids.
     *
     * @param after  the page begins after this message_id, which need not exist; null begins at the start
     */
    public Future<List<Envelope>> read(String uid, String after, int limit) {
        String from = after == null ? "-" : "(" + after + '!';
        return link.send(Request.cmd(Command.ZRANGE, Keys.mailbox(uid), from, "+", "BYLEX", "LIMIT", 0, limit))
                .map(members -> StreamSupport.stream(members.spliterator(), false)
                        .map(Mailbox::envelope)
                        .toList())
                .onSuccess(page -> meters.page())
                .onFailure(unread -> meters.failed());
    }

    /** Deletes exactly these messages; ids that are not there are no error. */
    public Future<Void> remove(String uid, Collection<String> ids) {
        return REMOVE.run(link, List.of(Keys.mailbox(uid), Keys.bytes(uid)), ids.toArray())
                .onSuccess(removed -> meters.removed(ids.size()))
                .onFailure(left -> meters.failed())
                .mapEmpty();
    }

    /** How many messages wait. */
    public Future<Long> size(String uid) {
        return link.send(Request.cmd(Command.ZCARD, Keys.mailbox(uid))).map(Response::toLong);
    }

    /** Closes what this mailbox opened; not the shared link. */
    public Future<Void> close() {
        return durability.close();
    }

    private Future<Appended> put(RedisScript script, String uid, Envelope message) {
        List<String> keys = List.of(Keys.location(uid), Keys.mailbox(uid), Keys.bytes(uid));
        return script.run(
                        durability.link(),
                        keys,
                        message.id() + ' ' + message.json(),
                        config.maxMessages(),
                        config.maxBytes(),
                        config.expiry().toMillis())
                .compose(reply -> {
                    Appended appended = new Appended(reply.get(0).toInteger() == 1, Locations.location(reply.get(1)));
                    return appended.kept() ? durability.confirmed().map(appended) : Future.succeededFuture(appended);
                })
                .onFailure(unsure -> meters.failed());
    }

    private void count(boolean kept, boolean full) {
        if (kept) {
            meters.appended();
        } else if (full) {
            meters.full();
        }
    }

    private static Envelope envelope(Response member) {
        String text = member.toString();
        int space = text.indexOf(' ');
        return new Envelope(text.substring(0, space), text.substring(space + 1));
    }
}
