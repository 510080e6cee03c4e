package io.parley.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.bus.Addresses;
import io.parley.bus.Bus;
import io.parley.bus.Lookup;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Which ids have an account, and how the database row spells them. Remembers those that have; asks auth about others.
 */
final class Recipients {

    /** A found account: 100,000 of them take about 20 MB a shard. */
    private static final int REMEMBERED = 100_000;

    /** Short, as auth remembers too: the two add up to how long a disabled account may still be written to. */
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

    /** So long after MySQL went away a guest is still known to be one. */
    private static final Duration GUEST_FOR = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Bus bus;
    private final Cache<String, String> found = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(REMEMBERED_FOR)
            .executor(Runnable::run)
            .build();

    private final Cache<String, Boolean> guests = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(GUEST_FOR)
            .executor(Runnable::run)
            .build();

    Recipients(Bus bus) {
        this.bus = bus;
    }

    /** The id as its row spells it; fails with {@code unknown_user}, or {@code unavailable} when MySQL cannot tell. */
    Future<String> find(String userId) {
        String known = found.getIfPresent(userId);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        return bus.<Lookup.Found>request(Addresses.AUTH, new Lookup(userId), PATIENCE)
                .map(Lookup.Found::userId)
                .onSuccess(spelt -> {
                    found.put(userId, spelt);
                    guests.invalidate(userId);
                });
    }

    /** Somebody is there under this id, and auth knew no account of it or the session said that it is a guest. */
    void isGuest(String userId) {
        guests.put(userId, Boolean.TRUE);
    }

    /** Whether it was a guest's lately; only to be asked when MySQL cannot tell what it is now. */
    boolean wasGuest(String userId) {
        return guests.getIfPresent(userId) != null;
    }
}
