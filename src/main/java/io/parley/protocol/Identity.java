package io.parley.protocol;

import java.util.Set;

/**
 * Who a session speaks for, after a login that succeeded.
 *
 * @param userId          spelt as in the database row
 * @param token           for the next login; null when this node signs none
 * @param tokenExpiresAt  epoch milliseconds; 0 without a token
 * @param provenAt        epoch milliseconds: when the account was read for this login, or for the token of this login.
 *                        A change of the account after that moment ends what follows from the login
 */
public record Identity(
        String userId, String name, Set<String> roles, String token, long tokenExpiresAt, long provenAt) {
    public Identity {
        roles = Set.copyOf(roles);
    }

    /** Without the token, so that no log line can show it. */
    @Override
    public String toString() {
        return "Identity[userId=" + userId + ", roles=" + roles + "]";
    }
}
