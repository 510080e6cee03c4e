package io.parley.script;

import io.parley.client.Target;
import io.parley.protocol.Receipt;

/**
 * What became of one message to one recipient, which may be a group or a room.
 *
 * @param line     the line of the input; 0 when the input was one message
 * @param receipt  null when there is none, so that the message may have arrived or not
 * @param why      why there is no receipt; null when there is one
 */
record Outcome(Target to, long line, Receipt receipt, Throwable why) {

    static Outcome of(Target to, long line, Receipt receipt) {
        return new Outcome(to, line, receipt, null);
    }

    static Outcome inDoubt(Target to, long line, Throwable why) {
        return new Outcome(to, line, null, why);
    }
}
