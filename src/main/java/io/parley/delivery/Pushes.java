package io.parley.delivery;

import io.parley.bus.Addresses;
import io.parley.bus.Answers.Answer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The pushes of one shard that await an answer: which lane each belongs to, and until when it may wait. Two answers
 * come to a push (DESIGN section 8); when either does not come in time the lane is told that it failed.
 */
final class Pushes {

    /** @param destination the window in which it takes room until its first answer; null for one that takes none */
    private record Push(Lane lane, String gateway, Destination destination, int size, long at) {

        void leaveWindow() {
            if (destination != null) {
                destination.answered(size);
            }
        }
    }

    private final long firstAnswerMillis;
    private final long lastAnswerMillis;
    private final Map<Long, Push> awaitFirst = new LinkedHashMap<>();
    private final Map<Long, Push> awaitLast = new LinkedHashMap<>();
    private long lastNumber;
    private long now;

    /**
     * @param firstAnswerMillis  how long taken or refused may take
     * @param lastAnswerMillis   how long acked, stored or failed may take, from the push
     */
    Pushes(long firstAnswerMillis, long lastAnswerMillis, long now) {
        this.firstAnswerMillis = firstAnswerMillis;
        this.lastAnswerMillis = lastAnswerMillis;
        this.now = now;
    }

    /** A number for a push that takes no room in a window. */
    long add(Lane lane, String gateway) {
        return add(lane, gateway, null, 0);
    }

    /** A number for a push that was admitted to a window with that size. */
    long add(Lane lane, String gateway, Destination destination, int size) {
        long number = ++lastNumber;
        Push push = new Push(lane, gateway, destination, size, now);
        awaitFirst.put(number, push);
        awaitLast.put(number, push);
        return number;
    }

    boolean isEmpty() {
        return awaitLast.isEmpty();
    }

    int size() {
        return awaitLast.size();
    }

    void answered(Answer answer) {
        long number = answer.number();
        firstAnswered(number);
        switch (answer.verdict()) {
            case TAKEN -> {
                Push push = awaitLast.get(number);
                if (push != null) {
                    push.lane.taken(number);
                }
            }
            case ACKED -> with(number, lane -> lane.acked(number));
            case STORED -> with(number, lane -> lane.stored(number));
            case REFUSED -> with(number, lane -> lane.failed(number, false));
            case FAILED -> with(number, lane -> lane.failed(number, false, answer.error()));
            case NOT_HERE -> with(number, lane -> lane.failed(number, true));
        }
    }

    private void with(long number, Consumer<Lane> action) {
        Push push = awaitLast.remove(number);
        if (push != null) {
            action.accept(push.lane);
        }
    }

    private void firstAnswered(long number) {
        Push push = awaitFirst.remove(number);
        if (push != null) {
            push.leaveWindow();
        }
    }

    /** Fails these: they surely did not reach a session. */
    void lost(List<Long> numbers) {
        numbers.forEach(this::firstAnswered);
        numbers.forEach(number -> with(number, lane -> lane.failed(number, true)));
    }

    /**
     * Fails everything that was pushed to a node, as it will answer no more.
     *
     * @return how many
     */
    int left(String node) {
        List<Long> numbers = new ArrayList<>();
        awaitLast.forEach((number, push) -> {
            if (Addresses.nodeOf(push.gateway).equals(node)) {
                numbers.add(number);
            }
        });
        lost(numbers);
        return numbers.size();
    }

    /**
     * Fails what has waited too long.
     *
     * @return how many pushes got no first answer
     */
    int tick(long now) {
        this.now = now;
        Map<Long, Push> silent = expired(awaitFirst, now - firstAnswerMillis);
        silent.values().forEach(Push::leaveWindow);
        Map<Long, Push> unsettled = expired(awaitLast, now - lastAnswerMillis);
        silent.forEach((number, push) -> push.lane.failed(number, true));
        unsettled.forEach((number, push) -> push.lane.failed(number, true));
        return silent.size();
    }

    /** Takes them all out before a lane is told: a lane that is told may push again at once. */
    private static Map<Long, Push> expired(Map<Long, Push> awaiting, long before) {
        Map<Long, Push> expired = new LinkedHashMap<>();
        Iterator<Map.Entry<Long, Push>> oldestFirst = awaiting.entrySet().iterator();
        while (oldestFirst.hasNext()) {
            Map.Entry<Long, Push> entry = oldestFirst.next();
            if (entry.getValue().at > before) {
                break;
            }
            expired.put(entry.getKey(), entry.getValue());
            oldestFirst.remove();
        }
        return expired;
    }
}
