package io.parley.cli.chat;

import io.parley.client.Target;
import java.util.List;
import java.util.Map;

/**
 * What a person or a script sees of a chat. Called on the chat's thread only. A method that returns has written what it
 * was given; one that cannot throws an {@link java.io.UncheckedIOException}, so that no message is acknowledged which
 * nobody could see.
 */
interface View {

    /** Whether messages of other conversations than the present one are kept until the person turns to theirs. */
    boolean keepsApart();

    void arrived(Entry entry);

    void sent(Outgoing message);

    /** Its receipt has come, or none will. */
    void answered(Outgoing message);

    /** The conversation is another one from now on; the entries are what was written there meanwhile. */
    void turned(Talk talk, List<Entry> before, List<Entry> unread);

    /** There is no conversation until the person chooses one. */
    void turnedAway();

    /** Somebody came or went; of interest only to who looks at that room. */
    void moved(Target room, String sentence);

    /** Of the program itself; a sentence, or several on lines of their own. */
    void tell(String sentences);

    void warn(String sentence);

    /** Why the chat is over; the last that is shown. */
    void fail(String sentence);

    /** How things stand, after whatever happened. */
    void standing(Standing standing);

    /** The chat is over: shows what was unread, as it was acknowledged and comes from nowhere else again. */
    void end(List<Entry> unread);

    /**
     * How things stand.
     *
     * @param partner  the present conversation; null before there is one
     * @param unread   the other conversations with unread messages
     * @param known    all conversations: everybody who was seen, and every room
     * @param groups   names of groups by their ids
     */
    record Standing(Talk partner, List<Talk> unread, List<Talk> known, Map<String, String> groups, boolean online) {}
}
