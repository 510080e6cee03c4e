package io.parley.benchmark;

import io.parley.codec.json.JsonCodec;
import io.parley.codec.json.JsonCommands;
import io.parley.codec.json.MessageJson;
import io.parley.protocol.Command;
import io.parley.protocol.Envelope;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Receipt;
import io.vertx.core.buffer.Buffer;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The four frames of every message, as a client that counts its messages writes and gets them. */
@State(Scope.Benchmark)
public class HotFrames {

    static final int MAX_FRAME_BYTES = 65_536;

    /** What people write: 100 bytes of text, in one and in three bytes a character, and with what JSON escapes. */
    @Param({"ascii", "chinese", "escaped"})
    String text;

    Command.Single single;
    Command.Ack ack;
    Message message;
    Envelope envelope;
    Event.Delivery delivery;
    Event.Receipted receipt;

    Buffer singleFrame;
    Buffer ackFrame;
    Buffer deliveryFrame;
    Buffer receiptFrame;

    @Setup
    public void prepare() {
        single = new Command.Single("c-00004711", "user10002", content());
        ack = new Command.Ack(4711);
        message = new Message(
                "0ksvq5b2m1x0123456789", single.clientId(), "user10001", "Ann", single.content(), 1_763_750_000_000L);
        envelope = MessageJson.envelope(message);
        delivery = new Event.Delivery(4711, false, envelope);
        receipt = new Event.Receipted(Receipt.delivered(single.clientId(), message.id()));
        singleFrame = JsonCommands.encode(single);
        ackFrame = JsonCommands.encode(ack);
        deliveryFrame = ForOneClient.frame(delivery);
        receiptFrame = ForOneClient.frame(receipt);
    }

    private String content() {
        return switch (text) {
            case "ascii" -> "0123456789".repeat(10);
            case "chinese" -> "今天下午三点开会，请大家准时参加。".repeat(2);
            default -> "\"So,\" he said,\n".repeat(7);
        };
    }

    /** The node's end of a connection that has read a frame of version 1. */
    static final class ForOneClient {
        private ForOneClient() {}

        static Buffer frame(Event event) {
            JsonCodec codec = new JsonCodec(MAX_FRAME_BYTES);
            return codec.encoder(codec.decoder(new LastCommand())).encode(event);
        }
    }
}
