package io.parley.gateway;

import io.parley.bus.Addresses;
import io.parley.bus.Submissions.Submission;
import io.parley.bus.TurnBatches;
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
import java.util.function.Consumer;

/**
 * Accepts messages: stamps who sent them and when, gives them their id, serialises them, once and for good, and hands
 * them to the delivery shard of their recipient.
 */
final class Submitter {

    /** What a delivery's frame adds to the envelope: header, seq, replayed. */
    private static final int FRAME_OVERHEAD_BYTES = 64;

    static final Refusal TOO_LARGE = new Refusal(
            ErrorCode.FRAME_TOO_LARGE, "chat_content does not fit into a frame together with its sender's name");

    private final MessageIds ids;
    private final Clock clock;
    private final Addresses addresses;
    private final int maxEnvelopeBytes;
    private final TurnBatches<Submission> batches;

    Submitter(MessageIds ids, Clock clock, Addresses addresses, int maxFrame, TurnBatches<Submission> batches) {
        this.ids = ids;
        this.clock = clock;
        this.addresses = addresses;
        this.maxEnvelopeBytes = maxFrame - FRAME_OVERHEAD_BYTES;
        this.batches = batches;
    }

    /** @param sender who the session was verified to be; what the content says about that does not matter */
    void submit(String session, Identity sender, Command.Single command, Consumer<Refusal> otherwise) {
        Envelope envelope = stamp(sender, command, Audience.ONE);
        if (fits(envelope)) {
            hand(new Submission(session, command.clientId(), command.chatTo(), envelope));
        } else {
            otherwise.accept(TOO_LARGE);
        }
    }

    /** What a message is from now on, with the next id. */
    Envelope stamp(Identity sender, Command.Send command, Audience audience) {
        return MessageJson.envelope(new Message(
                ids.next(),
                command.clientId(),
                sender.userId(),
                sender.name(),
                command.content(),
                clock.millis(),
                audience));
    }

    /** Whether a delivery of it fits into a frame; what does not is refused as {@link #TOO_LARGE}. */
    boolean fits(Envelope envelope) {
        return envelope.json().getBytes(StandardCharsets.UTF_8).length <= maxEnvelopeBytes;
    }

    /** To the delivery shard of its recipient, at the end of the turn. */
    void hand(Submission submission) {
        batches.add(addresses.deliveryTo(submission.chatTo()), submission);
    }
}
