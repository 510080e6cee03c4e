package io.parley.codec.json;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * One frame of the native protocol, all numbers big-endian:
 *
 * <pre>
 *  0        4         8         12
 *  +--------+---------+---------+------------------+
 *  | length | version | command | content (JSON)   |
 *  +--------+---------+---------+------------------+
 *  |&lt;------------------ length -------------------&gt;|
 * </pre>
 *
 * @param version  0 or 1
 * @param command  which command or event (protocol.md)
 * @param content  UTF-8 of a JSON object, or empty; its own copy, which nobody changes
 */
record Frame(int version, int command, byte[] content) {

    static final int LENGTH_BYTES = 4;
    static final int HEADER_BYTES = 12;

    static final int OLDEST_VERSION = 0;
    static final int NEWEST_VERSION = 1;

    /** The content as it came; only of one that was found to be valid. */
    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** The bytes of a frame with this content. */
    static Buffer bytes(int version, int command, String content) {
        byte[] utf8 = content.getBytes(StandardCharsets.UTF_8);
        return header(version, command, utf8.length).appendBytes(utf8);
    }

    /** The beginning of a frame, with room for its content. */
    static Buffer header(int version, int command, int contentBytes) {
        int length = HEADER_BYTES + contentBytes;
        return Buffer.buffer(length).appendInt(length).appendInt(version).appendInt(command);
    }
}
