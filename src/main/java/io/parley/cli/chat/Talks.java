package io.parley.cli.chat;

import io.parley.client.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The conversations of a chat, and the messages in them that nobody has looked at yet. Bounded, whoever writes and
 * however much: the oldest conversation without unread messages is forgotten, and an unread message for which there is
 * no room is not taken, so that it must be shown at once. It was acknowledged, so it must never be dropped.
 */
final class Talks {

    static final int MOST = 200;
    static final int MOST_UNREAD = 1_000;

    /** Chosen: a screen or two. Nothing was promised to who says something in a room, and a room may never be quiet. */
    static final int MOST_UNREAD_IN_A_ROOM = 100;

    static final int MOST_UNREAD_CHARACTERS = 4_000_000;

    /** The one that was used last comes last. */
    private final Map<Target, Talk> talks = new LinkedHashMap<>();

    private int unread;
    private int unreadCharacters;

    /** The one there; begun when there is none. */
    Talk with(Target target) {
        Talk talk = talks.remove(target);
        if (talk == null) {
            makeRoom();
            talk = new Talk(target);
        }
        talks.put(target, talk);
        return talk;
    }

    /** Null when there is none. */
    Talk find(Target target) {
        return talks.get(target);
    }

    /** The one that was used last comes first. */
    List<Talk> all() {
        List<Talk> list = new ArrayList<>(talks.values());
        Collections.reverse(list);
        return list;
    }

    List<Talk> withUnread() {
        return all().stream().filter(talk -> talk.unread() > 0).toList();
    }

    /** Keeps a message until somebody looks; false when there is no space. In a room only the newest are kept. */
    boolean keepUnread(Talk talk, Entry entry) {
        if (talk.target() instanceof Target.Room && talk.unread() >= MOST_UNREAD_IN_A_ROOM) {
            unread--;
            unreadCharacters -= talk.dropOldestUnread().text().length();
        }
        int characters = unreadCharacters + entry.text().length();
        if (unread >= MOST_UNREAD || characters > MOST_UNREAD_CHARACTERS) {
            return false;
        }
        unread++;
        unreadCharacters = characters;
        talk.keepUnread(entry);
        return true;
    }

    List<Entry> takeUnread(Talk talk) {
        List<Entry> taken = talk.takeUnread();
        unread -= taken.size();
        unreadCharacters -=
                taken.stream().mapToInt(entry -> entry.text().length()).sum();
        return taken;
    }

    /** Those with unread messages stay, over the bound if need be: there cannot be more of them than of messages. */
    private void makeRoom() {
        Iterator<Talk> oldest = talks.values().iterator();
        while (talks.size() >= MOST && oldest.hasNext()) {
            if (oldest.next().unread() == 0) {
                oldest.remove();
            }
        }
    }
}
