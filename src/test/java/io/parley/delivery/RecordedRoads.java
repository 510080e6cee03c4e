package io.parley.delivery;

import io.parley.protocol.Location;
import io.parley.protocol.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a lane asks for. */
final class RecordedRoads implements Roads {

    private final List<String> happened = new ArrayList<>();
    private long pushes;
    /** Answers each append at once, inside the call. */
    Location appendedAtOnce;

    RuntimeException broken;

    /** What was asked for since the last call. */
    List<String> happened() {
        List<String> since = List.copyOf(happened);
        happened.clear();
        return since;
    }

    @Override
    public void route(Lane lane, Letter letter) {
        happened.add("route " + name(letter));
        throwIfBroken();
    }

    @Override
    public void push(Lane lane, Location location, Letter letter) {
        letter.number = ++pushes;
        happened.add("push " + name(letter) + " to " + location.session());
    }

    @Override
    public void append(Lane lane, Letter letter) {
        happened.add("append " + name(letter));
        if (appendedAtOnce != null) {
            lane.appended(letter, appendedAtOnce);
        }
    }

    @Override
    public void nudge(Location location) {
        happened.add("nudge " + location.session());
    }

    @Override
    public void readmit(Location location) {
        happened.add("readmit " + location.session());
    }

    @Override
    public void limitWaitForOldRoad(Lane lane) {
        happened.add("limit the wait");
    }

    @Override
    public void forward(String userId, Letter letter) {
        happened.add("forward " + name(letter) + " to " + userId);
    }

    @Override
    public void delivered(Letter letter) {
        happened.add("delivered " + name(letter));
    }

    @Override
    public void stored(Letter letter) {
        happened.add("stored " + name(letter));
    }

    @Override
    public void refused(Letter letter, Refusal why) {
        happened.add("refused " + name(letter) + " " + why.code().code());
    }

    private void throwIfBroken() {
        if (broken != null) {
            RuntimeException thrown = broken;
            broken = null;
            throw thrown;
        }
    }

    private static String name(Letter letter) {
        return letter.envelope().id();
    }
}
