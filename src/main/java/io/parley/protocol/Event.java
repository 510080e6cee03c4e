package io.parley.protocol;

import java.time.Duration;
import java.util.Map;

/** What the node tells a client (DESIGN section 4). */
public sealed interface Event {

    /** Calls the handler's method for this event: an event without a handler does not compile. */
    <T> T to(Handler<T> handler);

    /**
     * The session now speaks for an account.
     *
     * @param token           for the next login without a password; null when the node signs none
     * @param tokenExpiresAt  epoch milliseconds; 0 without a token
     * @param heartbeat       how often a quiet client should ping
     * @param ackWindow       how many deliveries may await an acknowledgement
     * @param waiting         messages in the mailbox
     */
    record Verified(
            String userId,
            String userName,
            String token,
            long tokenExpiresAt,
            Duration heartbeat,
            int ackWindow,
            long waiting)
            implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.verified(this);
        }

        /** Without the token, so that no log line can show it. */
        @Override
        public String toString() {
            return "Verified[userId=" + userId + ", waiting=" + waiting + "]";
        }
    }

    /** The answer to a verify that failed (101 with code 0); the session stays unverified. */
    record NotVerified(Refusal refusal) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.notVerified(this);
        }
    }

    /**
     * A message for this client.
     *
     * @param seq       counts this session's deliveries from 1
     * @param replayed  whether it waited in the mailbox
     */
    record Delivery(long seq, boolean replayed, Envelope envelope) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.delivery(this);
        }
    }

    /**
     * The node ends the session.
     *
     * @param retryAfter when a client that comes back should do so; zero leaves it to the client
     */
    record Bye(ByeReason reason, Duration retryAfter) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.bye(this);
        }
    }

    record Receipted(Receipt receipt) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.receipted(this);
        }
    }

    /**
     * An error that is not a receipt.
     *
     * @param command   the id of the command it answers; 0 when no command could be read
     * @param clientId  the client_id of that command; null when it has none
     */
    record Failed(Refusal refusal, int command, String clientId) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.failed(this);
        }
    }

    /** @param content the ping's own, unchanged */
    record Pong(String content) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.pong(this);
        }
    }

    record OnlineAnswer(Map<String, Boolean> online) implements Event {
        public OnlineAnswer {
            online = Map.copyOf(online);
        }

        @Override
        public <T> T to(Handler<T> handler) {
            return handler.online(this);
        }
    }

    /** One method an event. */
    interface Handler<T> {
        T verified(Verified event);

        T notVerified(NotVerified event);

        T delivery(Delivery event);

        T bye(Bye event);

        T receipted(Receipted event);

        T failed(Failed event);

        T pong(Pong event);

        T online(OnlineAnswer event);
    }
}
