package io.parley.client;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Keeps a client connected: dials, logs in, and after a loss waits and does so again, until the node says that this
 * client must not come back or the program ends it. The first connection is tried once at each server. Belongs to the
 * client's context.
 */
final class Connector implements Link.Owner {

    /** Another try would get the same answer. */
    private static final Set<ErrorCode> FINAL = EnumSet.of(
            ErrorCode.BAD_CREDENTIALS,
            ErrorCode.FORBIDDEN,
            ErrorCode.BAD_FRAME,
            ErrorCode.FRAME_TOO_LARGE,
            ErrorCode.BAD_VERSION);

    private final Vertx vertx;
    private final ClientOptions options;
    private final Owner owner;
    private final Dialer dialer;
    private final Credentials credentials;
    private final Backoff backoff;

    private Link link;
    private boolean wasConnected;
    private boolean leaving;
    private boolean ended;

    /** Who is kept connected. After {@link #ended}, which comes exactly once, nothing follows. */
    interface Owner {
        void connected(Link link, ClientState.Connected state);

        /** An event that is not about logging in or leaving. */
        void event(Link link, Event event);

        void message(Link link, long seq, Incoming incoming);

        void lost(Throwable cause, Duration retryIn);

        void ended(Throwable cause);
    }

    Connector(Vertx vertx, ClientOptions options, TlsNet net, Owner owner) {
        this.vertx = vertx;
        this.options = options;
        this.owner = owner;
        this.dialer = new Dialer(net, options.servers());
        this.credentials = new Credentials(options);
        this.backoff =
                new Backoff(options.patience().backoffFrom(), options.patience().backoffTo(), new SecureRandom());
    }

    void connect() {
        dialer.dial().onComplete(this::dialled, this::missed);
    }

    /** Says goodbye to the node, which answers and closes. */
    void logout() {
        leaving = true;
        if (link == null) {
            end(LinkFailure.of(LinkFailure.Kind.CLOSED, "logged out"));
        } else {
            link.flush();
            link.ask(new Command.Logout());
        }
    }

    /** Ends at once. */
    void close() {
        leaving = true;
        LinkFailure why = LinkFailure.of(LinkFailure.Kind.CLOSED, "the client was closed");
        if (link == null) {
            end(why);
        } else {
            link.flush();
            link.cut(why);
        }
    }

    @Override
    public void event(Link from, Event event) {
        if (event instanceof Event.Verified verified) {
            verified(from, verified);
        } else if (event instanceof Event.NotVerified refused) {
            refused(from, refused.refusal());
        } else if (event instanceof Event.Bye bye) {
            from.cut(LinkFailure.bye(bye.reason(), bye.retryAfter()));
        } else {
            owner.event(from, event);
        }
    }

    @Override
    public void message(Link from, long seq, Incoming incoming) {
        owner.message(from, seq, incoming);
    }

    @Override
    public void lost(Link from, Throwable why) {
        link = null;
        if (from.age().compareTo(options.patience().backoffTo()) > 0) {
            backoff.reset();
        }
        retryOrEnd(why);
    }

    private void dialled(NetSocket socket) {
        link = new Link(vertx, socket, options.patience().answerTimeout(), this);
        if (ended) {
            link.cut(LinkFailure.of(LinkFailure.Kind.CLOSED, "the client was closed"));
        } else {
            link.ask(credentials.first(), options.patience().loginTimeout());
        }
    }

    private void missed(Throwable why) {
        if (!ended) {
            retryOrEnd(why);
        }
    }

    private void verified(Link from, Event.Verified verified) {
        boolean again = wasConnected;
        wasConnected = true;
        credentials.verified(verified);
        from.pingEvery(verified.heartbeat());
        owner.connected(from, new ClientState.Connected(verified, dialer.server(), again));
    }

    private void refused(Link from, Refusal refusal) {
        Command.Verify next = credentials.next(refusal);
        if (next == null) {
            from.cut(refusal);
        } else {
            from.ask(next, options.patience().loginTimeout());
        }
    }

    private void retryOrEnd(Throwable why) {
        if (leaving || !comesBack(why) || !triesAgain()) {
            end(why);
            return;
        }
        if (!wasConnected) {
            connect();
            return;
        }
        Duration delay = backoff.next(retryAfter(why));
        owner.lost(why, delay);
        vertx.setTimer(Math.max(1, delay.toMillis()), timer -> {
            if (!ended) {
                connect();
            }
        });
    }

    private boolean triesAgain() {
        return wasConnected ? options.patience().reconnect() : !dialer.hasTriedAll();
    }

    private void end(Throwable why) {
        if (!ended) {
            ended = true;
            owner.ended(why);
        }
    }

    private static boolean comesBack(Throwable why) {
        if (why instanceof Refusal refusal) {
            return !FINAL.contains(refusal.code());
        }
        return !(why instanceof LinkFailure failure && failure.bye() != null)
                || ((LinkFailure) why).bye().comesBack();
    }

    private static Duration retryAfter(Throwable why) {
        if (why instanceof Refusal refusal) {
            return refusal.retryAfter();
        }
        return why instanceof LinkFailure failure ? failure.retryAfter() : Duration.ZERO;
    }
}
