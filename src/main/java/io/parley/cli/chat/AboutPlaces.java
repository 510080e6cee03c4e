package io.parley.cli.chat;

import io.parley.cli.ClientSentences;
import io.parley.cli.Messages;
import io.parley.cli.PlainText;
import io.parley.client.RoomNews;
import io.parley.client.Target;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Person;
import io.parley.protocol.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a chat says about groups and rooms. */
final class AboutPlaces {

    private static final int LABEL_COLUMNS = 28;

    private final ClientSentences sentences;
    private final Messages messages;

    AboutPlaces(ClientSentences sentences) {
        this.sentences = sentences;
        this.messages = sentences.messages();
    }

    String in(String room) {
        return messages.text("chat.room.in", word(room));
    }

    String out(String room) {
        return messages.text("chat.room.out", word(room));
    }

    String notIn(String room, Throwable cause) {
        return messages.text("chat.room.not.in", word(room), failure(cause));
    }

    String entered(RoomNews.Entered news) {
        return messages.text("chat.room.entered", person(news.who()), word(news.room()));
    }

    String left(RoomNews.Left news) {
        return messages.text("chat.room.left", person(news.who()), word(news.room()));
    }

    String rooms(Collection<String> rooms) {
        String all = rooms.stream().map(AboutPlaces::word).collect(Collectors.joining(", "));
        return rooms.isEmpty() ? messages.text("chat.room.none") : messages.text("chat.room.list", all);
    }

    /** @param asked  null for all of one's own */
    String people(Event.LookAnswer answer, String asked) {
        if (answer.rooms().isEmpty() && asked == null) {
            return messages.text("chat.room.none");
        }
        TreeSet<String> rooms = new TreeSet<>(answer.rooms().keySet());
        if (asked != null) {
            rooms.add(asked);
        }
        return rooms.stream().map(room -> peopleOf(room, answer)).collect(Collectors.joining("\n"));
    }

    private String peopleOf(String room, Event.LookAnswer answer) {
        List<String> names = answer.rooms().getOrDefault(room, List.of());
        if (names.isEmpty()) {
            return messages.text("chat.look.nobody", word(room));
        }
        int more = answer.more().getOrDefault(room, 0);
        String all = names.stream().map(PlainText::of).collect(Collectors.joining(", "));
        return messages.text("chat.look", word(room), names.size() + more, more == 0 ? all : all + ", …");
    }

    String groups(List<GroupInfo> groups) {
        if (groups.isEmpty()) {
            return messages.text("chat.group.none");
        }
        return groups.stream().map(this::group).collect(Collectors.joining("\n"));
    }

    private String group(GroupInfo group) {
        String id = PlainText.of(group.id());
        String name = PlainText.of(group.name());
        String owner = PlainText.of(group.owner());
        return Columns.fit(name, LABEL_COLUMNS) + " " + messages.text("chat.group.line", id, group.members(), owner);
    }

    String made(String name, String id) {
        return messages.text("chat.group.made", PlainText.of(name), PlainText.of(id));
    }

    String changed(Target group) {
        return messages.text("chat.group.changed", Place.word(group));
    }

    String failed(Target place, Throwable cause) {
        return messages.text("chat.place.failed", Place.word(place), failure(cause));
    }

    /** What people meet often has a sentence of its own. */
    String failure(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            String key = "chat.refused." + refusal.code();
            return messages.bundle().containsKey(key) ? messages.text(key) : sentences.of(refusal);
        }
        return sentences.of(cause);
    }

    private static String person(Person who) {
        String id = PlainText.of(who.userId());
        return who.name().equals(who.userId()) ? id : PlainText.of(who.name()) + " (" + id + ")";
    }

    private static String word(String room) {
        return Place.word(new Target.Room(room));
    }
}
