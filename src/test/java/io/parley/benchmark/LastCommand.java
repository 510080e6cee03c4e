package io.parley.benchmark;

import io.parley.codec.Decoder;
import io.parley.protocol.Command;
import io.parley.protocol.Refusal;

/** Keeps what a decoder understood last; anything that it refuses is a mistake of the benchmark. */
final class LastCommand implements Decoder.Sink {

    Command last;

    @Override
    public void command(Command command, int commandId) {
        last = command;
    }

    @Override
    public void refused(Refusal refusal, int commandId, String clientId) {
        throw refusal;
    }

    @Override
    public void broken(Refusal refusal) {
        throw refusal;
    }
}
