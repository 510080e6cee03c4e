package io.parley.cli.chat;

import io.parley.cli.PlainText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The conversation with one account, as far as this run of the program has seen it. */
final class Talk {

    /** Shown again when the person turns back to this conversation. */
    static final int RECENT = 5;

    /** Chosen: enough to recognise a message by, and little enough to keep. */
    private static final int RECENT_CHARACTERS = 1_000;

    private final String id;
    private final Deque<Entry> recent = new ArrayDeque<>();
    private final Deque<Entry> unread = new ArrayDeque<>();
    private String name;
    private long lastAt;

    Talk(String id) {
        this.id = id;
        this.name = id;
    }

    String id() {
        return id;
    }

    /** As the node said it last; the id until it said one. Not fit for a terminal. */
    String name() {
        return name;
    }

    /** Fit for a terminal. */
    String label() {
        String plain = PlainText.of(id);
        return name.isBlank() || name.equals(id) ? plain : PlainText.of(name) + " (" + plain + ")";
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
        if (!entry.mine()) {
            name = entry.name();
        }
        lastAt = Math.max(lastAt, entry.at());
    }

    void remember(Entry entry) {
        String text = entry.text();
        String kept = text.length() <= RECENT_CHARACTERS ? text : text.substring(0, RECENT_CHARACTERS) + " …";
        recent.add(new Entry(entry.id(), entry.name(), entry.at(), kept, entry.waited(), entry.mine()));
        if (recent.size() > RECENT) {
            recent.poll();
        }
    }

    void keepUnread(Entry entry) {
        unread.add(entry);
    }

    /** The oldest first; from now on they count as read. */
    List<Entry> takeUnread() {
        List<Entry> taken = List.copyOf(unread);
        unread.clear();
        taken.forEach(this::remember);
        return taken;
    }
}
