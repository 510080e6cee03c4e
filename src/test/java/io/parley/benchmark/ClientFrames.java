package io.parley.benchmark;

import io.parley.codec.json.JsonCommands;
import io.parley.codec.json.JsonEventReader;
import io.parley.protocol.Event;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** What the codec costs the two clients of each message. */
public class ClientFrames extends Nanoseconds implements JsonEventReader.Sink {

    private JsonEventReader reader;
    private Event last;

    @Setup
    public void connect() {
        reader = new JsonEventReader(HotFrames.MAX_FRAME_BYTES, this);
    }

    @Override
    public void event(Event event) {
        last = event;
    }

    @Override
    public void broken(Refusal refusal) {
        throw refusal;
    }

    @Benchmark
    public Buffer singleOut(HotFrames frames) {
        return JsonCommands.encode(frames.single);
    }

    @Benchmark
    public Buffer ackOut(HotFrames frames) {
        return JsonCommands.encode(frames.ack);
    }

    @Benchmark
    public Event deliveryIn(HotFrames frames) {
        reader.feed(frames.deliveryFrame);
        return last;
    }

    @Benchmark
    public Event receiptIn(HotFrames frames) {
        reader.feed(frames.receiptFrame);
        return last;
    }
}
