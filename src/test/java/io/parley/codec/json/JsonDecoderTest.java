package io.parley.codec.json;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Decoder;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDecoderTest {

    private static final int MAX_FRAME = 65_536;

    private final Heard heard = new Heard();
    private final Decoder decoder = new JsonCodec(MAX_FRAME).decoder(heard);

    @Test
    void anySegmentationYieldsTheSameCommands() {
        forAll(500, random -> {
            List<Command> sent = commands(random);
            Heard heard = new Heard();
            Decoder decoder = new JsonCodec(MAX_FRAME).decoder(heard);
            Samples.cuts(bytes(sent), random).forEach(decoder::feed);
            assertThat(heard.commands).isEqualTo(sent);
            assertThat(heard.refused).isEmpty();
        });
    }

    @Test
    void everyChunkSizeYieldsTheSameCommands() {
        List<Command> sent = List.of(new Command.Single("c", "10002", "你好"), new Command.Logout(), new Command.Ack(7));
        Buffer bytes = bytes(sent);
        for (int size = 1; size <= bytes.length() * 2; size++) {
            Heard heard = new Heard();
            Decoder decoder = new JsonCodec(MAX_FRAME).decoder(heard);
            Samples.chunks(bytes, size).forEach(decoder::feed);
            assertThat(heard.commands).as("chunks of " + size).isEqualTo(sent);
        }
    }

    @Test
    void aPauseHoldsBackEveryCommandAndLosesNone() {
        forAll(500, random -> {
            List<Command> sent = commands(random);
            List<Command> received = new ArrayList<>();
            boolean[] paused = {false};
            Decoder[] decoder = new Decoder[1];
            decoder[0] = new JsonCodec(MAX_FRAME).decoder(new Heard() {
                @Override
                public void command(Command command, int commandId) {
                    assertThat(paused[0]).as("paused").isFalse();
                    received.add(command);
                    if (random.nextBoolean()) {
                        paused[0] = true;
                        decoder[0].pause();
                    }
                }
            });
            for (Buffer cut : Samples.cuts(bytes(sent), random)) {
                decoder[0].feed(cut);
                paused[0] = random.nextBoolean();
                if (paused[0]) {
                    decoder[0].pause();
                } else {
                    decoder[0].resume();
                }
            }
            while (received.size() < sent.size()) {
                int before = received.size();
                paused[0] = false;
                decoder[0].resume();
                assertThat(received).hasSizeGreaterThan(before);
            }
            assertThat(received).isEqualTo(sent);
        });
    }

    @Test
    void aSinkMayResumeAndFeedFromInsideACommand() {
        List<Command> received = new ArrayList<>();
        Decoder[] decoder = new Decoder[1];
        decoder[0] = new JsonCodec(MAX_FRAME).decoder(new Heard() {
            @Override
            public void command(Command command, int commandId) {
                received.add(command);
                if (received.size() == 1) {
                    decoder[0].pause();
                    decoder[0].feed(JsonCommands.encode(new Command.Ack(3)));
                    decoder[0].resume();
                }
            }
        });
        decoder[0].feed(bytes(List.of(new Command.Ack(1), new Command.Ack(2))));
        assertThat(received).containsExactly(new Command.Ack(1), new Command.Ack(2), new Command.Ack(3));
    }

    @Test
    void randomBytesNeverThrow() {
        forAll(2_000, random -> {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            Decoder decoder = new JsonCodec(MAX_FRAME).decoder(new Heard());
            Samples.cuts(Buffer.buffer(bytes), random).forEach(decoder::feed);
        });
    }

    @Test
    void randomContentNeverThrowsAndIsAnsweredOnce() {
        forAll(2_000, random -> {
            byte[] content = new byte[random.nextInt(60)];
            random.nextBytes(content);
            assertThat(answersTo(frame(1, random.nextInt(16), Buffer.buffer(content))))
                    .isEqualTo(1);
        });
    }

    @Test
    void aValidFrameWithBrokenContentNeverThrowsAndIsAnsweredOnce() {
        forAll(2_000, random -> {
            Buffer frame = JsonCommands.encode(Samples.command(random));
            for (int i = random.nextInt(1, 4); i > 0 && frame.length() > 12; i--) {
                frame.setByte(random.nextInt(12, frame.length()), (byte) random.nextInt());
            }
            assertThat(answersTo(frame)).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "0, BAD_FRAME",
        "11, BAD_FRAME",
        "-1, BAD_FRAME",
        "-2147483648, BAD_FRAME",
        "65537, FRAME_TOO_LARGE",
        "2147483647, FRAME_TOO_LARGE"
    })
    void aLengthOutOfBoundsBreaksTheStreamBeforeAnythingElseArrives(int length, ErrorCode code) {
        decoder.feed(Buffer.buffer().appendInt(length));
        assertThat(heard.broken.code()).isEqualTo(code);
    }

    @Test
    void frameOfExactlyTheLargestSizeIsTaken() {
        String spaces = "{" + " ".repeat(MAX_FRAME - 12 - 2) + "}";
        decoder.feed(Frame.bytes(1, Command.Ping.ID, spaces));
        assertThat(heard.commands).containsExactly(new Command.Ping(spaces));
    }

    @Test
    void nothingFollowsABrokenStream() {
        Buffer good = JsonCommands.encode(new Command.Logout());
        decoder.feed(Buffer.buffer().appendBuffer(good).appendInt(3).appendBuffer(good));
        decoder.feed(good);
        decoder.resume();
        assertThat(heard.commands).hasSize(1);
        assertThat(heard.broken.code()).isEqualTo(ErrorCode.BAD_FRAME);
    }

    @Test
    void anUnknownVersionBreaksTheStream() {
        decoder.feed(Frame.bytes(2, Command.Logout.ID, ""));
        assertThat(heard.broken.code()).isEqualTo(ErrorCode.BAD_VERSION);
        assertThat(decoder.version()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void aSessionKeepsTheVersionOfItsFirstFrame(int first, int then) {
        assertThat(decoder.version()).isEqualTo(1);
        decoder.feed(Frame.bytes(first, Command.Ping.ID, ""));
        assertThat(decoder.version()).isEqualTo(first);
        decoder.feed(Frame.bytes(then, Command.Ping.ID, ""));
        assertThat(heard.commands).hasSize(1);
        assertThat(heard.broken.code()).isEqualTo(ErrorCode.BAD_VERSION);
        assertThat(decoder.version()).isEqualTo(first);
    }

    private static int answersTo(Buffer frame) {
        Heard heard = new Heard();
        new JsonCodec(MAX_FRAME).decoder(heard).feed(frame);
        return heard.commands.size() + heard.refused.size();
    }

    private static List<Command> commands(RandomGenerator random) {
        return Stream.generate(() -> Samples.command(random))
                .limit(random.nextInt(1, 10))
                .toList();
    }

    private static Buffer bytes(List<Command> commands) {
        Buffer bytes = Buffer.buffer();
        commands.forEach(command -> bytes.appendBuffer(JsonCommands.encode(command)));
        return bytes;
    }

    static Buffer frame(int version, int command, Buffer content) {
        return Buffer.buffer()
                .appendInt(12 + content.length())
                .appendInt(version)
                .appendInt(command)
                .appendBuffer(content);
    }
}
