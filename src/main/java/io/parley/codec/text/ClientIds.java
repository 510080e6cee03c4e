package io.parley.codec.text;

import java.util.UUID;

/** The client_ids of one connection whose client makes none: never the same twice, also not on another connection. */
public final class ClientIds {

    private final String connection = UUID.randomUUID().toString();
    private long last;

    public String next() {
        last++;
        return connection + "-" + last;
    }
}
