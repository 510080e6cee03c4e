package io.parley.cli.chat;

import io.parley.client.Incoming;
import io.parley.client.Target;
import io.parley.protocol.Audience;
import io.parley.protocol.Message;
import java.util.EnumSet;
import java.util.Set;

/**
 * One message of a conversation, as it will be shown. Nothing in it is fit for a terminal yet: see {@code PlainText}.
 *
 * @param where  which conversation it belongs to: where an answer goes
 * @param from   who wrote it; of what was typed here, whom it is for
 * @param name   their name; the id where it is not known
 * @param at     epoch milliseconds
 */
record Entry(Target where, String from, String name, long at, String text, Set<Mark> marks) {

    /** What there is to say about a message. */
    enum Mark {
        /** It waited in the mailbox. */
        WAITED,
        /** It was typed here. */
        MINE,
        /** It went to several people, who are no group. */
        SEVERAL
    }

    Entry {
        marks = Set.copyOf(marks);
    }

    static Entry of(Incoming incoming) {
        Message message = incoming.message();
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        if (incoming.waited()) {
            marks.add(Mark.WAITED);
        }
        String place = message.audience().place();
        Target where =
                switch (message.audience().kind()) {
                    case BROADCAST -> Target.EVERYBODY;
                    case ROOM -> new Target.Room(place);
                    case GROUP -> place == null ? new Target.One(message.chatFrom()) : new Target.Group(place);
                    case SINGLE -> new Target.One(message.chatFrom());
                };
        if (message.audience().kind() == Audience.Kind.GROUP && place == null) {
            marks.add(Mark.SEVERAL);
        }
        return new Entry(where, message.chatFrom(), message.fromName(), message.sentAt(), message.content(), marks);
    }

    boolean waited() {
        return marks.contains(Mark.WAITED);
    }

    boolean mine() {
        return marks.contains(Mark.MINE);
    }

    boolean toSeveral() {
        return marks.contains(Mark.SEVERAL);
    }

    Entry withText(String other) {
        return new Entry(where, from, name, at, other, marks);
    }
}
