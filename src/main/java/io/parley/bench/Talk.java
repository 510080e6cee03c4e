package io.parley.bench;

import io.parley.protocol.Receipt;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one member said in a room, what the node promised about it, and what each of the others heard. Messages are
 * numbered from 0. Belongs to one event loop.
 */
final class Talk {

    private static final char SEPARATOR = ':';

    private final int speaker;
    private final List<Ear> ears;
    private final BitSet promised = new BitSet();
    private final Map<Integer, Open> open = new LinkedHashMap<>();
    private int said;
    private int receipts;
    private int refused;
    private long heard;
    private long repeated;
    private long disordered;

    /** What one member heard. */
    private static final class Ear {
        private final BitSet heard = new BitSet();
        private int last = -1;
    }

    /** A message that lacks its receipt, or that somebody has yet to hear. */
    private static final class Open {
        private final long saidAt;
        private int missing;

        private Open(long saidAt, int missing) {
            this.saidAt = saidAt;
            this.missing = missing;
        }
    }

    /**
     * @param speaker  which member it is
     * @param members  of the room, the speaker included
     */
    Talk(int speaker, int members) {
        this.speaker = speaker;
        this.ears = IntStream.range(0, members).mapToObj(member -> new Ear()).toList();
    }

    /** Which talk a text belongs to, as an index that {@link #next} was given. */
    static int of(String text) {
        return Integer.parseInt(text, 0, text.indexOf(SEPARATOR), 10);
    }

    /** The next message, with the index of this talk, its number and the time, filled up to so many bytes. */
    String next(int talk, int bytes) {
        long now = System.nanoTime();
        open.put(said, new Open(now, ears.size()));
        StringBuilder text = new StringBuilder(Math.max(bytes, 32));
        text.append(talk).append(SEPARATOR).append(said++).append(SEPARATOR).append(now);
        text.append(SEPARATOR);
        while (text.length() < bytes) {
            text.append('.');
        }
        return text.toString();
    }

    void receipted(int number, Receipt receipt) {
        receipts++;
        if (receipt.status() == Receipt.Status.REFUSED) {
            refused++;
            open.remove(number);
        } else {
            promised.set(number);
            progress(number);
        }
    }

    /**
     * A member has heard this. The speaker's own words count as a repetition.
     *
     * @return after how many nanoseconds; negative when it counts as a repetition
     */
    long heard(int member, String text) {
        int first = text.indexOf(SEPARATOR) + 1;
        int second = text.indexOf(SEPARATOR, first) + 1;
        int number = Integer.parseInt(text, first, second - 1, 10);
        Ear ear = ears.get(member);
        if (member == speaker || ear.heard.get(number)) {
            repeated++;
            return -1;
        }
        ear.heard.set(number);
        heard++;
        if (number < ear.last) {
            disordered++;
        }
        ear.last = Math.max(ear.last, number);
        progress(number);
        return Math.max(0, System.nanoTime() - Long.parseLong(text, second, text.indexOf(SEPARATOR, second), 10));
    }

    /** The receipt and each of the others who hears it: as many as there are members. */
    private void progress(int number) {
        Open message = open.get(number);
        if (message != null && --message.missing == 0) {
            open.remove(number);
        }
    }

    /** Messages that lack their receipt, or that somebody has yet to hear. */
    int open() {
        return open.size();
    }

    /** Waits no longer for what was said before then; {@link #missed} counts it all the same. */
    void giveUp(long nanoTime) {
        open.values().removeIf(message -> message.saidAt < nanoTime);
    }

    int said() {
        return said;
    }

    int withoutReceipt() {
        return said - receipts;
    }

    int refused() {
        return refused;
    }

    long heard() {
        return heard;
    }

    /** Promised, and not heard: a message that two have missed counts twice. */
    long missed() {
        long missed = 0;
        for (int member = 0; member < ears.size(); member++) {
            if (member != speaker) {
                BitSet missing = (BitSet) promised.clone();
                missing.andNot(ears.get(member).heard);
                missed += missing.cardinality();
            }
        }
        return missed;
    }

    long repeated() {
        return repeated;
    }

    long disordered() {
        return disordered;
    }
}
