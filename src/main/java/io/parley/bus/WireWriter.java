package io.parley.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes the parts of {@link WireForm}; numbers are big-endian. */
final class WireWriter {

    private final Buffer buffer;

    /** @param bytes about how many there will be */
    WireWriter(int bytes) {
        buffer = Buffer.buffer(bytes);
    }

    Buffer buffer() {
        return buffer;
    }

    WireWriter u8(int value) {
        buffer.appendByte((byte) value);
        return this;
    }

    WireWriter i64(long value) {
        buffer.appendLong(value);
        return this;
    }

    WireWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        buffer.appendInt(utf8.length).appendBytes(utf8);
        return this;
    }

    WireWriter texts(List<String> texts) {
        return list(texts, WireWriter::text);
    }

    <T> WireWriter list(List<T> items, BiConsumer<WireWriter, T> write) {
        buffer.appendInt(items.size());
        for (T item : items) {
            int start = buffer.length();
            buffer.appendInt(0);
            write.accept(this, item);
            buffer.setInt(start, buffer.length() - start - Integer.BYTES);
        }
        return this;
    }
}
