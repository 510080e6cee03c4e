package io.parley.config;

import io.parley.config.Kind.Choice;
import io.parley.config.ListenerConfig.Codec;
import io.parley.config.ListenerConfig.Dialect;
import io.parley.config.ListenerConfig.Language;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The keys of each of the {@code listeners}: part of the table in {@link Keys}. */
final class ListenerKeys {

    private static final List<Key<?>> TABLE = new ArrayList<>();

    static final Key<String> NAME =
            add(Key.required("listeners[].name", Kinds.LISTENER, "Name for logs, faults and environment variables."));
    static final Key<Codec> CODEC = add(Key.of(
            "listeners[].codec", Choice.of(Codec.values(), Keys::lower), Codec.JSON, "What is spoken on the port."));
    static final Key<String> HOST = add(Key.of(
            "listeners[].host", Kinds.HOST, "0.0.0.0", "Address to listen on; `127.0.0.1` for this machine only."));
    static final Key<Integer> PORT =
            add(Key.required("listeners[].port", Kinds.PORT_OR_FREE, "Port to listen on; `0` takes a free one."));
    static final Key<Boolean> TLS = add(
            Key.of("listeners[].tls", Kinds.FLAG, true, "Whether the port speaks TLS, with the certificate of `tls`."));
    static final Key<Boolean> GUESTS = add(Key.of(
            "listeners[].guests",
            Kinds.FLAG,
            false,
            "Whether ids without an account may enter without a password. Nothing is stored for them."));
    static final Key<Boolean> GUESTS_REPLACE = add(Key.of(
            "listeners[].guestsReplace",
            Kinds.FLAG,
            false,
            "Whether a guest ends an earlier guest with the same id, instead of being refused; needs `guests`."));
    static final Key<Boolean> GUESTS_BROADCAST = add(Key.of(
            "listeners[].guestsBroadcast",
            Kinds.FLAG,
            false,
            "Whether guests may speak to everybody at once; needs `guests`."));
    static final Key<Language> LANGUAGE = add(Key.of(
            "listeners[].language",
            Choice.of(Language.values(), Keys::lower),
            Language.EN,
            "Language of the sentences of the codecs `text` and `line`."));
    static final Key<Dialect> DIALECT = add(Key.of(
            "listeners[].dialect",
            Choice.of(Dialect.values(), Keys::lower),
            Dialect.COMMANDS,
            "How the codec `line` is spoken: `nickname`, which needs `guests`, takes a name first, then every line for"
                    + " everybody."));
    static final Key<Duration> VERIFY_TIMEOUT = add(Key.optional(
            "listeners[].verifyTimeout",
            Kinds.TIME,
            "The port's own `sessions.verifyTimeout`; `text` and `line`, for people: 2 minutes."));
    static final Key<Duration> IDLE_TIMEOUT = add(Key.optional(
            "listeners[].idleTimeout",
            Kinds.LONG_TIME,
            "The port's own `sessions.idleTimeout`; `text` and `line`, which have no ping: 1 hour."));

    static final List<Key<?>> ALL = List.copyOf(TABLE);

    private ListenerKeys() {}

    private static <T> Key<T> add(Key<T> key) {
        TABLE.add(key);
        return key;
    }
}
