package io.parley.protocol;

import java.util.List;

/** What a client asks of the node; {@code ID} is the id on the wire (DESIGN section 4). */
public sealed interface Command
        permits Command.Verify, Command.Send, Command.Logout, Command.Ping, Command.Ack, Question {

    /** The command's id on the wire. */
    int id();

    /** Calls the handler's method for this command: a command without a handler does not compile. */
    void to(Handler handler);

    /** A message that somebody shall get; a {@link Receipt} answers it. */
    sealed interface Send extends Command permits Single, Group, Broadcast, Say {

        /** The sender's id for it. */
        String clientId();

        /** The text. */
        String content();
    }

    /**
     * Proves who the session speaks for, with a password or a token. With neither, a guest asks to enter.
     *
     * @param password null when a token is given, and of a guest
     * @param token    null when a password is given, and of a guest
     */
    record Verify(String userId, String password, String token) implements Command {
        public static final int ID = 1;

        @Override
        public int id() {
            return ID;
        }

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
    record Single(String clientId, String chatTo, String content) implements Send {
        public static final int ID = 2;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.single(this);
        }
    }

    /**
     * Sends one message to several accounts.
     *
     * @param chatTo the recipients, each once, 1 to 500; empty when {@code group} says who they are
     * @param group  the id of a group, whose members get it; null with a list
     */
    record Group(String clientId, List<String> chatTo, String group, String content) implements Send {
        public static final int ID = 3;

        public Group {
            chatTo = List.copyOf(chatTo);
        }

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.group(this);
        }
    }

    /** Says something to everybody who is connected, in the whole cluster. */
    record Broadcast(String clientId, String content) implements Send {
        public static final int ID = 4;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.broadcast(this);
        }
    }

    /** Ends the session. */
    record Logout() implements Command {
        public static final int ID = 5;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.logout(this);
        }
    }

    /** @param content any JSON object, echoed as it came; empty when the frame had none */
    record Ping(String content) implements Command {
        public static final int ID = 6;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.ping(this);
        }
    }

    /** Acknowledges every delivery of this session up to and including {@code seq}. */
    record Ack(long seq) implements Command {
        public static final int ID = 7;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.ack(this);
        }
    }

    /** Says something to everybody else in a room that the session is in. */
    record Say(String clientId, String room, String content) implements Send {
        public static final int ID = 10;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.say(this);
        }
    }

    /** One method a command. */
    interface Handler {
        void verify(Verify command);

        void single(Single command);

        void group(Group command);

        void broadcast(Broadcast command);

        void logout(Logout command);

        void ping(Ping command);

        void ack(Ack command);

        void join(Question.Join command);

        void leave(Question.Leave command);

        void say(Say command);

        void look(Question.Look command);

        void online(Question.Online command);

        void groupCreate(Question.GroupCreate command);

        void groupChange(Question.GroupChange command);

        void groupList(Question.GroupList command);
    }
}
