package io.parley.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Counts wrong passwords for each of many keys within a time, and the checks that are going on, so that guesses sent
 * all at once are not more than guesses sent one by one. At most {@value #MAX_KEYS} keys are remembered.
 *
 * <p>Owned by one event loop.
 */
final class Attempts {

    private static final int MAX_KEYS = 100_000;

    private final int limit;
    private final Duration window;
    private final Ticker ticker;
    private final Cache<String, Count> counts;

    Attempts(int limit, Duration window, Ticker ticker) {
        this.limit = limit;
        this.window = window;
        this.ticker = ticker;
        // Twice the window: a count made at its very end may still lock for as long again.
        this.counts = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterWrite(window.multipliedBy(2))
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** How long the key stays locked; zero when it is not. */
    Duration locked(String key) {
        Count count = counts.getIfPresent(key);
        if (count == null || count.wrong < limit) {
            return Duration.ZERO;
        }
        Duration left = Duration.ofNanos(count.since + window.toNanos() - ticker.read());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether as many checks are going on as there are guesses left. */
    boolean isBusy(String key) {
        Count count = counts.getIfPresent(key);
        return count != null && count.checking > 0 && count.checking + current(count) >= limit;
    }

    /** A check begins; {@link #end} must follow. */
    void begin(String key) {
        counts.get(key, unseen -> new Count()).checking++;
    }

    void end(String key) {
        Count count = counts.getIfPresent(key);
        if (count != null && count.checking > 0) {
            count.checking--;
        }
    }

    void wrong(String key) {
        Count count = counts.get(key, unseen -> new Count());
        if (isOver(count)) {
            count.wrong = 0;
            count.since = ticker.read();
        }
        count.wrong++;
        if (count.wrong == limit) {
            count.since = ticker.read(); // the lock lasts its full time from here
        }
        counts.put(key, count);
    }

    /** That many wrong passwords do not count any more. A lock stays until its time is over. */
    void forgive(String key, int many) {
        Count count = counts.getIfPresent(key);
        if (count != null && count.wrong < limit) {
            count.wrong = Math.max(0, count.wrong - many);
        }
    }

    private int current(Count count) {
        return isOver(count) ? 0 : count.wrong;
    }

    private boolean isOver(Count count) {
        return count.wrong == 0 || ticker.read() - count.since >= window.toNanos();
    }

    /** Since is the first wrong one of the window, and then the one that locked. */
    private static final class Count {
        private int wrong;
        private int checking;
        private long since;
    }
}
