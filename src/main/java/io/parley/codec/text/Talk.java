package io.parley.codec.text;

import io.parley.protocol.Command;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one connection of the codec {@code text} has to remember: who its client is, and what it sent and has no receipt
 * for yet, so that the echo can repeat it. Bounded: of what is forgotten the echo says only what became of it.
 */
final class Talk {

    /** More than a session may have unanswered with the default limits. */
    private static final int MAX_SENT = 256;

    /** Of all of it together, so that a connection costs at most half a megabyte. */
    private static final int MAX_SENT_CHARACTERS = 256 * 1024;

    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private int characters;
    private String userId;
    private String name;

    /** @param at when it was sent, epoch milliseconds */
    record Sent(Command.Send command, long at) {
        int characters() {
            return command.content().length();
        }
    }

    void began(String userId, String name) {
        this.userId = userId;
        this.name = name;
    }

    /** The client has logged out; no receipt comes any more. */
    void ended() {
        userId = null;
        name = null;
        sent.clear();
        characters = 0;
    }

    boolean isVerified() {
        return userId != null;
    }

    /** Null before the login. */
    String userId() {
        return userId;
    }

    String name() {
        return name;
    }

    void sent(Command.Send command, long at) {
        Sent added = new Sent(command, at);
        sent.put(command.clientId(), added);
        characters += added.characters();
        Iterator<Sent> eldest = sent.values().iterator();
        while (sent.size() > MAX_SENT || characters > MAX_SENT_CHARACTERS) {
            characters -= eldest.next().characters();
            eldest.remove();
        }
    }

    /** What was sent under that client_id, which is forgotten now; null when it was before. */
    Sent answered(String clientId) {
        Sent answered = sent.remove(clientId);
        if (answered != null) {
            characters -= answered.characters();
        }
        return answered;
    }
}
