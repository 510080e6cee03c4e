package io.parley.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Decoder;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Question;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a content is said in a sentence that names the field, and the stream goes on. */
class BadContentTest {

    private final Heard heard = new Heard();
    private final Decoder decoder = new JsonCodec(65_536).decoder(heard);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        1  | {"password":"x"}                                      | user_id is missing
        1  | {"user_id":10001,"password":"x"}                      | user_id must be a string
        1  | {"user_id":"","password":"x"}                         | user_id must be 1 to 64 characters
        1  | {"user_id":"a\\nb","password":"x"}                    | user_id must be 1 to 64 characters
        1  | {"user_id":"a{b","password":"x"}                      | user_id must be 1 to 64 characters
        1  | {"phone_number":"a}b","password":"x"}                 | phone_number must be 1 to 64 characters
        1  | {"user_id":"a","password":1}                          | password must be a string
        1  | {"user_id":"a","password":"x","token":"y"}            | password and token must not come together
        1  | {"user_id":"a","token":"\\ud800"}                     | token must not have half of a surrogate pair
        2  | {"chat_to":"b","chat_content":"x"}                    | client_id is missing
        2  | {"client_id":"","chat_to":"b","chat_content":"x"}     | client_id must be 1 to 64 printable
        2  | {"client_id":"a\\u0007","chat_to":"b","chat_content":"x"} | client_id must be 1 to 64 printable
        7  | {}                                                    | seq is missing
        7  | {"seq":"1"}                                           | seq must be a whole number
        7  | {"seq":1.0}                                           | seq must be a whole number
        7  | {"seq":1e3}                                           | seq must be a whole number
        7  | {"seq":0}                                             | seq must be a whole number from 1 to
        7  | {"seq":-1}                                            | seq must be a whole number from 1 to
        7  | {"seq":9007199254740993}                              | seq must be a whole number from 1 to
        7  | {"seq":99999999999999999999999999}                    | seq must be a whole number
        7  | {"seq":true}                                          | seq must be a whole number
        12 | {"user_ids":[]}                                       | user_ids must have 1 to 100 user ids, not 0
        12 | {"user_ids":"a"}                                      | user_ids must be a list
        12 | {"user_ids":["a",1]}                                  | user_ids must be a list
        12 | {"user_ids":["a",null]}                               | user_ids must be a list
        12 | {"user_ids":["a b"]}                                  | each of user_ids must be 1 to 64
        8  | {}                                                    | room is missing
        8  | {"room":"a b"}                                        | room must be 1 to 64 characters
        9  | {"room":7}                                            | room must be a string
        11 | {"room":""}                                           | room must be 1 to 64 characters
        14 | {"group":"g"}                                         | add or remove must have a user id
        14 | {"group":"g","add":[],"remove":[]}                    | add or remove must have a user id
        14 | {"group":"g","add":["a"],"remove":["a"]}              | add and remove must not both have a
        14 | {"group":"g","add":["a","a"]}                         | add must not have a twice
        14 | {"add":["a"]}                                         | group is missing
        """)
    void aBadFieldIsNamed(int command, String content, String sentence) {
        assertRefused(command, Buffer.buffer(content), sentence);
        assertThat(heard.refused.get(0).clientId()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"client_id":"c1","chat_content":"x"}                     | chat_to is missing
        {"client_id":"c1","chat_to":["b"],"chat_content":"x"}     | chat_to must be a string
        {"client_id":"c1","chat_to":"a b","chat_content":"x"}     | chat_to must be 1 to 64
        {"client_id":"c1","chat_to":"b"}                          | chat_content is missing
        {"client_id":"c1","chat_to":"b","chat_content":{}}        | chat_content must be a string
        {"client_id":"c1","chat_to":"b","chat_content":"\\ud800x"} | chat_content must not have half
        {"client_id":"c1","chat_to":"b","chat_content":"\\udc00"} | chat_content must not have half
        {"client_id":"c1","chat_to":"b","chat_content":"x\\ud800"} | chat_content must not have half
        """)
    void theClientIdOfABadMessageIsAnswered(String content, String sentence) {
        assertRefused(Command.Single.ID, Buffer.buffer(content), sentence);
        assertThat(heard.refused.get(0).clientId()).isEqualTo("c1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        3  | {"client_id":"c1","chat_content":"x"}                        | chat_to is missing
        3  | {"client_id":"c1","chat_content":"x","chat_to":"a"}          | chat_to must be a list
        3  | {"client_id":"c1","chat_content":"x","chat_to":[]}           | chat_to must have 1 to 500 user ids, not 0
        3  | {"client_id":"c1","chat_content":"x","chat_to":["a","b","a"]} | chat_to must not have a twice
        3  | {"client_id":"c1","chat_content":"x","chat_to":["a"],"group":"g"} | chat_to and group must not
        3  | {"client_id":"c1","chat_to":["a"]}                           | chat_content is missing
        4  | {"client_id":"c1"}                                           | chat_content is missing
        10 | {"client_id":"c1","chat_content":"x"}                        | room is missing
        10 | {"client_id":"c1","room":"a{b","chat_content":"x"}           | room must be 1 to 64 characters
        13 | {"client_id":"c1","members":["a"]}                           | name is missing
        13 | {"client_id":"c1","name":"","members":["a"]}                 | name must be 1 to 100 characters
        13 | {"client_id":"c1","name":"a\\u0007","members":["a"]}         | name must be 1 to 100 characters
        13 | {"client_id":"c1","name":"n","members":[]}                   | members must have 1 to 500 user ids, not 0
        13 | {"client_id":"c1","name":"n","members":["a","a"]}            | members must not have a twice
        """)
    void theClientIdOfWhatIsForManyIsAnsweredToo(int command, String content, String sentence) {
        assertRefused(command, Buffer.buffer(content), sentence);
        assertThat(heard.refused.get(0).clientId()).isEqualTo("c1");
    }

    @Test
    void aListOf501RecipientsIsOneTooMany() {
        String ids = java.util.stream.IntStream.range(0, 501)
                .mapToObj(i -> "\"u" + i + "\"")
                .collect(java.util.stream.Collectors.joining(","));
        String content = "{\"client_id\":\"c1\",\"chat_content\":\"x\",\"chat_to\":[" + ids + "]}";
        assertRefused(Command.Group.ID, Buffer.buffer(content), "chat_to must have 1 to 500 user ids, not 501");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 7, 8, 9, 11, 12})
    void anIdOf65CharactersIsOneTooMany(int command) {
        String id = "x".repeat(65);
        String content =
                switch (command) {
                    case 1 -> "{\"user_id\":\"" + id + "\",\"password\":\"p\"}";
                    case 2 -> "{\"client_id\":\"c\",\"chat_to\":\"" + id + "\",\"chat_content\":\"\"}";
                    case 12 -> "{\"user_ids\":[\"" + id + "\"]}";
                    case 8, 9, 11 -> "{\"room\":\"" + id + "\"}";
                    default -> "{\"client_id\":\"" + id + "\"";
                };
        assertRefused(command, Buffer.buffer(content), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "\"x\"",
                "null",
                "{",
                "{}x",
                "{} {}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"\n\"}",
                "{\"a\":1,}",
                " ",
                "\ufeff{}",
                "{\"a\":\"\\x\"}",
                "/**/{}"
            })
    void whatIsNotExactlyOneJsonObjectIsRefused(String content) {
        assertRefused(Command.Ping.ID, Buffer.buffer(content), "content ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3 28", "c0 80", "ed a0 80", "f4 90 80 80", "ff", "e5 bc"})
    void bytesThatAreNotUtf8AreRefusedAndNotReplaced(String hex) {
        Buffer content = Buffer.buffer("{\"client_id\":\"c\",\"chat_to\":\"b\",\"chat_content\":\"");
        for (String each : hex.split(" ")) {
            content.appendByte((byte) Integer.parseInt(each, 16));
        }
        assertRefused(Command.Single.ID, content.appendString("\"}"), "content is not valid UTF-8");
    }

    @Test
    void utf16IsNotGuessed() {
        Buffer content = Buffer.buffer("{}".getBytes(StandardCharsets.UTF_16LE));
        assertRefused(Command.Ping.ID, content, "content is not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void deepNestingIsRefused(String opening) {
        assertRefused(Command.Ping.ID, Buffer.buffer("{\"a\":" + opening.repeat(10_000)), "content is not valid JSON");
    }

    @Test
    void aNumberOfThousandsOfDigitsIsRefused() {
        Buffer content = Buffer.buffer("{\"seq\":" + "9".repeat(60_000) + "}");
        assertRefused(Command.Ack.ID, content, "");
    }

    @Test
    void a101stUserIdIsRefused() {
        String ids = IntStream.range(0, 101).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
        assertRefused(
                Question.Online.ID,
                Buffer.buffer("{\"user_ids\":[" + ids + "]}"),
                "user_ids must have 1 to 100 user ids, not 101");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 17, 101, -1, Integer.MAX_VALUE})
    void aCommandThatIsNotServedIsUnknownWhateverItsContent(int command) {
        feed(command, Buffer.buffer("{\"client_id\":\"c1\",\"room\":\"tea\"}"));
        feed(command, Buffer.buffer("no json"));
        assertThat(heard.refused).hasSize(2);
        assertThat(heard.refused)
                .allMatch(each -> each.refusal().code() == ErrorCode.UNKNOWN_COMMAND && each.commandId() == command);
        assertThat(heard.refused.get(0).clientId()).isEqualTo("c1");
    }

    @Test
    void aSecretIsNotRepeatedInTheSentence() {
        feed(Command.Verify.ID, Buffer.buffer("{\"user_id\":\"a\",\"password\":hunter2}"));
        assertThat(heard.refused.get(0).refusal().detail()).doesNotContain("hunter");
    }

    private void assertRefused(int command, Buffer content, String sentence) {
        feed(command, content);
        assertThat(heard.commands).isEmpty();
        assertThat(heard.refused).hasSize(1);
        assertThat(heard.refused.get(0).refusal().code()).isEqualTo(ErrorCode.BAD_CONTENT);
        assertThat(heard.refused.get(0).refusal().detail()).startsWith(sentence);
        feed(Command.Logout.ID, Buffer.buffer());
        assertThat(heard.commands).containsExactly(new Command.Logout());
    }

    private void feed(int command, Buffer content) {
        decoder.feed(JsonDecoderTest.frame(1, command, content));
    }
}
