package io.parley.bus;

import io.parley.protocol.Refusal;
import java.util.List;

/** A gateway's answers to pushes of one delivery shard, in the order in which they were decided. */
public record Answers(List<Answer> items) implements Crossing {
    public Answers {
        items = List.copyOf(items);
    }

    /**
     * Two answers come to a push: TAKEN or one of the refusals within a second or two; then, for a taken one, how it
     * ended.
     *
     * @param number  the push's
     * @param error   why an append failed; null unless FAILED
     */
    public record Answer(long number, Verdict verdict, Refusal error) {}

    /** What happened to a push. */
    public enum Verdict {
        /** First answer: the session has it in its window. */
        TAKEN,
        /** First answer: the gate is shut or the window is full; nothing of this shard is taken before its nudge. */
        REFUSED,
        /** First answer: this gateway has no such session, or it is closing. */
        NOT_HERE,
        /** Last answer: the recipient's client acknowledged it. */
        ACKED,
        /** Last answer: the session ended and put it into the mailbox. */
        STORED,
        /** Last answer: the session ended and could not put it there. */
        FAILED
    }
}
