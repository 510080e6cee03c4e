package io.parley.promises;

import static io.parley.testkit.RawClient.ACK;
import static io.parley.testkit.RawClient.ONLINE;
import static io.parley.testkit.RawClient.PING;
import static io.parley.testkit.RawClient.SINGLE;
import static io.parley.testkit.RawClient.VERIFY;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Frames whose bounds are right and whose content is not: name, command, content, error, and a word of its sentence.
 */
final class BadContents {

    static final List<Arguments> ALL = new ArrayList<>();

    private static final int GROUP = 3;
    private static final int JOIN = 8;
    private static final int SAY = 10;
    private static final int GROUP_CREATE = 13;
    private static final int GROUP_CHANGE = 14;

    private static final String FIVE_HUNDRED_AND_ONE =
            IntStream.range(0, 501).mapToObj(i -> "\"u" + i + "\"").collect(Collectors.joining(","));

    private static final String OTHER_IDS =
            IntStream.range(0, 101).mapToObj(i -> "\"u" + i + "\"").collect(Collectors.joining(","));

    static {
        for (int command : new int[] {0, 16, 77, -1, 101, 199, Integer.MAX_VALUE}) {
            add("command " + command, command, "{}", "unknown_command", "" + command);
        }
        add("invalid UTF-8", PING, new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}, "UTF-8");
        add("overlong UTF-8", PING, new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'}, "UTF-8");
        add("UTF-16", PING, "{}".getBytes(StandardCharsets.UTF_16), "UTF-8");
        bad("half an object", PING, "{\"a\":", "JSON");
        bad("no JSON", PING, "hello", "JSON");
        bad("an array", PING, "[1]", "object");
        bad("null", PING, "null", "object");
        bad("two objects", PING, "{}{}", "end");
        bad("objects nested 10,000 deep", PING, "{\"a\":".repeat(10_000), "JSON");
        bad("arrays nested 10,000 deep", PING, "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}", "JSON");
        bad("a key twice", SINGLE, "{\"client_id\":\"c\",\"client_id\":\"d\"}", "JSON");

        bad("nothing at all", SINGLE, "", "client_id");
        bad("no chat_to", SINGLE, "{\"client_id\":\"c\",\"chat_content\":\"x\"}", "chat_to");
        bad("no chat_content", SINGLE, "{\"client_id\":\"c\",\"chat_to\":\"u\"}", "chat_content");
        bad("chat_content null", SINGLE, single("\"c\"", "\"u\"", "null"), "chat_content");
        bad("client_id a number", SINGLE, single("5", "\"u\"", "\"x\""), "client_id");
        bad("chat_to a list", SINGLE, single("\"c\"", "[\"u\"]", "\"x\""), "chat_to");
        bad("chat_content an object", SINGLE, single("\"c\"", "\"u\"", "{}"), "chat_content");
        bad("half a surrogate pair", SINGLE, single("\"c\"", "\"u\"", "\"\\ud83d\""), "chat_content");
        for (String id : List.of("u".repeat(65), "a\\nb", "", "a b", "{u}", "a\\u0000b", "a\\u202eb")) {
            bad("chat_to '" + shown(id) + "'", SINGLE, single("\"c\"", '"' + id + '"', "\"x\""), "chat_to");
        }
        for (String id : List.of("c".repeat(65), "a\\nb", "", "a\\u0000b")) {
            bad("client_id '" + shown(id) + "'", SINGLE, single('"' + id + '"', "\"u\"", "\"x\""), "client_id");
        }

        for (String seq : List.of("null", "\"1\"", "1.5", "0", "-1", "1e400", "99999999999999999999", "{}", "true")) {
            bad("seq " + seq, ACK, "{\"seq\":" + seq + "}", "seq");
        }
        bad("seq of nothing delivered", ACK, "{\"seq\":99}", "99");
        for (String ids : List.of("null", "[]", "\"u\"", "[5]", "[null]", "[\"a b\"]", "[" + OTHER_IDS + "]")) {
            bad("user_ids " + shown(ids), ONLINE, "{\"user_ids\":" + ids + "}", "user_ids");
        }

        bad("verify without an id", VERIFY, "{\"password\":\"p\"}", "user_id");
        bad("verify with an id of 65", VERIFY, verify("u".repeat(65)), "user_id");
        bad("verify with a newline", VERIFY, verify("a\\nb"), "user_id");
        bad("verify with two", VERIFY, "{\"user_id\":\"u\",\"password\":\"p\",\"token\":\"t\"}", "token");
        bad("password a number", VERIFY, "{\"user_id\":\"u\",\"password\":5}", "password");
        add("a second verify", VERIFY, verify("u"), "already_verified", "verified");
        add("a second verify, a guest's", VERIFY, "{\"user_id\":\"u\"}", "already_verified", "verified");

        String said = "{\"client_id\":\"c\",\"chat_content\":\"x\"";
        for (String to :
                List.of("null", "[]", "\"u\"", "[\"a b\"]", "[\"u\",\"u\"]", "[" + FIVE_HUNDRED_AND_ONE + "]")) {
            bad("chat_to " + shown(to), GROUP, said + ",\"chat_to\":" + to + "}", "chat_to");
        }
        bad("a list and a group", GROUP, said + ",\"chat_to\":[\"u\"],\"group\":\"g\"}", "together");
        for (String room : List.of("null", "5", "\"\"", "\"a b\"", "\"" + "r".repeat(65) + "\"", "\"a\\u202eb\"")) {
            bad("join room " + shown(room), JOIN, "{\"room\":" + room + "}", "room");
            bad("say in room " + shown(room), SAY, said + ",\"room\":" + room + "}", "room");
        }
        String group = "{\"client_id\":\"c\",\"name\":\"n\"";
        bad("a group without members", GROUP_CREATE, group + "}", "members");
        bad("a group of nobody", GROUP_CREATE, group + ",\"members\":[]}", "members");
        bad("a group without a name", GROUP_CREATE, "{\"client_id\":\"c\",\"members\":[\"u\"]}", "name");
        bad("a change of nothing", GROUP_CHANGE, "{\"group\":\"g\"}", "add");
    }

    private BadContents() {}

    private static String single(String clientId, String to, String content) {
        return "{\"client_id\":" + clientId + ",\"chat_to\":" + to + ",\"chat_content\":" + content + "}";
    }

    private static String verify(String id) {
        return "{\"user_id\":\"" + id + "\",\"password\":\"p\"}";
    }

    private static String shown(String text) {
        return text.length() > 20 ? text.substring(0, 20) + "…" : text;
    }

    private static void bad(String name, int command, String content, String named) {
        add(name, command, content, "bad_content", named);
    }

    private static void add(String name, int command, byte[] content, String named) {
        ALL.add(Arguments.of(name, command, content, "bad_content", named));
    }

    private static void add(String name, int command, String content, String error, String named) {
        ALL.add(Arguments.of(name, command, content.getBytes(StandardCharsets.UTF_8), error, named));
    }
}
