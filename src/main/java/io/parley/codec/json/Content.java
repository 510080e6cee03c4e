package io.parley.codec.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the content of a frame, strictly: one JSON object in valid UTF-8 with nothing behind it, no key twice, no deep
 * nesting. Anything else is a {@link Refusal} with {@code bad_content}, and no other exception leaves this class.
 *
 * <p>What is not {@link PlainContent} is decoded before it is parsed: Jackson's own decoder would guess at UTF-16, and
 * lets overlong encodings pass.
 */
final class Content {

    /** Chosen: nothing in the protocol nests deeper than two; it bounds the recursion below. */
    private static final int MAX_DEPTH = 32;

    /** Field names are not kept in Jackson's shared table: it would be filled by whoever can reach the port. */
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private Content() {}

    /** The fields of the object; of an empty content, none. */
    static Fields parse(byte[] bytes) {
        if (bytes.length == 0) {
            return new Fields(Map.of());
        }
        PlainContent plain = PlainContent.of(bytes);
        return plain == null ? new Fields(parseAny(bytes)) : new Fields(plain);
    }

    /** The fields of an object of whatever shape. */
    static Map<String, Object> parseAny(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(text(bytes))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw bad("content must be a JSON object");
            }
            Map<String, Object> fields = object(parser);
            if (parser.nextToken() != null) {
                throw bad("content must end after its JSON object");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw bad("content is not valid JSON at character " + position(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string in memory has no other I/O errors
        }
    }

    static Refusal bad(String detail) {
        return new Refusal(ErrorCode.BAD_CONTENT, detail);
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad("content is not valid UTF-8");
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    /** A number that is not a whole one of 64 bits becomes a Double, which no field accepts: so it is not computed. */
    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) Double.NaN
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> Double.NaN;
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    /** Jackson's sentences quote the content, which may hold a password; so only the place is told. */
    private static long position(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
    }
}
