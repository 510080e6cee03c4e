package io.parley.protocol;

import java.time.Duration;
import java.util.List;
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

        /** What an account is told whose login succeeded. */
        public static Verified of(Identity who, Duration heartbeat, int ackWindow, long waiting) {
            return new Verified(
                    who.userId(), who.name(), who.token(), who.tokenExpiresAt(), heartbeat, ackWindow, waiting);
        }

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
     * Something said to everybody, or in a room: given to those who are there, once. It has no seq, as nobody
     * acknowledges it.
     */
    record Heard(Envelope envelope) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.heard(this);
        }
    }

    /** Somebody, perhaps this client, has entered a room that this client is in. */
    record Entered(String room, Person who) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.entered(this);
        }
    }

    /** Somebody, perhaps this client, has left a room that this client is or was in. */
    record Left(String room, Person who) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.left(this);
        }
    }

    /**
     * Who is in which room.
     *
     * @param rooms  names of people, sorted; of a large room only the first ones
     * @param more   how many people of a large room are not among its names; absent for the others
     */
    record LookAnswer(Map<String, List<String>> rooms, Map<String, Integer> more) implements Event {
        public LookAnswer {
            rooms = Map.copyOf(rooms);
            more = Map.copyOf(more);
        }

        @Override
        public <T> T to(Handler<T> handler) {
            return handler.look(this);
        }
    }

    /** @param clientId the command's */
    record GroupCreated(String clientId, String group) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.groupCreated(this);
        }
    }

    record GroupChanged(String group) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.groupChanged(this);
        }
    }

    /** The groups that the account is in, by name. */
    record GroupsAnswer(List<GroupInfo> groups) implements Event {
        public GroupsAnswer {
            groups = List.copyOf(groups);
        }

        @Override
        public <T> T to(Handler<T> handler) {
            return handler.groups(this);
        }
    }

    /**
     * A connection was accepted: the greeting of codecs that have one.
     *
     * @param number  which one it is of this listener, since the node started
     * @param here    how many there are on this listener, this one included
     */
    record Accepted(long number, long here) implements Event {
        @Override
        public <T> T to(Handler<T> handler) {
            return handler.accepted(this);
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

        T heard(Heard event);

        T entered(Entered event);

        T left(Left event);

        T look(LookAnswer event);

        T groupCreated(GroupCreated event);

        T groupChanged(GroupChanged event);

        T groups(GroupsAnswer event);

        T accepted(Accepted event);

        T bye(Bye event);

        T receipted(Receipted event);

        T failed(Failed event);

        T pong(Pong event);

        T online(OnlineAnswer event);
    }
}
