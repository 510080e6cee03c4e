package io.parley.gateway;

import io.parley.bus.Addresses;
import io.parley.bus.Submissions.Submission;
import io.parley.bus.TurnBatches;
import io.parley.protocol.Audience;
import io.parley.protocol.Command;
import io.parley.protocol.Envelope;
import io.parley.protocol.Identity;
import io.parley.protocol.Refusal;
import java.util.function.Consumer;

/** Accepts messages, and hands them to the delivery shard of their recipient. */
final class Submitter {

    private final Stamp stamp;
    private final Addresses addresses;
    private final TurnBatches<Submission> batches;

    Submitter(Stamp stamp, Addresses addresses, TurnBatches<Submission> batches) {
        this.stamp = stamp;
        this.addresses = addresses;
        this.batches = batches;
    }

    /** @param sender who the session was verified to be; what the content says about that does not matter */
    void submit(String session, Identity sender, Command.Single command, Consumer<Refusal> otherwise) {
        Envelope envelope = stamp.envelope(sender, command, Audience.ONE);
        if (envelope == null) {
            otherwise.accept(Stamp.TOO_LARGE);
        } else {
            hand(new Submission(session, command.clientId(), command.chatTo(), envelope));
        }
    }

    /** To the delivery shard of its recipient, at the end of the turn. */
    void hand(Submission submission) {
        batches.add(addresses.deliveryTo(submission.chatTo()), submission);
    }
}
