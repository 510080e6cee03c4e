package io.parley.delivery;

import io.parley.mailbox.Locations;
import io.parley.mailbox.Mailbox;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Time for {@link InterleavingsIT}: everything that is on its way waits in a channel, first in first out, and a seeded
 * random picks whose head happens next. Redis is real, and its commands are run at the moment that is picked.
 */
final class World {

    final Random random;
    final Mailbox mailbox;
    final Locations locations;
    /** Whether bus messages and Redis' answers may get lost. */
    boolean lossy;

    /** Whether time-outs may come before the answer that they give up on. */
    boolean hasty;

    private final Map<String, ArrayDeque<Runnable>> channels = new LinkedHashMap<>();
    private final List<Runnable> timers = new ArrayList<>();

    World(Random random, Mailbox mailbox, Locations locations) {
        this.random = random;
        this.mailbox = mailbox;
        this.locations = locations;
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    /** Something arrives over an ordered channel. */
    void arrive(String channel, Runnable event) {
        channels.computeIfAbsent(channel, name -> new ArrayDeque<>()).add(event);
    }

    /** As {@link #arrive}, over a bus that may lose it. */
    void overBus(String channel, Runnable event) {
        if (!lossy || !chance(30)) {
            arrive(channel, event);
        }
    }

    /** A time-out: unless hasty, it comes only after everything else has come to rest. */
    void timeOut(Runnable event) {
        if (hasty && chance(6)) {
            arrive("impatience " + random.nextInt(), event);
        } else {
            timers.add(event);
        }
    }

    /**
     * Runs a command on Redis when its turn on the connection comes, and brings the answer back over the same
     * connection.
     */
    <T> void redis(String link, Supplier<T> command, Consumer<T> then, Consumer<Throwable> otherwise) {
        arrive("redis of " + link, () -> {
            boolean lost = lossy && chance(25);
            if (lost && chance(2)) {
                arrive("answers to " + link, () -> otherwise.accept(RedisIsDown.REFUSAL));
                return;
            }
            T answer = await(command.get());
            arrive("answers to " + link, () -> {
                if (lost) {
                    otherwise.accept(RedisIsDown.REFUSAL);
                } else {
                    then.accept(answer);
                }
            });
        });
    }

    /** Makes the future of a command. */
    interface Supplier<T> {
        Future<T> get();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException silent) {
            throw new AssertionError("Redis does not answer", silent);
        }
    }

    /** Lets one thing happen; false when nothing is on its way, time-outs apart. */
    boolean step() {
        if (hasty && !timers.isEmpty() && chance(20)) {
            fireTimer();
            return true;
        }
        List<ArrayDeque<Runnable>> busy =
                channels.values().stream().filter(channel -> !channel.isEmpty()).toList();
        if (busy.isEmpty()) {
            return false;
        }
        busy.get(random.nextInt(busy.size())).remove().run();
        return true;
    }

    /** Lets the time-outs happen that are due now that everything else is at rest; false when there is none. */
    boolean fireTimer() {
        if (timers.isEmpty()) {
            return false;
        }
        timers.remove(random.nextInt(timers.size())).run();
        return true;
    }
}
