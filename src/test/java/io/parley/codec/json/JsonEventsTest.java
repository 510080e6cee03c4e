package io.parley.codec.json;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonEventsTest {

    private static final JsonEvents VERSION_1 = new JsonEvents();
    private static final JsonEventsOfVersion0 VERSION_0 = new JsonEventsOfVersion0();
    private static final Message MESSAGE =
            new Message("00000000000000000001", "c1", "10001", "张三", "say \"hi\"\n", 1_700_000_000_000L);

    @Test
    void anySegmentationYieldsTheSameEvents() {
        forAll(500, random -> {
            List<Event> sent = Stream.generate(() -> Samples.event(random))
                    .limit(random.nextInt(1, 10))
                    .toList();
            Buffer bytes = Buffer.buffer();
            sent.forEach(event -> bytes.appendBuffer(event.to(VERSION_1)));
            Events heard = new Events();
            JsonEventReader reader = new JsonEventReader(1 << 20, heard);
            Samples.cuts(bytes, random).forEach(reader::feed);
            assertThat(heard.events).isEqualTo(sent);
        });
    }

    @Test
    void anEnvelopeIsTheMessage() {
        forAll(500, random -> {
            Message message = Samples.message(random);
            assertThat(MessageJson.message(MessageJson.envelope(message).json()))
                    .isEqualTo(message);
            assertThat(MessageJson.envelope(message).id()).isEqualTo(message.id());
        });
    }

    @Test
    void anEnvelopeHasAFixedOrderOfFields() {
        assertThat(MessageJson.envelope(MESSAGE).json())
                .isEqualTo("{\"command\":102,\"message_id\":\"00000000000000000001\",\"client_id\":\"c1\","
                        + "\"chat_from\":\"10001\",\"from_name\":\"张三\",\"chat_content\":\"say \\\"hi\\\"\\n\","
                        + "\"sent_at\":1700000000000}");
    }

    @Test
    void aDeliveryIsTheEnvelopeWithTheSessionsFieldsInFront() {
        assertThat(content(new Event.Delivery(7, false, MessageJson.envelope(MESSAGE))))
                .startsWith("{\"seq\":7,\"command\":102,\"message_id\":");
        assertThat(content(new Event.Delivery(8, true, MessageJson.envelope(MESSAGE))))
                .startsWith("{\"seq\":8,\"replayed\":true,\"command\":102,");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertThat(content(new Event.Receipted(Receipt.delivered("c1", "m1"))))
                .isEqualTo("{\"client_id\":\"c1\",\"message_id\":\"m1\",\"status\":\"delivered\"}");
        assertThat(content(new Event.Receipted(Receipt.stored("c1", "m1", "accepted"))))
                .isEqualTo("{\"client_id\":\"c1\",\"message_id\":\"m1\","
                        + "\"status\":\"stored\",\"durability\":\"accepted\"}");
        assertThat(content(new Event.Failed(new Refusal(ErrorCode.BAD_CONTENT, "no"), 2, null)))
                .isEqualTo("{\"error\":\"bad_content\",\"detail\":\"no\",\"command\":2}");
    }

    @Test
    void aClientSkipsEventsThatItDoesNotKnow() {
        Events heard = new Events();
        JsonEventReader reader = new JsonEventReader(65_536, heard);
        reader.feed(Frame.bytes(1, 107, "{\"room\":\"tea\"}"));
        reader.feed(Frame.bytes(1, JsonEvents.PONG, ""));
        assertThat(heard.events).containsExactly(new Event.Pong(""));
    }

    @Test
    void anEventThatDoesNotFitBreaksTheClientsStreamOnce() {
        List<Refusal> broken = new ArrayList<>();
        JsonEventReader reader = new JsonEventReader(65_536, new JsonEventReader.Sink() {
            @Override
            public void event(Event event) {
                fail("nothing follows");
            }

            @Override
            public void broken(Refusal refusal) {
                broken.add(refusal);
            }
        });
        Buffer bad = Frame.bytes(1, JsonEvents.RECEIPT, "{\"client_id\":\"c\",\"status\":\"eaten\"}");
        reader.feed(bad.copy().appendBuffer(bad).appendBuffer(Frame.bytes(1, JsonEvents.PONG, "")));
        assertThat(broken).hasSize(1);
    }

    @Test
    void version0HearsVerifiedDeliveriesAndWhyItsStreamBrokeAndNothingElse() {
        forAll(300, random -> {
            Event event = Samples.event(random);
            Buffer frame = event.to(VERSION_0);
            boolean exists = event instanceof Event.Verified
                    || event instanceof Event.NotVerified
                    || event instanceof Event.Delivery
                    || event instanceof Event.Heard
                    || event instanceof Event.Failed failed
                            && List.of(ErrorCode.BAD_FRAME, ErrorCode.FRAME_TOO_LARGE, ErrorCode.BAD_VERSION)
                                    .contains(failed.refusal().code());
            assertThat(frame != null).isEqualTo(exists);
            if (exists) {
                assertThat(frame.getInt(4)).isZero();
            }
        });
        Buffer delivery = VERSION_0.delivery(new Event.Delivery(1, true, MessageJson.envelope(MESSAGE)));
        assertThat(delivery.getString(12, delivery.length()))
                .isEqualTo("{\"chat_from\":\"10001\",\"chat_content\":\"say \\\"hi\\\"\\n\"}");
    }

    private static String content(Event event) {
        Buffer frame = event.to(VERSION_1);
        assertThat(frame.getInt(0)).isEqualTo(frame.length());
        assertThat(frame.getInt(4)).isEqualTo(1);
        return frame.getString(12, frame.length());
    }

    private static final class Events implements JsonEventReader.Sink {
        private final List<Event> events = new ArrayList<>();

        @Override
        public void event(Event event) {
            events.add(event);
        }

        @Override
        public void broken(Refusal refusal) {
            fail(refusal.toString());
        }
    }
}
