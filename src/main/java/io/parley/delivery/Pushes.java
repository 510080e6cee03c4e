package io.parley.delivery;

import io.parley.bus.Answers.Answer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The pushes of one shard that await an answer: which lane each belongs to, and until when it may wait. Two answers
 * come to a push (DESIGN section 8); when either does not come in time the lane is told that it failed.
 */
final class Pushes {

    private record Push(Lane lane, long at) {}

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

    long add(Lane lane) {
        long number = ++lastNumber;
        Push push = new Push(lane, now);
        awaitFirst.put(number, push);
        awaitLast.put(number, push);
        return number;
    }

    boolean isEmpty() {
        return awaitLast.isEmpty();
    }

    void answered(Answer answer) {
        long number = answer.number();
        awaitFirst.remove(number);
        switch (answer.verdict()) {
            case TAKEN -> {
                Push push = awaitLast.get(number);
                if (push != null) {
                    push.lane.taken(number);
                }
            }
            case ACKED -> with(number, lane -> lane.acked(number));
            case STORED -> with(number, lane -> lane.stored(number));
            case REFUSED, FAILED -> with(number, lane -> lane.failed(number, false));
            case NOT_HERE -> with(number, lane -> lane.failed(number, true));
        }
    }

    private void with(long number, Consumer<Lane> action) {
        Push push = awaitLast.remove(number);
        if (push != null) {
            action.accept(push.lane);
        }
    }

    /** Fails what has waited too long. */
    void tick(long now) {
        this.now = now;
        expire(awaitFirst, now - firstAnswerMillis);
        expire(awaitLast, now - lastAnswerMillis);
    }

    /** First takes them out, then tells their lanes: a lane that is told may push again at once. */
    private static void expire(Map<Long, Push> awaiting, long before) {
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
        expired.forEach((number, push) -> push.lane.failed(number, true));
    }
}
