package io.parley.benchmark;

import io.parley.codec.json.JsonCommands;
import io.parley.codec.json.JsonEventReader;
import io.parley.protocol.Event;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the codec costs the two clients of each message. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class ClientFrames implements JsonEventReader.Sink {

    private final JsonEventReader reader = new JsonEventReader(HotFrames.MAX_FRAME_BYTES, this);
    private Event last;

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
