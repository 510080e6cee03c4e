package io.parley.delivery;

import io.parley.protocol.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The letters that a lane has pushed on its current road and that have no last answer, oldest first. An answer to a
 * letter that is no longer here is late, and without effect.
 */
final class Pushed {

    private final Map<Long, Letter> letters = new LinkedHashMap<>(4);
    /** Those that have no answer at all yet. */
    private int unanswered;

    boolean isEmpty() {
        return letters.isEmpty();
    }

    int size() {
        return letters.size();
    }

    /** Whether a first answer is still to come. */
    boolean awaitsAnswers() {
        return unanswered > 0;
    }

    void add(Letter letter) {
        letters.put(letter.number, letter);
        unanswered++;
    }

    void taken(long number) {
        Letter letter = letters.get(number);
        if (letter != null) {
            answered(letter);
            letter.taken = true;
        }
    }

    /** @return whether it is still here, so that it must go to the mailbox */
    boolean failed(long number, boolean lost, Refusal why) {
        Letter letter = letters.get(number);
        if (letter != null) {
            answered(letter);
            letter.failed = true;
            letter.lost |= lost;
            letter.why = why;
        }
        return letter != null;
    }

    void failAll() {
        letters.values().forEach(letter -> {
            answered(letter);
            letter.failed = true;
            letter.lost = true;
        });
    }

    /** Takes out a letter that has got its last answer; null when that is late. */
    Letter ended(long number) {
        Letter letter = letters.remove(number);
        if (letter != null) {
            answered(letter);
        }
        return letter;
    }

    private void answered(Letter letter) {
        if (!letter.taken && !letter.failed) {
            unanswered--;
        }
    }

    /** Takes out what failed, oldest first. */
    List<Letter> takeFailed() {
        List<Letter> failed = new ArrayList<>();
        letters.values().removeIf(letter -> letter.failed && failed.add(letter));
        return failed;
    }
}
