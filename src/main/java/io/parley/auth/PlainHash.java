package io.parley.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;

/** No hash at all: only for a table that exists already and keeps its passwords as they are. */
final class PlainHash implements PasswordHash {

    private final String dummy = UUID.randomUUID().toString();

    @Override
    public String make(String password) {
        return password;
    }

    @Override
    public boolean verify(String password, String stored) {
        return MessageDigest.isEqual(
                stored.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String dummy() {
        return dummy;
    }

    /** The column of Parley's own table holds 255 characters. */
    @Override
    public int maxBytes() {
        return 255;
    }
}
