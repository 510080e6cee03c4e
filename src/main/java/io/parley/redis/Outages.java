package io.parley.redis;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.VertxException;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Tells outages from bugs: an outage becomes a {@link Refusal} with {@code unavailable}, as the sender can do something
 * about it (try again); any other error reply, such as a script's, passes through as it came.
 */
final class Outages {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /**
     * What Redis answers when it is there but cannot serve. The word begins the reply, or follows a dash in the middle
     * when a script of Redis 6 met it.
     */
    private static final Pattern OUTAGE =
            Pattern.compile("(?:^|[ -])(OOM|MISCONF|NOREPLICAS|BUSY|LOADING|READONLY|MASTERDOWN"
                    + "|CLUSTERDOWN|TRYAGAIN|UNBLOCKED|NOAUTH|WRONGPASS) .*");

    /** Of those, what another connection may cure: it may reach another server, or the one that is master now. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:^|[ -])(LOADING|READONLY|MASTERDOWN|UNBLOCKED|NOAUTH|WRONGPASS) .*");

    private Outages() {}

    static Refusal unreachable() {
        return new Refusal(ErrorCode.UNAVAILABLE, "the message store does not answer", RETRY_AFTER);
    }

    static Refusal overloaded() {
        return new Refusal(ErrorCode.UNAVAILABLE, "too much is waiting for the message store", RETRY_AFTER);
    }

    static boolean isOutage(Throwable reply) {
        return OUTAGE.matcher(reply.getMessage()).find();
    }

    static boolean needsAnotherConnection(Throwable reply) {
        return ELSEWHERE.matcher(reply.getMessage()).find();
    }

    static Refusal refusing() {
        return new Refusal(ErrorCode.UNAVAILABLE, "the message store takes nothing at the moment", RETRY_AFTER);
    }

    /** For the log: never the text of a failure that may quote a command, for a command may carry a secret. */
    static String reason(Throwable failure) {
        if (!isHarmless(failure)) {
            return failure.getClass().getSimpleName();
        }
        // A failed handshake says why only in its cause.
        return isHarmless(failure.getCause())
                ? failure.getMessage() + ": " + reason(failure.getCause())
                : failure.getMessage();
    }

    private static boolean isHarmless(Throwable failure) {
        return failure instanceof Response || failure instanceof IOException || failure instanceof VertxException;
    }
}
