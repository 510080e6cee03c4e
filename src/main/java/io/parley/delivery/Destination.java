package io.parley.delivery;

import io.parley.bus.Parcel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A gateway of another node, and this shard's window to it: what was pushed and has no first answer, and what was
 * handed to the bus and has not left. The bus itself would let both grow without a bound (VERTX.md section 1).
 *
 * <p>When the window is full it shuts, and everything is refused until half of it is free again and every refusal has
 * been told to its lane. Otherwise a later message of a lane could slip through before the lane knows that an earlier
 * one is to be appended.
 */
final class Destination {

    private final int maxPushes;
    private final long maxBytes;
    private int pushes;
    private long bytes;
    private int untold;
    private boolean shut;
    private final Set<Parcel.Item> owed = new LinkedHashSet<>();

    Destination(int maxPushes, long maxBytes) {
        this.maxPushes = maxPushes;
        this.maxBytes = maxBytes;
    }

    /** Takes a push into the window; false when it must be refused, and {@link #told} called when its lane knows. */
    boolean admits(int size) {
        if (shut || pushes >= maxPushes || bytes + size > maxBytes) {
            refuse();
            return false;
        }
        pushes++;
        bytes += size;
        return true;
    }

    /** Shuts it, as a push is refused, for whatever reason; {@link #told} must be called when its lane knows. */
    void refuse() {
        shut = true;
        untold++;
    }

    /** A push has got its first answer, or will get none. */
    void answered(int size) {
        pushes--;
        bytes -= size;
    }

    /** Handed to the bus; to be taken back by {@link #written}. */
    void writing(int size) {
        bytes += size;
    }

    void written(int size) {
        bytes -= size;
    }

    /** The lane of a refused push knows. */
    void told() {
        untold--;
    }

    /** Until {@link #open}. */
    void shut() {
        shut = true;
    }

    boolean isShut() {
        return shut;
    }

    boolean isIdle() {
        return pushes == 0 && bytes == 0 && !shut;
    }

    /** Keeps a nudge for the time when the window opens: one for each session, however many lanes ask. */
    void owe(Parcel.Item nudge) {
        owed.add(nudge);
    }

    /**
     * Opens the window when there is room.
     *
     * @return the nudges that were owed, to be sent before anything else; empty while it stays shut
     */
    List<Parcel.Item> open() {
        if (!shut || untold > 0 || pushes > maxPushes / 2 || bytes > maxBytes / 2) {
            return List.of();
        }
        shut = false;
        List<Parcel.Item> due = new ArrayList<>(owed);
        owed.clear();
        return due;
    }
}
