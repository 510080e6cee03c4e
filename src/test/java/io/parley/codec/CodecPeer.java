package io.parley.codec;

import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A node's end of a connection, for the tests of codecs: writes down what the client wants, tells it what was refused,
 * and keeps what is written to it.
 */
public final class CodecPeer implements Decoder.Sink {

    public final List<Command> commands = new ArrayList<>();
    public Refusal broken;
    private final Decoder decoder;
    private final Encoder encoder;
    private Buffer written = Buffer.buffer();

    public CodecPeer(Codec codec) {
        this.decoder = codec.decoder(this);
        this.encoder = codec.encoder(decoder);
    }

    public Decoder decoder() {
        return decoder;
    }

    /** What the node says. */
    public CodecPeer tell(Event event) {
        Buffer bytes = encoder.encode(event);
        if (bytes != null) {
            written.appendBuffer(bytes);
        }
        return this;
    }

    /** Everything written since the last call. */
    public Buffer written() {
        Buffer all = written;
        written = Buffer.buffer();
        return all;
    }

    /** The client_id of the command that came last. */
    public String lastClientId() {
        return ((Command.Send) commands.get(commands.size() - 1)).clientId();
    }

    /** The commands with what a test can know of them. */
    public List<String> wants() {
        return commands.stream().map(CodecPeer::described).toList();
    }

    private static String described(Command command) {
        return command instanceof Command.Verify verify
                ? "Verify[userId=" + verify.userId() + ", password=" + verify.password() + "]"
                : command.toString().replaceFirst("clientId=[^,]+, ", "");
    }

    /** The bytes, cut somewhere. */
    public static List<Buffer> cuts(Buffer bytes, Random random) {
        List<Buffer> cuts = new ArrayList<>();
        int from = 0;
        while (from < bytes.length()) {
            int to = Math.min(bytes.length(), from + 1 + random.nextInt(8));
            cuts.add(bytes.getBuffer(from, to));
            from = to;
        }
        return cuts;
    }

    @Override
    public void command(Command command, int commandId) {
        mustNotBeBroken();
        commands.add(command);
    }

    @Override
    public void refused(Refusal refusal, int commandId, String clientId) {
        mustNotBeBroken();
        tell(new Event.Failed(refusal, commandId, clientId));
    }

    @Override
    public void answered(Buffer answer) {
        mustNotBeBroken();
        written.appendBuffer(answer);
    }

    @Override
    public void broken(Refusal refusal) {
        mustNotBeBroken();
        broken = refusal;
    }

    private void mustNotBeBroken() {
        if (broken != null) {
            throw new AssertionError("something follows " + broken);
        }
    }
}
