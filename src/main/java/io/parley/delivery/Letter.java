package io.parley.delivery;

import io.parley.bus.Submissions.Submission;
import io.parley.protocol.Envelope;
import io.parley.protocol.Refusal;

/** A message in a lane: what was submitted, where its receipt goes, and how far its push has come. */
final class Letter {

    final String senderGateway;
    final Submission submission;
    /** The push's number while it is on its way to a session. */
    long number;
    /** The session has it in its window; its last answer is still to come. */
    boolean taken;
    /** The push failed, or nobody said in time that it did not: it must go to the mailbox, if there is one. */
    boolean failed;
    /** Its session may be gone. */
    boolean lost;
    /** Why, as its session said; null when it said nothing. */
    Refusal why;

    Letter(String senderGateway, Submission submission) {
        this.senderGateway = senderGateway;
        this.submission = submission;
    }

    Envelope envelope() {
        return submission.envelope();
    }
}
