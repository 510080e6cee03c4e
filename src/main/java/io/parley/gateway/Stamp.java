package io.parley.gateway;

import io.parley.codec.json.MessageJson;
import io.parley.protocol.Audience;
import io.parley.protocol.Command;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Message;
import io.parley.protocol.MessageIds;
import io.parley.protocol.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Makes a message of what a client sends: who sent it and when, its id, its JSON, once and for good. */
final class Stamp {

    static final Refusal TOO_LARGE = new Refusal(
            ErrorCode.FRAME_TOO_LARGE, "chat_content does not fit into a frame together with its sender's name");

    /** What a delivery's frame adds to the envelope: header, seq, replayed. */
    private static final int FRAME_OVERHEAD_BYTES = 64;

    /** In UTF-8; those of four bytes are two chars. */
    private static final long MAX_BYTES_PER_CHAR = 3;

    private final MessageIds ids;
    private final Clock clock;
    private final int maxEnvelopeBytes;

    Stamp(MessageIds ids, Clock clock, int maxFrame) {
        this.ids = ids;
        this.clock = clock;
        this.maxEnvelopeBytes = maxFrame - FRAME_OVERHEAD_BYTES;
    }

    /**
     * @param sender who the session was verified to be; what the content says about that does not matter
     * @return null when it is {@link #TOO_LARGE}
     */
    Envelope envelope(Identity sender, Command.Send command, Audience audience) {
        Envelope envelope = MessageJson.envelope(new Message(
                ids.next(),
                command.clientId(),
                sender.userId(),
                sender.name(),
                command.content(),
                clock.millis(),
                audience));
        return fits(envelope.json()) ? envelope : null;
    }

    /** Nearly every one is so short that nobody needs to know how many bytes it has. */
    private boolean fits(String json) {
        return json.length() * MAX_BYTES_PER_CHAR <= maxEnvelopeBytes
                || json.getBytes(StandardCharsets.UTF_8).length <= maxEnvelopeBytes;
    }
}
