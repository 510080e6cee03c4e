package io.parley.benchmark;

import io.parley.protocol.MessageIds;
import java.time.Clock;
import org.openjdk.jmh.annotations.Benchmark;

/** What a message's id costs. */
public class Ids extends Nanoseconds {

    private final MessageIds ids = new MessageIds(Clock.systemUTC());

    @Benchmark
    public String next() {
        return ids.next();
    }
}
