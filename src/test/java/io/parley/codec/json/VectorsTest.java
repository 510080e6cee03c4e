package io.parley.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.parley.codec.Decoder;
import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors for clients in any language are what this codec reads and writes. */
class VectorsTest {

    private static final int MAX_FRAME = 65_536;
    private static final JsonEvents VERSION_1 = new JsonEvents();
    private static final JsonEventsOfVersion0 VERSION_0 = new JsonEventsOfVersion0();

    static List<Vector> commands() {
        return Vector.commands();
    }

    static List<Vector> events() {
        return Vector.events();
    }

    static List<Vector> streams() {
        return Vector.streams();
    }

    static List<Vector> broken() {
        return Vector.broken();
    }

    /** What a reader heard of one connection. */
    private record Read(List<Event> events, List<Refusal> broken) implements JsonEventReader.Sink {
        Read() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        static Read of(int maxFrame, Stream<Buffer> segments) {
            Read read = new Read();
            JsonEventReader reader = new JsonEventReader(maxFrame, read);
            segments.forEach(reader::feed);
            return read;
        }

        @Override
        public void event(Event event) {
            events.add(event);
        }

        @Override
        public void broken(Refusal refusal) {
            broken.add(refusal);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandIsReadAsItIsMeant(Vector vector) {
        assertThat(vector.content()).isEqualTo(parsed(vector.contentText()));
        Heard heard = new Heard();
        new JsonCodec(MAX_FRAME).decoder(heard).feed(vector.bytes());
        assertThat(heard.refused).isEmpty();
        assertThat(heard.commands).containsExactly(meaning(vector, clientIdOf(heard.commands.get(0))));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandIsWrittenJustSo(Vector vector) {
        if (vector.version() == 1 && vector.written()) {
            assertThat(JsonCommands.encode(meaning(vector, null))).isEqualTo(vector.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsReadAsItIsMeant(Vector vector) {
        assertThat(vector.content()).isEqualTo(parsed(vector.contentText()));
        if (vector.version() == 1) {
            Read read = Read.of(MAX_FRAME, Stream.of(vector.bytes()));
            assertThat(read.broken()).isEmpty();
            assertThat(read.events()).isEqualTo(meanings(vector));
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsWrittenJustSo(Vector vector) {
        if (vector.version() == 1 && vector.written()) {
            meanings(vector).forEach(event -> assertThat(event.to(VERSION_1)).isEqualTo(vector.bytes()));
        }
    }

    /** What version 1 has and no vector of version 0 names does not exist there. */
    @Test
    void version0IsToldTheSameInItsOwnWayOrNothing() {
        Map<String, Vector> version0 = new HashMap<>();
        for (Vector vector : events()) {
            if (vector.version() == 0) {
                vector.json().getJsonArray("same_as").forEach(name -> version0.put((String) name, vector));
            }
        }
        assertThat(version0).hasSizeGreaterThan(8);
        for (Vector vector : events()) {
            if (vector.version() == 1 && vector.written() && !isOfARoomOrSkipped(vector)) {
                Vector expected = version0.remove(vector.name());
                assertThat(meanings(vector).get(0).to(VERSION_0))
                        .as(vector.name())
                        .isEqualTo(expected == null ? null : expected.bytes());
            }
        }
        assertThat(version0).isEmpty();
    }

    /** A session of version 0 is in no room, so the encoder is never asked. */
    private static boolean isOfARoomOrSkipped(Vector vector) {
        return vector.event() == JsonEvents.ROOM || meanings(vector).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void cutsCarryNoMeaning(Vector vector) {
        Buffer whole = Buffer.buffer();
        vector.segments().forEach(whole::appendBuffer);
        List<Frame> expected = framesOf(vector);
        assertThat(split(Stream.of(whole))).usingRecursiveComparison().isEqualTo(expected);
        assertThat(split(vector.segments())).usingRecursiveComparison().isEqualTo(expected);
        IntStream.range(1, whole.length())
                .mapToObj(cut -> Stream.of(whole.getBuffer(0, cut), whole.getBuffer(cut, whole.length())))
                .forEach(
                        cut -> assertThat(split(cut)).usingRecursiveComparison().isEqualTo(expected));
    }

    /** A frame behind it tells whether the stream goes on. */
    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenOneGetsItsAnswer(Vector vector) {
        Heard heard = new Heard();
        JsonCodec codec = new JsonCodec(vector.json().getInteger("max_frame"));
        Decoder decoder = codec.decoder(heard);
        decoder.feed(vector.bytes());
        boolean closes = vector.json().getBoolean("closes");
        int before = heard.commands.size();
        decoder.feed(Frame.bytes(decoder.version(), Command.Ping.ID, ""));
        assertThat(heard.commands).hasSize(closes ? before : before + 1);
        assertThat(heard.broken != null).isEqualTo(closes);
        assertThat(heard.refused).hasSize(closes ? 0 : 1);
        Event.Failed failed = closes
                ? new Event.Failed(heard.broken, 0, null)
                : new Event.Failed(
                        heard.refused.get(0).refusal(),
                        heard.refused.get(0).commandId(),
                        heard.refused.get(0).clientId());
        assertThat(failed.refusal().code().code()).isEqualTo(vector.json().getString("error"));
        assertThat(answer(codec.encoder(decoder).encode(failed)))
                .isEqualTo(vector.json().getJsonObject("answer"));
    }

    /** Of what a client reads, too, everything but the rules for commands holds. */
    @ParameterizedTest
    @MethodSource("broken")
    void aClientDoesNotReadOnEither(Vector vector) {
        if (!"rules".equals(vector.json().getString("where"))) {
            Buffer bytes = vector.bytes();
            Buffer asEvent = bytes.length() < Frame.HEADER_BYTES ? bytes : bytes.setInt(8, JsonEvents.PONG);
            Read read = Read.of(vector.json().getInteger("max_frame"), Stream.of(asEvent, asEvent));
            assertThat(read.broken()).hasSize(1);
            assertThat(read.broken().get(0).code().code())
                    .isEqualTo(vector.json().getString("error"));
        }
    }

    @Test
    void everyCommandAndEventHasAVector() {
        assertThat(ids(commands(), 1, Vector::command)).containsAll(range(1, 15));
        assertThat(ids(commands(), 0, Vector::command)).containsAll(range(1, 6));
        assertThat(ids(events(), 1, Vector::event)).containsAll(range(101, 115)).contains(120, 199);
    }

    private static Command meaning(Vector vector, String clientId) {
        return vector.command() == Command.Ping.ID
                ? new Command.Ping(vector.contentText())
                : Meanings.command(vector.command(), vector.content(), clientId);
    }

    /** None of an event that this version skips. */
    private static List<Event> meanings(Vector vector) {
        if (vector.json().getBoolean("skipped", false)) {
            return List.of();
        }
        return List.of(
                vector.event() == JsonEvents.PONG
                        ? new Event.Pong(vector.contentText())
                        : Meanings.event(vector.event(), vector.content()));
    }

    private static String clientIdOf(Command command) {
        return command instanceof Command.Send send ? send.clientId() : null;
    }

    private static JsonObject parsed(String content) {
        return content.isEmpty() ? new JsonObject() : new JsonObject(content);
    }

    /** Without the sentence for people, which may change. */
    private static JsonObject answer(Buffer frame) {
        if (frame == null) {
            return null;
        }
        JsonObject content = parsed(frame.getString(Frame.HEADER_BYTES, frame.length()));
        assertThat(content.remove("detail")).isNotNull();
        return content.put("version", frame.getInt(4));
    }

    private static List<Frame> framesOf(Vector stream) {
        Map<String, Vector> named = ("commands".equals(stream.json().getString("of")) ? commands() : events())
                .stream().collect(Collectors.toMap(Vector::name, Function.identity()));
        return stream.json().getJsonArray("frames").stream()
                .map(named::get)
                .map(Vector::bytes)
                .map(bytes ->
                        new Frame(bytes.getInt(4), bytes.getInt(8), bytes.getBytes(Frame.HEADER_BYTES, bytes.length())))
                .toList();
    }

    private static List<Frame> split(Stream<Buffer> segments) {
        List<Frame> frames = new ArrayList<>();
        FrameSplitter splitter = new FrameSplitter(MAX_FRAME, new FrameSplitter.Sink() {
            @Override
            public void frame(Frame frame) {
                frames.add(frame);
            }

            @Override
            public void broken(Refusal refusal) {
                fail(refusal.toString());
            }
        });
        segments.forEach(splitter::feed);
        return frames;
    }

    private static Set<Integer> ids(List<Vector> vectors, int version, Function<Vector, Integer> id) {
        return vectors.stream()
                .filter(vector -> vector.version() == version)
                .map(id)
                .collect(Collectors.toSet());
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }
}
