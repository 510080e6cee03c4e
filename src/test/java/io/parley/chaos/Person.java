package io.parley.chaos;

import io.parley.chaos.Plan.Manner;
import io.parley.client.ClientOptions;
import io.parley.client.ClientState;
import io.parley.client.Incoming;
import io.parley.client.LinkFailure;
import io.parley.client.ParleyClient;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Message;
import io.parley.testkit.Ledger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * One account and its devices, of which one at a time is connected: comes back when its node is lost, and changes to
 * another node when told. All methods on the crowd's thread.
 */
final class Person {

    private static final long RETRY_MILLIS = 100;
    /** How long a device that was taken over may take to hear of it while nothing fails: it hears of it first. */
    private static final long FAREWELL_MILLIS = 3_000;

    private final String id;
    private final Vertx vertx;
    private final IntFunction<ClientOptions> options;
    private final Ledger ledger;
    private final Journal journal;
    private final List<Device> devices = new ArrayList<>();
    private Device device;
    private boolean moving;
    private boolean gone;
    private long repeatsOnTheWire;
    private int shownTwice;

    /** @param options how to log in when a node is to be tried first */
    Person(String id, Vertx vertx, IntFunction<ClientOptions> options, Ledger ledger, Journal journal) {
        this.id = id;
        this.vertx = vertx;
        this.options = options;
        this.ledger = ledger;
        this.journal = journal;
    }

    String id() {
        return id;
    }

    /** Of {@link Journal.Whereabouts}. */
    long since() {
        return device == null ? Journal.NEVER : device.since;
    }

    /** The port of the node that it is connected to; 0 for none. */
    int port() {
        return device == null ? 0 : device.port;
    }

    boolean isSettled() {
        return port() != 0 && !moving && devices.size() == 1;
    }

    long repeatsOnTheWire() {
        return repeatsOnTheWire;
    }

    /** How often one device showed a message twice. */
    int shownTwice() {
        return shownTwice;
    }

    void writeTo(String to) {
        if (device != null) {
            ledger.send(device.client, id, to).onFailure(neverKnown -> journal.unanswered());
        }
    }

    /** Logs in, at any node if need be, as often as it takes. */
    void arrive(int node) {
        Device next = new Device(options.apply(node));
        next.client.connect().onFailure(notNow -> {
            if (!gone && device == null) {
                vertx.setTimer(RETRY_MILLIS, later -> arrive(node));
            }
        });
    }

    /** Does nothing while it is not connected, or changes already. */
    void move(int node, Manner manner) {
        if (!isSettled() || gone) {
            return;
        }
        moving = true;
        journal.event("moves", id, node + " " + manner);
        journal.trouble().beginsForSender(id, "move");
        Device before = device;
        switch (manner) {
            case TAKEOVER ->
                new Device(options.apply(node))
                        .client
                        .connect()
                        .onSuccess(taken -> awaitFarewell(before))
                        .onComplete(done -> moved());
            case HANG_UP -> before.leave(before.client::close, () -> arrive(node));
            case LOGOUT -> before.leave(before.client::logout, () -> arrive(node));
        }
    }

    private void moved() {
        moving = false;
        journal.trouble().endsForSender(id, "move", Journal.now());
        if (devices.isEmpty() && !gone) {
            arrive(0);
        }
    }

    private void awaitFarewell(Device before) {
        long since = before.since;
        long now = Journal.now();
        vertx.setTimer(FAREWELL_MILLIS, late -> {
            boolean still = devices.contains(before) && before.since == since && since != Journal.NEVER;
            if (still && !journal.trouble().concerns(id, now)) {
                journal.fault(id + " has two sessions, and the older one was not ended");
            }
        });
    }

    /** Its node hangs from now on, although the connection stands. */
    void hangs() {
        device.since = Journal.NEVER;
    }

    /** Its node goes on. */
    void goesOn() {
        device.since = Journal.now();
    }

    Future<?> leave() {
        gone = true;
        List<Future<Long>> leaving = new ArrayList<>();
        // The end itself counts; to ask once more is to wait until it has.
        List.copyOf(devices).forEach(each -> leaving.add(each.client.close().compose(ended -> each.client.repeats())));
        return Future.join(leaving);
    }

    /** One program on one machine of the person's. */
    private final class Device {
        private final ParleyClient client;
        private final Set<String> shown = new HashSet<>();
        private int port;
        private long since = Journal.NEVER;
        private boolean leaving;

        private Device(ClientOptions options) {
            this.client =
                    new ParleyClient(vertx, options).onMessage(this::shows).onState(this::changes);
            devices.add(this);
        }

        /** @param then when the client has ended */
        private void leave(Supplier<Future<Void>> how, Runnable then) {
            leaving = true;
            how.get().onComplete(ended -> then.run());
        }

        private void shows(Incoming incoming) {
            Message message = incoming.message();
            if (!shown.add(message.chatFrom() + ' ' + message.content())) {
                shownTwice++;
            }
            ledger.shown(id, incoming);
        }

        private void changes(ClientState state) {
            if (state instanceof ClientState.Connected connected) {
                port = connected.server().port();
                since = Journal.now();
                device = this;
                journal.connected(id, port);
                if (moving && devices.size() == 1) {
                    moved();
                }
            } else {
                port = 0;
                since = Journal.NEVER;
                if (state instanceof ClientState.Ended ended) {
                    ends(ended.cause());
                } else if (device == this) {
                    journal.lost(id, state);
                } else {
                    // It was taken over while it could not be told: a person would put it away.
                    client.close();
                }
            }
        }

        private void ends(Throwable cause) {
            devices.remove(this);
            client.repeats().onSuccess(repeats -> repeatsOnTheWire += repeats);
            journal.event("device_ended", id, cause.toString());
            boolean kicked = cause instanceof LinkFailure failure && failure.bye() == ByeReason.KICKED;
            if (device != this) {
                return;
            }
            device = null;
            if (leaving || gone) {
                return;
            }
            boolean another = !devices.isEmpty();
            if (!kicked || !another) {
                journal.fault(id + " was shut out: " + cause);
            }
            if (!another) {
                arrive(0);
            }
        }
    }
}
