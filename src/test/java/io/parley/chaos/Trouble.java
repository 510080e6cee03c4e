package io.parley.chaos;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who is affected by a failure, and until when: promise 3 holds the order of messages only while nothing fails. For one
 * thread.
 */
final class Trouble {

    /** What there is in trouble: somebody as a sender, or somebody as a recipient. */
    private record Role(String person, boolean sender) {}

    private final Map<Role, Set<Object>> open = new HashMap<>();
    private final Map<Role, Long> last = new HashMap<>();

    void begins(String person, Object cause) {
        begins(new Role(person, true), cause);
        begins(new Role(person, false), cause);
    }

    void ends(String person, Object cause, long now) {
        ends(new Role(person, true), cause, now);
        ends(new Role(person, false), cause, now);
    }

    void beginsForSender(String person, Object cause) {
        begins(new Role(person, true), cause);
    }

    void endsForSender(String person, Object cause, long now) {
        ends(new Role(person, true), cause, now);
    }

    /** Whether a message that was sent then, and arrives now, may come out of order. */
    boolean excuses(String from, String to, long sent) {
        return isIn(new Role(from, true), sent) || isIn(new Role(to, false), sent);
    }

    /** Whether somebody's sessions may have been touched by a failure since then. */
    boolean concerns(String recipient, long since) {
        return isIn(new Role(recipient, false), since);
    }

    private void begins(Role role, Object cause) {
        open.computeIfAbsent(role, first -> new HashSet<>()).add(cause);
    }

    private void ends(Role role, Object cause, long now) {
        Set<Object> causes = open.get(role);
        if (causes != null && causes.remove(cause)) {
            last.put(role, now);
        }
    }

    private boolean isIn(Role role, long since) {
        return !open.getOrDefault(role, Set.of()).isEmpty() || last.getOrDefault(role, Long.MIN_VALUE) >= since;
    }
}
