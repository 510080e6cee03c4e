package io.parley.auth;

import io.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What a token says, once its signature, issuer and audience are found right.
 *
 * <p>Times are epoch milliseconds here. In the token they are seconds, as RFC 7519 has it, and {@code iat} has three
 * decimals when this node signed it (the RFC allows that): a new password must end the token of 12:00:00.100 and not
 * the one of 12:00:00.900. An {@code iat} of whole seconds counts as the beginning of its second, so that an
 * application's token from the second of the change ends with it rather than survives it.
 */
record Claims(String userId, String name, Set<String> roles, long issuedAt, long expiresAt) {

    /** How far the clocks of those who sign and those who check may be apart. */
    static final Duration SKEW = Duration.ofSeconds(5);

    Claims {
        roles = Set.copyOf(roles);
    }

    JsonObject json() {
        return new JsonObject()
                .put("sub", userId)
                .put("name", name)
                .put("roles", new JsonArray(roles.stream().sorted().toList()))
                .put("iat", BigDecimal.valueOf(issuedAt, 3))
                .put("exp", expiresAt / 1000);
    }

    /**
     * Reads the claims and checks their times.
     *
     * @param maxLife  from iat to exp; bounds tokens that an application signs, too
     * @throws IllegalArgumentException when they do not hold; the message is for the debug log
     */
    static Claims read(JsonObject json, long now, Duration maxLife) {
        String userId = text(json, "sub");
        require(UserId.isValid(userId), "sub " + UserId.RULE);
        long issuedAt = millis(json, "iat");
        long expiresAt = millis(json, "exp");
        require(expiresAt > now, "expired");
        require(issuedAt <= now + SKEW.toMillis(), "issued in the future");
        // Not expiresAt - issuedAt, which a hostile iat could make overflow; exp is in the future, so this cannot.
        require(issuedAt >= expiresAt - maxLife.toMillis(), "lives longer than allowed");
        require(!json.containsKey("nbf") || millis(json, "nbf") <= now + SKEW.toMillis(), "not valid yet");
        String name = json.getValue("name") == null ? userId : text(json, "name");
        return new Claims(userId, name, roles(json), issuedAt, expiresAt);
    }

    private static String text(JsonObject json, String claim) {
        require(json.getValue(claim) instanceof String, claim + " must be a string");
        return json.getString(claim);
    }

    private static long millis(JsonObject json, String claim) {
        require(json.getValue(claim) instanceof Number, claim + " must be a number");
        return Math.round(json.getNumber(claim).doubleValue() * 1000);
    }

    private static Set<String> roles(JsonObject json) {
        Object listed = json.getValue("roles");
        if (listed == null) {
            return Set.of();
        }
        require(listed instanceof JsonArray, "roles must be an array");
        Set<String> roles = new HashSet<>();
        for (Object role : (JsonArray) listed) {
            require(role instanceof String, "roles must be strings");
            roles.add((String) role);
        }
        return roles;
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException(fault);
        }
    }
}
