package io.parley.session;

import io.parley.protocol.Recent;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The messages that this session's client acknowledged lately. One that turns up in the mailbox afterwards, because a
 * shard took a late answer for a lost one and appended it, is removed there instead of being replayed.
 *
 * <p>Remembers the last {@code size} of them, and however many await removal from the mailbox: never more than a
 * mailbox may hold. An idle session, of which there are many, has no sets.
 */
final class Acknowledged {

    private final int size;
    private final Recent recent = new Recent();
    private Set<String> awaitingRemoval = Set.of();

    Acknowledged(int size) {
        this.size = size;
    }

    void add(String messageId) {
        if (recent.contains(messageId)) {
            return;
        }
        recent.add(messageId, "");
        if (recent.size() > size) {
            recent.removeOldest();
        }
    }

    boolean contains(String messageId) {
        return recent.contains(messageId) || awaitsRemoval(messageId);
    }

    void awaitRemoval(Collection<String> messageIds) {
        if (awaitingRemoval.isEmpty()) {
            awaitingRemoval = new HashSet<>();
        }
        awaitingRemoval.addAll(messageIds);
    }

    /** Its removal is on its way, or will be retried. */
    boolean awaitsRemoval(String messageId) {
        return awaitingRemoval.contains(messageId);
    }

    void removed(Collection<String> messageIds) {
        if (!awaitingRemoval.isEmpty()) {
            awaitingRemoval.removeAll(messageIds);
        }
    }

    int awaitingRemoval() {
        return awaitingRemoval.size();
    }
}
