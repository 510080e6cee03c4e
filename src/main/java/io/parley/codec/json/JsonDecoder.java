package io.parley.codec.json;

import io.parley.codec.Decoder;
import io.parley.protocol.Command;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;

/** Reads the commands of one client. */
final class JsonDecoder implements Decoder, FrameSplitter.Sink {

    private final Sink sink;
    private final FrameSplitter splitter;

    JsonDecoder(int maxFrameBytes, Sink sink) {
        this.sink = sink;
        this.splitter = new FrameSplitter(maxFrameBytes, this);
    }

    @Override
    public void feed(Buffer bytes) {
        splitter.feed(bytes);
    }

    @Override
    public void pause() {
        splitter.pause();
    }

    @Override
    public void resume() {
        splitter.resume();
    }

    @Override
    public int version() {
        return splitter.version();
    }

    /** Version 0 has no acknowledgements. */
    @Override
    public boolean acknowledges() {
        return version() > 0;
    }

    /**
     * The sink is called outside of the try: what it throws is its caller's, not the client's fault. The content is
     * read also of a command that does not exist, for its client_id; but then nothing else about it matters.
     */
    @Override
    public void frame(Frame frame) {
        Fields fields = null;
        Command command;
        try {
            fields = Content.parse(frame.content());
            command = JsonCommands.decode(frame, fields);
        } catch (Refusal refusal) {
            boolean exists = JsonCommands.exists(frame.command(), frame.version());
            sink.refused(
                    exists ? refusal : JsonCommands.unknown(frame),
                    frame.command(),
                    fields == null ? null : fields.readableClientId());
            return;
        }
        sink.command(command, frame.command());
    }

    @Override
    public void broken(Refusal refusal) {
        sink.broken(refusal);
    }
}
