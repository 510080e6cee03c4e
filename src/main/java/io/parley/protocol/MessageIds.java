package io.parley.protocol;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes message_ids: {@code max(last + 1, now)} in microseconds and a part that is random for each boot, both fixed
 * width (DESIGN section 6). So ids sort, as ASCII, in the order in which this node accepted the messages, also when the
 * clock steps back, and two nodes never make the same one.
 *
 * <p>The one object that the gateways of a node share: the promise is an order across all of them, for a sender who
 * reconnects may land on another. Safe for use by several threads.
 */
public final class MessageIds {

    /** 55 bits of microseconds (enough until the year 3111) and 45 random bits, five bits a character. */
    private static final int TIME_CHARACTERS = 11;

    private static final int BOOT_CHARACTERS = 9;
    public static final int WIDTH = TIME_CHARACTERS + BOOT_CHARACTERS;

    /** Crockford's base 32 in lower case: its characters sort in ASCII as their values do. */
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    private static final byte[] VALUES = values();

    private final Clock clock;
    private final String boot;
    private final AtomicLong last = new AtomicLong();

    public MessageIds(Clock clock) {
        this.clock = clock;
        this.boot = text(new SecureRandom().nextLong() >>> 19, BOOT_CHARACTERS);
    }

    /** The next id; larger than every one before it from this object. */
    public String next() {
        long now = micros(clock.instant());
        return text(last.accumulateAndGet(now, (before, then) -> Math.max(before + 1, then)), TIME_CHARACTERS) + boot;
    }

    /** When the node that made the id accepted the message, in {@link #micros} of that node's clock. */
    public static long acceptedAtMicros(String id) {
        long micros = 0;
        for (int i = 0; i < TIME_CHARACTERS; i++) {
            micros = micros << 5 | VALUES[id.charAt(i)];
        }
        return micros;
    }

    public static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        for (byte i = 0; i < ALPHABET.length; i++) {
            values[ALPHABET[i]] = i;
        }
        return values;
    }

    private static String text(long value, int width) {
        char[] characters = new char[width];
        for (int i = width - 1; i >= 0; i--) {
            characters[i] = ALPHABET[(int) (value & 31)];
            value >>>= 5;
        }
        return new String(characters);
    }
}
