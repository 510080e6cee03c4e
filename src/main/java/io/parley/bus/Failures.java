package io.parley.bus;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the failure of a future becomes what a client is told: at the edge of each verticle, once. */
public final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** A refusal as it is, for an outage became one where it was met. Anything else is a bug, logged here, once. */
    public static Refusal refusal(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        log.error("unforeseen failure", failure);
        return new Refusal(ErrorCode.INTERNAL, "the node failed at this; its log says more");
    }
}
