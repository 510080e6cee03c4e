package io.parley.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.util.NetUtil;
import io.parley.config.AuthConfig;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Stops the guessing of passwords: an id is {@code locked} after some wrong ones, an address is {@code rate_limited}
 * after many. Ids that nobody has are treated alike, so that a lock tells nothing. Tokens are not throttled: a locked
 * account whose client has a token goes on.
 *
 * <p>Each node counts for itself. Owned by one event loop.
 */
final class LoginThrottle {

    /**
     * Wrong passwords from one address for each that one id may have. Generous, as a company or a whole cluster's load
     * balancer may stand behind one address; for the same reason each right password takes one off the address's count.
     */
    static final int ADDRESS_FACTOR = 100;

    private final Attempts ids;
    private final Attempts addresses;

    LoginThrottle(AuthConfig config, Ticker ticker) {
        this.ids = new Attempts(config.maxFailures(), config.lockTime(), ticker);
        this.addresses = new Attempts(config.maxFailures() * ADDRESS_FACTOR, config.lockTime(), ticker);
    }

    /** Null when a password may be checked now; then {@link #end} must follow. */
    Refusal begin(String userId, String remote) {
        String id = Account.fold(userId);
        String address = network(remote);
        Duration locked = ids.locked(id);
        if (locked.compareTo(Duration.ZERO) > 0) {
            return new Refusal(ErrorCode.LOCKED, "too many wrong passwords for this user_id", locked);
        }
        Duration limited = addresses.locked(address);
        if (limited.compareTo(Duration.ZERO) > 0) {
            return new Refusal(ErrorCode.RATE_LIMITED, "too many wrong passwords from this address", limited);
        }
        if (ids.isBusy(id)) {
            return new Refusal(
                    ErrorCode.RATE_LIMITED, "other logins of this user_id are being checked", Duration.ofSeconds(1));
        }
        ids.begin(id);
        return null;
    }

    /** @param verdict TRUE for the right password, FALSE for a wrong one, null when it could not be told */
    void end(String userId, String remote, Boolean verdict) {
        String id = Account.fold(userId);
        ids.end(id);
        if (Boolean.FALSE.equals(verdict)) {
            ids.wrong(id);
            addresses.wrong(network(remote));
        } else if (Boolean.TRUE.equals(verdict)) {
            ids.forgive(id, Integer.MAX_VALUE);
            addresses.forgive(network(remote), 1);
        }
    }

    /** An IPv6 client picks from 2^64 addresses at will, so its network counts; what is no address counts as it is. */
    static String network(String remote) {
        byte[] bytes = remote == null ? null : NetUtil.createByteArrayFromIpAddressString(remote);
        boolean v6 = bytes != null && bytes.length == 16;
        return v6 ? HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) : String.valueOf(remote);
    }
}
