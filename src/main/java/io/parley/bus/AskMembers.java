package io.parley.bus;

import java.util.List;

/**
 * Asks who is in a group, for one who wants to send to it; answered by {@link Found}, or by a
 * {@link io.parley.protocol.Refusal}: {@code unknown_group}, {@code not_member}, or {@code unavailable} when MySQL
 * cannot tell.
 *
 * @param asker the account that wants to send
 */
public record AskMembers(String asker, String group) {

    /** @param members sorted user ids, the asker's among them; immutable, and shared by all who ask */
    public record Found(List<String> members) {}
}
