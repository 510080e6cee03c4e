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
 * @param standing        whether it has an account at all
 */
public record Identity(
        String userId,
        String name,
        Set<String> roles,
        String token,
        long tokenExpiresAt,
        long provenAt,
        Standing standing) {

    /** Whose id it is (DESIGN section 5, Guests). */
    public enum Standing {
        /** It has an account. */
        ACCOUNT,
        /** Nobody's: it has the id while nobody else has it. Nothing is stored for it. */
        GUEST,
        /** A guest who ends another guest with the same id, as the clients of version 0 expect. */
        REPLACING_GUEST
    }

    /** The role of somebody who may speak to everybody at once, and nothing else. */
    public static final String BROADCASTER = "broadcaster";

    /** Roles that may speak to everybody at once. */
    private static final Set<String> BROADCASTING = Set.of(BROADCASTER, "admin");

    /** Somebody with an account. */
    public Identity(String userId, String name, Set<String> roles, String token, long tokenExpiresAt, long provenAt) {
        this(userId, name, roles, token, tokenExpiresAt, provenAt, Standing.ACCOUNT);
    }

    public Identity {
        roles = Set.copyOf(roles);
    }

    public boolean isGuest() {
        return standing != Standing.ACCOUNT;
    }

    public boolean mayBroadcast() {
        return roles.stream().anyMatch(BROADCASTING::contains);
    }

    /** The same for a session whose client has got its token: it is most of what an identity weighs. */
    public Identity withoutToken() {
        return new Identity(userId, name, roles, null, 0, provenAt, standing);
    }

    /** Without the token, so that no log line can show it. */
    @Override
    public String toString() {
        return "Identity[userId=" + userId + ", roles=" + roles + "]";
    }
}
