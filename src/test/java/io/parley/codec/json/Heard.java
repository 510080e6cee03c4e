package io.parley.codec.json;

import io.parley.codec.Decoder;
import io.parley.protocol.Command;
import io.parley.protocol.Refusal;
import java.util.ArrayList;
import java.util.List;

/** A sink that writes down; and fails when anything follows a broken stream. */
class Heard implements Decoder.Sink {

    final List<Command> commands = new ArrayList<>();
    final List<Refused> refused = new ArrayList<>();
    Refusal broken;

    record Refused(Refusal refusal, int commandId, String clientId) {}

    @Override
    public void command(Command command, int commandId) {
        mustNotBeBroken();
        commands.add(command);
    }

    @Override
    public void refused(Refusal refusal, int commandId, String clientId) {
        mustNotBeBroken();
        refused.add(new Refused(refusal, commandId, clientId));
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
