package io.parley.promises;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Frames as bytes, right and wrong ones. */
final class Bytes {

    private Bytes() {}

    /** A frame of version 1 whose length is right. */
    static Buffer frame(int command, String content) {
        return frame(1, command, content.getBytes(StandardCharsets.UTF_8));
    }

    static Buffer frame(int version, int command, byte[] content) {
        return header(12 + content.length, version, command).appendBytes(content);
    }

    static Buffer header(int length, int version, int command) {
        return Buffer.buffer().appendInt(length).appendInt(version).appendInt(command);
    }

    /** The same bytes in pieces of 1 to {@code longest}. */
    static List<Buffer> cut(Buffer bytes, int longest, Random random) {
        List<Buffer> pieces = new ArrayList<>();
        int start = 0;
        while (start < bytes.length()) {
            int end = Math.min(bytes.length(), start + 1 + random.nextInt(longest));
            pieces.add(bytes.slice(start, end));
            start = end;
        }
        return pieces;
    }
}
