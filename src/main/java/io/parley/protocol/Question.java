package io.parley.protocol;

import java.util.List;

/** A command that asks for something other than a message; answered by one {@link Event}, or by an error. */
public sealed interface Question extends Command {

    /** The sender's id for it; null when it has none. */
    default String clientId() {
        return null;
    }

    /** Enters a room. Answered, like everybody in the room, by {@link Event.Entered}. */
    record Join(String room) implements Question {
        public static final int ID = 8;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.join(this);
        }
    }

    /** Leaves a room. Answered, like everybody in the room, by {@link Event.Left}. */
    record Leave(String room) implements Question {
        public static final int ID = 9;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.leave(this);
        }
    }

    /**
     * Asks who is in a room.
     *
     * @param room null for the rooms that the session is in
     */
    record Look(String room) implements Question {
        public static final int ID = 11;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.look(this);
        }
    }

    /** Asks which of 1 to 100 accounts are connected. */
    record Online(List<String> userIds) implements Question {
        public static final int ID = 12;

        public Online {
            userIds = List.copyOf(userIds);
        }

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.online(this);
        }
    }

    /**
     * Makes a group of the sender, who becomes its owner, and of the members.
     *
     * @param clientId a repeat with the same one makes no second group
     * @param members  each once; with or without the sender
     */
    record GroupCreate(String clientId, String name, List<String> members) implements Question {
        public static final int ID = 13;

        public GroupCreate {
            members = List.copyOf(members);
        }

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.groupCreate(this);
        }
    }

    /** Changes who is in a group: its owner may change all, everybody may remove themself. */
    record GroupChange(String group, List<String> add, List<String> remove) implements Question {
        public static final int ID = 14;

        public GroupChange {
            add = List.copyOf(add);
            remove = List.copyOf(remove);
        }

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.groupChange(this);
        }
    }

    /** Asks for the groups that the account is in. */
    record GroupList() implements Question {
        public static final int ID = 15;

        @Override
        public int id() {
            return ID;
        }

        @Override
        public void to(Handler handler) {
            handler.groupList(this);
        }
    }
}
