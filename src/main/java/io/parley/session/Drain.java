package io.parley.session;

import io.parley.protocol.Envelope;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Brings what waits in the mailbox to the client: reads pages by id from the start until a short page (DESIGN section
 * 6, Drain).
 *
 * <p>The gate is shut while it runs, the pauses for a full window included. One at a time: a request during a pass
 * means one more pass from the start, as a smaller id may have been appended behind the reader.
 */
final class Drain {

    /** Keeps one page of the largest messages at 4 MiB, and one of small ones at one round trip. */
    static final int PAGE = 64;

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    /** What the drain needs of its session. */
    interface Reader {
        void read(String afterId, int limit);

        void remove(Collection<String> ids);

        void later(Duration delay, Runnable task);

        /** Whether another delivery may be written now. */
        boolean hasRoom();

        void replay(Envelope envelope);
    }

    private enum State {
        IDLE,
        READING,
        /** The window is full or the client slow: {@link #roomFreed} starts a new pass. */
        PAUSED,
        /** Redis did not answer: a timer starts a new pass. */
        RETRYING
    }

    private final Reader reader;
    private final Window window;
    private final Gate gate;
    private final Acknowledged acknowledged;
    private State state = State.IDLE;
    private boolean again;
    private boolean stopped;
    private Duration retry = FIRST_RETRY;

    Drain(Reader reader, Window window, Gate gate, Acknowledged acknowledged) {
        this.reader = reader;
        this.window = window;
        this.gate = gate;
        this.acknowledged = acknowledged;
    }

    /** Something is, or may be, in the mailbox. */
    void request() {
        gate.shut();
        switch (state) {
            case IDLE -> startPass();
            case READING -> again = true;
            case PAUSED, RETRYING -> {
                // A new pass from the start is due anyway.
            }
        }
    }

    /** The heartbeat's look at the mailbox: more is there than what is on its way, so a nudge was lost. */
    void look(long waiting) {
        if (state == State.IDLE && waiting > window.inMailbox() + acknowledged.awaitingRemoval()) {
            request();
        }
    }

    /** Acknowledgements or written bytes made room. */
    void roomFreed() {
        if (state == State.PAUSED && reader.hasRoom() && window.isHalfEmpty()) {
            startPass();
        }
    }

    void stop() {
        stopped = true;
    }

    private void startPass() {
        state = State.READING;
        again = false;
        reader.read(null, PAGE);
    }

    void page(List<Envelope> page) {
        if (stopped) {
            return;
        }
        retry = FIRST_RETRY;
        if (!replay(page)) {
            state = State.PAUSED;
        } else if (page.size() == PAGE) {
            reader.read(page.get(PAGE - 1).id(), PAGE);
        } else if (again) {
            startPass();
        } else {
            state = State.IDLE;
            gate.open();
        }
    }

    /** @return whether the whole page was dealt with; false when there was no room for the rest */
    private boolean replay(List<Envelope> page) {
        List<String> removable = new ArrayList<>();
        boolean room = true;
        for (Envelope envelope : page) {
            if (acknowledged.contains(envelope.id())) {
                if (!acknowledged.awaitsRemoval(envelope.id())) {
                    removable.add(envelope.id());
                }
            } else if (!window.markInMailbox(envelope.id())) {
                if (!reader.hasRoom()) {
                    room = false;
                    break;
                }
                reader.replay(envelope);
            }
        }
        remove(removable);
        return room;
    }

    void pageFailed(Refusal why) {
        if (!stopped) {
            state = State.RETRYING;
            reader.later(retry, () -> {
                if (!stopped && state == State.RETRYING) {
                    startPass();
                }
            });
            backOff();
        }
    }

    /** Removes acknowledged messages from the mailbox; until that has succeeded they are not replayed. */
    void remove(Collection<String> ids) {
        if (!ids.isEmpty()) {
            acknowledged.awaitRemoval(ids);
            reader.remove(ids);
        }
    }

    void removed(Collection<String> ids) {
        acknowledged.removed(ids);
    }

    void removalFailed(Collection<String> ids) {
        if (!stopped) {
            reader.later(retry, () -> {
                if (!stopped) {
                    reader.remove(ids);
                }
            });
            backOff();
        }
    }

    private void backOff() {
        Duration doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
    }
}
