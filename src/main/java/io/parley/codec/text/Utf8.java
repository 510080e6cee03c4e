package io.parley.codec.text;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads UTF-8 strictly: text that would be silently changed is refused instead. */
public final class Utf8 {

    private Utf8() {}

    /** Null when the bytes are not UTF-8. */
    public static String read(Buffer bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes()))
                    .toString();
        } catch (CharacterCodingException foreign) {
            return null;
        }
    }
}
