package io.parley.protocol;

import java.util.List;

/** What a client asks of the node; {@code ID} is the id on the wire (DESIGN section 4). */
public sealed interface Command {

    /** Calls the handler's method for this command: a command without a handler does not compile. */
    void to(Handler handler);

    /**
     * Proves who the session speaks for, with a password or a token.
     *
     * @param password null when a token is given
     * @param token    null when a password is given
     */
    record Verify(String userId, String password, String token) implements Command {
        public static final int ID = 1;

        @Override
        public void to(Handler handler) {
            handler.verify(this);
        }

        /** Without the secrets, so that no log line can show them. */
        @Override
        public String toString() {
            return "Verify[userId=" + userId + "]";
        }
    }

    /** Sends one message to one account. */
    record Single(String clientId, String chatTo, String content) implements Command {
        public static final int ID = 2;

        @Override
        public void to(Handler handler) {
            handler.single(this);
        }
    }

    record Logout() implements Command {
        public static final int ID = 5;

        @Override
        public void to(Handler handler) {
            handler.logout(this);
        }
    }

    /** @param content any JSON object, echoed as it came; empty when the frame had none */
    record Ping(String content) implements Command {
        public static final int ID = 6;

        @Override
        public void to(Handler handler) {
            handler.ping(this);
        }
    }

    /** Acknowledges every delivery of this session up to and including {@code seq}. */
    record Ack(long seq) implements Command {
        public static final int ID = 7;

        @Override
        public void to(Handler handler) {
            handler.ack(this);
        }
    }

    /** Asks which of 1 to 100 accounts are connected. */
    record Online(List<String> userIds) implements Command {
        public static final int ID = 12;

        public Online {
            userIds = List.copyOf(userIds);
        }

        @Override
        public void to(Handler handler) {
            handler.online(this);
        }
    }

    /** One method a command. */
    interface Handler {
        void verify(Verify command);

        void single(Single command);

        void logout(Logout command);

        void ping(Ping command);

        void ack(Ack command);

        void online(Online command);
    }
}
