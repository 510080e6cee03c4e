package io.parley.delivery;

import io.parley.bus.Submissions.Submission;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Location;
import io.parley.protocol.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lane to {@code bob}, ten letters deep; what it did is read as sentences, in order, with {@link #happened}. */
final class LaneFixture {

    static final Location A = new Location("gateway.a", "A");
    static final Location B = new Location("gateway.b", "B");
    static final Refusal REDIS_IS_DOWN = new Refusal(ErrorCode.UNAVAILABLE, "redis is down");
    static final int DEPTH = 10;

    final RecordedRoads roads = new RecordedRoads();
    final Lane lane = new Lane("bob", DEPTH, roads);
    private final Map<String, Letter> letters = new HashMap<>();

    /** One that pushes to session A and has nothing in it. */
    static LaneFixture pushing() {
        return pushingTo(Owner.ACCOUNT);
    }

    /** The same when the id is somebody's of this kind. */
    static LaneFixture pushingTo(Owner owner) {
        LaneFixture fixture = new LaneFixture();
        fixture.offer("m0");
        fixture.lane.routedTo(A, owner);
        fixture.acked("m0");
        fixture.happened();
        return fixture;
    }

    List<String> happened() {
        return roads.happened();
    }

    void offer(String... ids) {
        for (String id : ids) {
            Letter letter = new Letter("gateway.sender", new Submission("s", "c-" + id, "bob", new Envelope(id, "{}")));
            letters.put(id, letter);
            lane.offer(letter);
        }
    }

    void taken(String... ids) {
        for (String id : ids) {
            lane.taken(number(id));
        }
    }

    void acked(String id) {
        lane.acked(number(id));
    }

    void stored(String id) {
        lane.stored(number(id));
    }

    /** As the session answers that it cannot take it. */
    void refused(String... ids) {
        for (String id : ids) {
            lane.failed(number(id), false);
        }
    }

    /** As the session answers for it with a reason. */
    void failed(String id, Refusal why) {
        lane.failed(number(id), false, why);
    }

    /** As the push's time runs out, or its gateway does not know the session. */
    void lost(String... ids) {
        for (String id : ids) {
            lane.failed(number(id), true);
        }
    }

    void appended(String id, Location seen) {
        lane.appended(letters.get(id), seen);
    }

    void notAppended(String id) {
        lane.notAppended(letters.get(id), REDIS_IS_DOWN);
    }

    void mailboxFull(String id, Location seen) {
        lane.mailboxFull(letters.get(id), seen);
    }

    private long number(String id) {
        return letters.get(id).number;
    }
}
