package io.parley.benchmark;

import io.parley.codec.Decoder;
import io.parley.codec.json.JsonCodec;
import io.parley.codec.json.JsonCommands;
import io.parley.protocol.Command;
import io.vertx.core.buffer.Buffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * What it costs to cut bytes into frames, for each frame of 100 bytes: pings, whose content a node reads only to see
 * that it is JSON, and here it is one long string.
 */
public class Framing extends Nanoseconds {

    private static final int FRAME_BYTES = 100;

    /** What one read of a busy socket brings at most. */
    private static final int READ_BYTES = 16 * 1024;

    private static final int FRAMES_IN_READS = 25 * READ_BYTES / FRAME_BYTES;

    private final LastCommand heard = new LastCommand();
    private final Decoder decoder = new JsonCodec(HotFrames.MAX_FRAME_BYTES).decoder(heard);
    private final Buffer frame =
            JsonCommands.encode(new Command.Ping("{\"x\":\"" + "y".repeat(FRAME_BYTES - 20) + "\"}"));
    private final Buffer[] reads = reads();

    /** The same frames one after the other, in reads that end where they happen to. */
    private Buffer[] reads() {
        Buffer all = Buffer.buffer();
        for (int i = 0; i < FRAMES_IN_READS; i++) {
            all.appendBuffer(frame);
        }
        Buffer[] cut = new Buffer[all.length() / READ_BYTES];
        for (int i = 0; i < cut.length; i++) {
            cut[i] = all.getBuffer(i * READ_BYTES, (i + 1) * READ_BYTES);
        }
        return cut;
    }

    @Benchmark
    public Command oneFrameARead() {
        decoder.feed(frame);
        return heard.last;
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES_IN_READS)
    public Command manyFramesARead() {
        for (Buffer read : reads) {
            decoder.feed(read);
        }
        return heard.last;
    }
}
