package io.parley.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The ids that were noted last, each with a short value, the oldest going first: what a node's session and a client
 * remember so that a message counts once. Ids are well-formed text, as all that was read from a frame; they are
 * compared whole.
 *
 * <p>All in two arrays of primitives: hundreds of ids are remembered for each connection, each message replaces one,
 * and as objects they outlive the young generation, so that the garbage collector would copy every one of them several
 * times and then look for it among the old (performance.md).
 *
 * <pre>
 *     an entry in the ring of bytes: u32 hash, u16 bytes of the key, u8 bytes of the value, key, value
 * </pre>
 */
public final class Recent {

    private static final int HEADER = 7;
    private static final int SHORTEST_RING = 128;
    private static final int SMALLEST_INDEX = 8;
    private static final int LONGEST_KEY = 0xffff;
    private static final int LONGEST_VALUE = 0xff;

    /** Nearly every session remembers nothing. */
    private static final byte[] NO_RING = {};

    private static final int[] NO_INDEX = {};

    /** A power of two long; positions count on and are folded into it. */
    private byte[] ring = NO_RING;

    /** Open addressing: 1 + the folded position of an entry, 0 for free. A power of two long, at most half full. */
    private int[] index = NO_INDEX;

    private long head;
    private long tail;
    private int size;

    public int size() {
        return size;
    }

    public boolean contains(String key) {
        return size > 0 && slot(key.getBytes(StandardCharsets.UTF_8), key.hashCode()) >= 0;
    }

    /** The value that was noted with the key; null when it is forgotten or was never there. */
    public String value(String key) {
        if (size == 0) {
            return null;
        }
        int slot = slot(key.getBytes(StandardCharsets.UTF_8), key.hashCode());
        return slot < 0 ? null : value(index[slot] - 1);
    }

    /**
     * Notes a key, which must not be there.
     *
     * @param value ASCII, of 255 characters at most
     */
    public void add(String key, String value) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] valueBytes = value.getBytes(StandardCharsets.US_ASCII);
        if (keyBytes.length > LONGEST_KEY || valueBytes.length > LONGEST_VALUE) {
            throw new IllegalArgumentException("too long to be noted: " + keyBytes.length + ", " + valueBytes.length);
        }
        grow(HEADER + keyBytes.length + valueBytes.length);
        int at = fold(tail);
        put(key.hashCode() >>> 24);
        put(key.hashCode() >>> 16);
        put(key.hashCode() >>> 8);
        put(key.hashCode());
        put(keyBytes.length >>> 8);
        put(keyBytes.length);
        put(valueBytes.length);
        putAll(keyBytes);
        putAll(valueBytes);
        size++;
        enter(key.hashCode(), at);
    }

    /** Forgets the oldest; there must be one. */
    public void removeOldest() {
        int at = fold(head);
        vacate(at);
        head += length(at);
        size--;
    }

    // The ring.

    private int fold(long position) {
        return (int) (position & ring.length - 1);
    }

    private int at(int folded) {
        return ring[folded & ring.length - 1] & 0xff;
    }

    private void put(int value) {
        ring[fold(tail++)] = (byte) value;
    }

    private void putAll(byte[] bytes) {
        int at = fold(tail);
        int first = Math.min(bytes.length, ring.length - at);
        System.arraycopy(bytes, 0, ring, at, first);
        System.arraycopy(bytes, first, ring, 0, bytes.length - first);
        tail += bytes.length;
    }

    private int hash(int entry) {
        return at(entry) << 24 | at(entry + 1) << 16 | at(entry + 2) << 8 | at(entry + 3);
    }

    private int keyLength(int entry) {
        return at(entry + 4) << 8 | at(entry + 5);
    }

    private int length(int entry) {
        return HEADER + keyLength(entry) + at(entry + 6);
    }

    private boolean hasKey(int entry, byte[] key) {
        boolean same = keyLength(entry) == key.length;
        for (int i = 0; same && i < key.length; i++) {
            same = key[i] == (byte) at(entry + HEADER + i);
        }
        return same;
    }

    private String value(int entry) {
        char[] value = new char[at(entry + 6)];
        int start = entry + HEADER + keyLength(entry);
        for (int i = 0; i < value.length; i++) {
            value[i] = (char) at(start + i);
        }
        return new String(value);
    }

    // The index.

    /** Where the key is in the index; negative when it is not. */
    private int slot(byte[] key, int hash) {
        int slot = home(hash);
        while (index[slot] != 0) {
            int entry = index[slot] - 1;
            if (hash(entry) == hash && hasKey(entry, key)) {
                return slot;
            }
            slot = next(slot);
        }
        return -1;
    }

    private int home(int hash) {
        return (hash ^ hash >>> 16) & index.length - 1;
    }

    private int next(int slot) {
        return slot + 1 & index.length - 1;
    }

    private void enter(int hash, int entry) {
        int slot = home(hash);
        while (index[slot] != 0) {
            slot = next(slot);
        }
        index[slot] = entry + 1;
    }

    /** Frees the entry's slot, and moves up those behind it that would not be found any more. */
    private void vacate(int entry) {
        int free = home(hash(entry));
        while (index[free] != entry + 1) {
            free = next(free);
        }
        for (int slot = next(free); index[slot] != 0; slot = next(slot)) {
            int distance = slot - home(hash(index[slot] - 1)) & index.length - 1;
            if (distance >= (slot - free & index.length - 1)) {
                index[free] = index[slot];
                free = slot;
            }
        }
        index[free] = 0;
    }

    // Growth.

    /** Makes room for one more entry of so many bytes. */
    private void grow(int bytes) {
        long used = tail - head;
        if (used + bytes > ring.length) {
            int longer = Math.max(SHORTEST_RING, Integer.highestOneBit((int) (used + bytes) - 1) * 2);
            byte[] copy = new byte[longer];
            int start = fold(head);
            int first = (int) Math.min(used, ring.length - start);
            System.arraycopy(ring, start, copy, 0, first);
            System.arraycopy(ring, 0, copy, first, (int) used - first);
            ring = copy;
            head = 0;
            tail = used;
            reindex(index.length);
        }
        if (2 * (size + 1) > index.length) {
            reindex(Math.max(SMALLEST_INDEX, 2 * index.length));
        }
    }

    private void reindex(int slots) {
        if (slots == index.length) {
            Arrays.fill(index, 0);
        } else {
            index = new int[slots];
        }
        for (long position = head; position < tail; position += length(fold(position))) {
            enter(hash(fold(position)), fold(position));
        }
    }
}
