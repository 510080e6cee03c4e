package io.parley.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.bus.Lookup;
import io.parley.bus.Turnstile;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an account exists, asked for every recipient and therefore remembered: a yes for minutes, a no for seconds,
 * so that a new account can be written to soon. A disabled account counts as none. While MySQL is away what is
 * remembered is answered, anything else is {@code unavailable}.
 *
 * <p>Owned by one event loop.
 */
final class Lookups {

    private static final int REMEMBERED = 100_000;
    private static final Duration YES = Duration.ofMinutes(5);
    private static final Duration NO = Duration.ofSeconds(3);

    /** At a time, so that a message to thousands leaves room for logins in what may wait for MySQL. */
    private static final int QUERIES = 64;

    private static final int MAX_WAITING = 16_384;

    private final Accounts accounts;
    private final Turnstile queries = new Turnstile(QUERIES, MAX_WAITING);
    private final Cache<String, Lookup.Found> found = cache(YES);
    private final Cache<String, Refusal> unknown = cache(NO);

    /** One query for all who ask for the same id at the same time; bounded by what may wait. */
    private final Map<String, Future<Lookup.Found>> asking = new HashMap<>();

    Lookups(Accounts accounts) {
        this.accounts = accounts;
    }

    Future<Lookup.Found> find(String userId) {
        Lookup.Found known = found.getIfPresent(userId);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        Refusal no = unknown.getIfPresent(userId);
        if (no != null) {
            return Future.failedFuture(no);
        }
        Future<Lookup.Found> asked = asking.get(userId);
        if (asked == null) {
            asked = queries.pass(() -> accounts.find(userId)).compose(account -> remember(userId, account));
            asking.put(userId, asked);
            asked.onComplete(done -> asking.remove(userId));
        }
        return asked;
    }

    private Future<Lookup.Found> remember(String userId, Optional<Account> account) {
        if (account.isEmpty() || account.get().disabled()) {
            Refusal no = account.isEmpty() ? Lookup.NOBODY : Lookup.DISABLED;
            unknown.put(userId, no);
            return Future.failedFuture(no);
        }
        Lookup.Found answer = new Lookup.Found(account.get().id());
        found.put(userId, answer);
        return Future.succeededFuture(answer);
    }

    private static <T> Cache<String, T> cache(Duration life) {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(life)
                .executor(Runnable::run)
                .build();
    }
}
