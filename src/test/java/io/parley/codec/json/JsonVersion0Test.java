package io.parley.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Codec;
import io.parley.codec.Decoder;
import io.parley.codec.Encoder;
import io.parley.protocol.ClientId;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonVersion0Test {

    private final Codec codec = new JsonCodec(65_536);
    private final Heard heard = new Heard();
    private final Decoder decoder = codec.decoder(heard);
    private final Encoder encoder = codec.encoder(decoder);

    @BeforeEach
    void verifyAsOldClientsDo() {
        decoder.feed(Frame.bytes(0, Command.Verify.ID, "{\"phone_number\":\"10001\",\"password\":\"123456\"}"));
    }

    @Test
    void aPhoneNumberIsAUserId() {
        assertThat(heard.commands).containsExactly(new Command.Verify("10001", "123456", null));
    }

    @Test
    void aMessageWithoutClientIdGetsOneOfItsOwn() {
        for (int i = 0; i < 2; i++) {
            decoder.feed(Frame.bytes(0, Command.Single.ID, "{\"chat_to\":\"10002\",\"chat_content\":\"hi\"}"));
        }
        Command.Single first = (Command.Single) heard.commands.get(1);
        Command.Single second = (Command.Single) heard.commands.get(2);
        assertThat(first.clientId()).isNotEqualTo(second.clientId()).matches(ClientId::isValid);
    }

    @Test
    void whatVersion0DoesNotHaveIsUnknown() {
        decoder.feed(Frame.bytes(0, Command.Ack.ID, "{\"seq\":1}"));
        assertThat(heard.refused.get(0).refusal().code()).isEqualTo(ErrorCode.UNKNOWN_COMMAND);
    }

    @Test
    void theEncoderSpeaksTheVersionThatTheDecoderHeard() {
        assertThat(encoder.encode(new Event.Pong(""))).isNull();
        assertThat(codec.encoder(codec.decoder(new Heard())).encode(new Event.Pong("")))
                .isEqualTo(Frame.bytes(1, JsonEvents.PONG, ""));
    }
}
