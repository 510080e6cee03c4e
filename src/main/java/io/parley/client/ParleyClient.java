package io.parley.client;

import io.parley.codec.json.JsonCommands;
import io.parley.protocol.ClientId;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One account's connection to a node, for programs: sends messages and gets receipts, gives arriving messages to a
 * handler, reconnects by itself.
 *
 * <pre>{@code
 * ParleyClient client = new ParleyClient(vertx, ClientOptions.of("127.0.0.1", 7443, "10001")
 *         .trusting(Path.of("target/dev/tls/server.crt")).withPassword("123456"));
 * client.onMessage(incoming -> System.out.println(incoming.message().content()));
 * client.connect().compose(verified -> client.send("10002", "hello")).onSuccess(receipt -> …);
 * }</pre>
 *
 * <p>It promises what DESIGN section 2 asks of a client: a message is acknowledged only after the handler took it,
 * shown once however often it arrives, and a send without a receipt is sent again, with the same client_id and in
 * order, after each reconnect. Rooms are entered again then, too. A newer login of the account elsewhere ends this one
 * for good.
 *
 * <p>Everything runs on the Vert.x context that the constructor was called in. The methods may be called from any
 * thread, except {@code on…}, which belong before {@link #connect()}. Handlers and futures are called on the context:
 * they must not block. A client is used once: after it has ended, make a new one.
 */
public final class ParleyClient implements Connector.Owner {

    /** The bound of a node by default: a larger frame would cost the connection, and be sent again on the next one. */
    public static final int MAX_FRAME_BYTES = 65_536;

    /** As long as the client_ids that a client makes can become. */
    private static final String LONGEST_CLIENT_ID = "x".repeat(ClientId.MAX_CHARACTERS);

    private final Work work;
    private final Connector connector;
    /** Null when it is shared. */
    private final TlsNet ownNet;

    private final Outbox outbox;
    private final Questions questions = new Questions();
    private final Inbox inbox;
    private final Promise<Event.Verified> first = Promise.promise();
    private final Promise<Void> end = Promise.promise();
    private final String idPrefix = UUID.randomUUID().toString();
    private long sends;
    private boolean connecting;
    private Throwable ended;
    private Consumer<ClientState> stateHandler = state -> {};

    public ParleyClient(Vertx vertx, ClientOptions options) {
        this(vertx, options, new TlsNet(vertx, options), true);
    }

    /** One of many clients of a program, who share how they connect; whoever made that also closes it. */
    public ParleyClient(Vertx vertx, ClientOptions options, TlsNet shared) {
        this(vertx, options, shared, false);
    }

    private ParleyClient(Vertx vertx, ClientOptions options, TlsNet net, boolean ownsNet) {
        this.work = new Work(vertx);
        this.connector = new Connector(vertx, options, net, this);
        this.ownNet = ownsNet ? net : null;
        this.inbox = new Inbox(work::run, options.patience().remembered());
        this.outbox = new Outbox(options.patience().maxUnanswered(), questions.rooms()::isEntering);
    }

    /** A message is acknowledged when the handler returns; when it throws, the message comes again. */
    public ParleyClient onMessage(Consumer<Incoming> handler) {
        return onMessageAsync(incoming -> {
            handler.accept(incoming);
            return Future.succeededFuture();
        });
    }

    /**
     * A message is acknowledged when the handler's future succeeds; when it fails, the message comes again. While many
     * are unprocessed, the connection is not read: the handler is never given more than about a thousand of them.
     */
    public ParleyClient onMessageAsync(Function<Incoming, Future<Void>> handler) {
        inbox.handler(handler);
        return this;
    }

    /** Who enters and leaves the rooms that this client is in. */
    public ParleyClient onRoom(Consumer<RoomNews> handler) {
        questions.rooms().handler(handler);
        return this;
    }

    public ParleyClient onState(Consumer<ClientState> handler) {
        stateHandler = handler;
        return this;
    }

    /**
     * Connects and logs in. Fails, once, with a {@link LinkFailure} or the node's {@link Refusal}; then the client has
     * ended.
     */
    public Future<Event.Verified> connect() {
        return work.later(() -> {
            if (!connecting) {
                connecting = true;
                connector.connect();
            }
            return first.future();
        });
    }

    /** As {@link #send(Target, String)}, to one account. */
    public Future<Receipt> send(String to, String text) {
        return send(new Target.One(to), text);
    }

    /** To 1 to 500 accounts; the receipt says what became of it for each. */
    public Future<Receipt> send(List<String> to, String text) {
        return send(new Target.Several(to), text);
    }

    /** To the other members; the receipt counts what became of it. */
    public Future<Receipt> sendToGroup(String group, String text) {
        return send(new Target.Group(group), text);
    }

    /** To everybody else who is connected, once; not every account may. */
    public Future<Receipt> broadcast(String text) {
        return send(Target.EVERYBODY, text);
    }

    /** To everybody else in a room that this client is in, once. */
    public Future<Receipt> say(String room, String text) {
        return send(new Target.Room(room), text);
    }

    /**
     * Sends a text. The receipt says what became of it, a refusal by the node included; the future fails only when the
     * client ended before there was a receipt, or when too many sends wait for theirs.
     */
    public Future<Receipt> send(Target to, String text) {
        Objects.requireNonNull(to);
        Objects.requireNonNull(text);
        return work.soon(() -> {
            if (!isSmall(to, text) && frameBytes(to, text) > MAX_FRAME_BYTES) {
                String detail = "the message is larger than " + MAX_FRAME_BYTES + " bytes";
                return Future.failedFuture(new Refusal(ErrorCode.FRAME_TOO_LARGE, detail));
            }
            Command.Send command = to.command(nextClientId(), text);
            return ended == null ? outbox.send(command) : Future.failedFuture(ended);
        });
    }

    /** Whether there is no need to measure it: a character becomes six bytes at most. */
    private static boolean isSmall(Target to, String text) {
        return to instanceof Target.One one && one.userId().length() + text.length() < MAX_FRAME_BYTES / 8;
    }

    /** The size of a message on its way to the node, or a little more; at most {@link #MAX_FRAME_BYTES} are sent. */
    public static int frameBytes(Target to, String text) {
        return JsonCommands.encode(to.command(LONGEST_CLIENT_ID, text)).length();
    }

    /** Which of 1 to 100 accounts are connected; fails while this client is not. */
    public Future<Map<String, Boolean>> online(List<String> userIds) {
        List<String> asked = List.copyOf(userIds);
        return work.later(() -> questions.online(asked));
    }

    /** Enters a room, and again by itself after each reconnect; fails while this client is not connected. */
    public Future<Void> join(String room) {
        return work.later(() -> questions.rooms().join(room));
    }

    public Future<Void> leave(String room) {
        return work.later(() -> questions.rooms().leave(room));
    }

    /** Who is in a room, which need not be one's own; with null, in each of one's own. */
    public Future<Event.LookAnswer> look(String room) {
        return work.later(() -> questions.look(room));
    }

    /** Makes a group of this account, who owns it, and 1 to 500 others; returns its id. */
    public Future<String> createGroup(String name, List<String> members) {
        List<String> userIds = List.copyOf(members);
        return work.later(() -> questions.create(new Question.GroupCreate(nextClientId(), name, userIds)));
    }

    /** Everybody may remove themself, the owner everybody else, and add others; up to 500 each. */
    public Future<Void> changeGroup(String group, List<String> add, List<String> remove) {
        Question.GroupChange change = new Question.GroupChange(group, add, remove);
        return work.later(() -> questions.change(change));
    }

    /** The groups that this account is in. */
    public Future<List<GroupInfo>> groups() {
        return work.later(questions::groups);
    }

    /** How many messages arrived that had arrived before; the handler got each of them once. */
    public Future<Long> repeats() {
        return work.later(() -> Future.succeededFuture(inbox.repeats()));
    }

    /** Leaves the node politely and ends the client. Sends without a receipt fail. */
    public Future<Void> logout() {
        return work.later(() -> {
            connector.logout();
            return end.future();
        });
    }

    /** Ends the client at once; the node finds out by itself. */
    public Future<Void> close() {
        return work.later(() -> {
            connector.close();
            return end.future();
        });
    }

    @Override
    public void connected(Link link, ClientState.Connected state) {
        questions.open(link::write, state.verified().userId());
        outbox.open(link::write);
        first.tryComplete(state.verified());
        stateHandler.accept(state);
    }

    @Override
    public void event(Link link, Event event) {
        if (event instanceof Event.Receipted receipted) {
            outbox.answer(receipted.receipt());
        } else if (event instanceof Event.Failed failed) {
            failed(link, failed);
        } else {
            questions.event(event);
            outbox.resume();
        }
    }

    @Override
    public void message(Link link, long seq, Incoming incoming) {
        inbox.deliver(link, seq, incoming);
    }

    @Override
    public void lost(Throwable cause, Duration retryIn) {
        outbox.suspend();
        questions.suspend(cause);
        stateHandler.accept(new ClientState.Lost(cause, retryIn));
    }

    @Override
    public void ended(Throwable cause) {
        ended = cause;
        outbox.fail(cause);
        questions.end(cause);
        first.tryFail(cause);
        if (ownNet != null) {
            ownNet.close();
        }
        end.complete();
        stateHandler.accept(new ClientState.Ended(cause));
    }

    /**
     * An error about a message is its receipt, one about a question its answer; any other means that we were not
     * understood.
     */
    private void failed(Link link, Event.Failed failed) {
        if (questions.refuse(failed)) {
            outbox.resume();
        } else if (failed.clientId() != null) {
            outbox.answer(Receipt.refused(failed.clientId(), null, failed.refusal()));
        } else {
            link.cut(failed.refusal());
        }
    }

    private String nextClientId() {
        return idPrefix + '-' + ++sends;
    }
}
