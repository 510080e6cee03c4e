package io.parley.cli.chat;

import io.parley.cli.PlainText;
import io.parley.client.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The conversation with one account, in a group or in a room, as far as this run of the program has seen it. */
final class Talk {

    /** Shown again when the person turns back to this conversation. */
    static final int RECENT = 5;

    /** Chosen: enough to recognise a message by, and little enough to keep. */
    private static final int RECENT_CHARACTERS = 1_000;

    private final Target target;
    private final String id;
    private final Deque<Entry> recent = new ArrayDeque<>();
    private final Deque<Entry> unread = new ArrayDeque<>();
    private String name;
    private long lastAt;

    Talk(Target target) {
        this.target = target;
        this.id = Place.id(target);
        this.name = id;
    }

    Target target() {
        return target;
    }

    /** The user id, the group's id or the room's name. */
    String id() {
        return id;
    }

    /** As the node said it last; the id until it said one. Not fit for a terminal. */
    String name() {
        return name;
    }

    void name(String told) {
        name = told;
    }

    /** The id in one word with the sign of what it is; fit for a terminal. */
    String word() {
        return Place.word(target);
    }

    /** The name with the sign of what it is; fit for a terminal. */
    String title() {
        return Place.sign(target) + PlainText.of(name.isBlank() ? id : name);
    }

    /** Fit for a terminal. */
    String label() {
        return name.isBlank() || name.equals(id) ? word() : title() + " (" + PlainText.of(id) + ")";
    }

    /** When the newest message was sent, in epoch milliseconds; 0 when there was none. */
    long lastAt() {
        return lastAt;
    }

    int unread() {
        return unread.size();
    }

    List<Entry> recent() {
        return List.copyOf(recent);
    }

    void saw(Entry entry) {
        if (!entry.mine() && Place.isPerson(target)) {
            name = entry.name();
        }
        lastAt = Math.max(lastAt, entry.at());
    }

    void remember(Entry entry) {
        String text = entry.text();
        String kept = text.length() <= RECENT_CHARACTERS ? text : text.substring(0, RECENT_CHARACTERS) + " …";
        recent.add(entry.withText(kept));
        if (recent.size() > RECENT) {
            recent.poll();
        }
    }

    void keepUnread(Entry entry) {
        unread.add(entry);
    }

    /** Null when there is none. */
    Entry dropOldestUnread() {
        return unread.poll();
    }

    /** The oldest first; from now on they count as read. */
    List<Entry> takeUnread() {
        List<Entry> taken = List.copyOf(unread);
        unread.clear();
        taken.forEach(this::remember);
        return taken;
    }
}
