package io.parley.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the parts of {@link WireForm}; whatever the bytes say, it stays within them. Fails with {@link Unreadable}. */
final class WireReader {

    private final Buffer buffer;
    private int position;
    /** Where the record, or the item that is being read, ends. */
    private int end;

    WireReader(Buffer buffer) {
        this.buffer = buffer;
        this.end = buffer.length();
    }

    int u8() {
        return buffer.getUnsignedByte(take(1));
    }

    long i64() {
        return buffer.getLong(take(Long.BYTES));
    }

    String text() {
        int length = length();
        int start = take(length);
        return buffer.getString(start, start + length, StandardCharsets.UTF_8.name());
    }

    List<String> texts() {
        return list(WireReader::text);
    }

    /** Each item is read within its own bounds; what a newer version wrote behind what is known is stepped over. */
    <T> List<T> list(Function<WireReader, T> read) {
        int count = length();
        if (count < 0 || count > (end - position) / Integer.BYTES) {
            throw new Unreadable("a list of " + count + " at byte " + position);
        }
        List<T> items = new ArrayList<>(count);
        int outer = end;
        for (int i = 0; i < count; i++) {
            int length = length();
            end = take(length) + length;
            position = end - length;
            items.add(read.apply(this));
            position = end;
            end = outer;
        }
        return items;
    }

    private int length() {
        return buffer.getInt(take(Integer.BYTES));
    }

    /** Steps over the next bytes; returns where they begin. */
    private int take(int bytes) {
        if (bytes < 0 || bytes > end - position) {
            throw new Unreadable("truncated at byte " + position);
        }
        int start = position;
        position += bytes;
        return start;
    }
}
