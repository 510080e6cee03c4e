package io.parley.auth;

import io.parley.redis.Keys;
import io.parley.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.time.Duration;

/**
 * Ends tokens before their time: for each account the moment (epoch milliseconds, in Redis) up to which they are void.
 * Set when an account is disabled or its password changes; kept as long as a token of before could live, and until all
 * sessions must have seen it: they end by it, too (see {@link io.parley.protocol.Identity#provenAt}).
 *
 * <p>A token counts as signed at the moment when its account was read from MySQL, and the cutoff is taken after the
 * change was committed there. So a login that still saw the old row gets a token that is void, however late it
 * finishes. Both moments come from clocks of different machines, which must agree to within the seconds that this is
 * worth.
 */
final class TokenCutoffs {

    /** Chosen: every session asks once a heartbeat, an hour at most, and Redis may have been away meanwhile. */
    private static final Duration SEEN_BY_SESSIONS = Duration.ofDays(1);

    private final RedisLink redis;
    private final Clock clock;
    private final Duration maxLife;

    TokenCutoffs(RedisLink redis, Clock clock, Duration maxLife) {
        this.redis = redis;
        this.clock = clock;
        this.maxLife = maxLife;
    }

    /** Whether the token still holds. Fails with {@code unavailable} when Redis cannot tell. */
    Future<Boolean> allows(Claims token) {
        return redis.send(Request.cmd(Command.GET).arg(Keys.notBefore(token.userId())))
                .map(cutoff -> cutoff == null || token.issuedAt() > cutoff.toLong());
    }

    /** Voids every token that was signed until now. */
    Future<Void> cut(String userId) {
        long life = Math.max(maxLife.plus(Claims.SKEW).toMillis(), SEEN_BY_SESSIONS.toMillis());
        return redis.send(Request.cmd(Command.SET)
                        .arg(Keys.notBefore(userId))
                        .arg(clock.millis())
                        .arg("PX")
                        .arg(life))
                .mapEmpty();
    }
}
