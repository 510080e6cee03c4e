package io.parley.delivery;

import io.parley.bus.Parcel;
import io.parley.bus.Submissions.Submission;
import io.parley.protocol.Envelope;
import io.parley.protocol.Location;
import io.parley.protocol.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A delivery shard in {@link World}, with one recipient and so one real {@link Lane}, and the one sender whose messages
 * it carries.
 */
final class SimulatedShard implements Roads {

    final String address;
    /** Ids of the messages sent, in order; of those that got a receipt; and of those that were refused. */
    final List<String> sent = new ArrayList<>();

    final Set<String> receipted = new HashSet<>();
    final Set<String> refused = new HashSet<>();

    private final World world;
    private final Map<String, SimulatedGateway> gateways;
    private final Lane lane;
    private final Map<Long, SimulatedWindow> unanswered = new HashMap<>();
    private final Map<String, SimulatedWindow> windows = new HashMap<>();
    private long number;

    SimulatedShard(World world, String address, String recipient, Map<String, SimulatedGateway> gateways) {
        this.world = world;
        this.address = address;
        this.gateways = gateways;
        this.lane = new Lane(recipient, 1_000, this);
    }

    void send(String messageId) {
        sent.add(messageId);
        Envelope envelope = new Envelope(messageId, "{\"from\":\"" + address + "\"}");
        lane.offer(new Letter("sender", new Submission("session", messageId, lane.userId(), envelope)));
    }

    /** The node forgets the location it cached, as it does now and then. */
    boolean isIdle() {
        return lane.isIdle();
    }

    void taken(long number) {
        firstAnswered(number);
        lane.taken(number);
    }

    void refusedPush(long number, boolean lost) {
        firstAnswered(number);
        lane.failed(number, lost);
    }

    void acked(long number) {
        firstAnswered(number);
        lane.acked(number);
    }

    void storedPush(long number) {
        firstAnswered(number);
        lane.stored(number);
    }

    @Override
    public void route(Lane lane, Letter letter) {
        world.redis(
                address,
                () -> world.mailbox.route(lane.userId(), letter.envelope()),
                routed -> {
                    if (routed.location() != null) {
                        lane.routedTo(routed.location());
                    } else {
                        lane.routedToMailbox();
                    }
                },
                failure -> lane.notRouted(RedisIsDown.REFUSAL));
    }

    private void firstAnswered(long number) {
        SimulatedWindow window = unanswered.remove(number);
        if (window != null) {
            window.answered();
        }
    }

    private SimulatedWindow window(String gateway) {
        return windows.computeIfAbsent(gateway, to -> new SimulatedWindow(world, address, gateways.get(to)));
    }

    /** As the courier does: a push that is refused here already is answered later, in another turn of the loop. */
    @Override
    public void push(Lane lane, Location location, Letter letter) {
        long mine = ++number;
        letter.number = mine;
        SimulatedWindow window = window(location.gateway());
        SimulatedWindow.Answer answer = window.admit();
        if (answer != SimulatedWindow.Answer.ADMITTED) {
            world.arrive("turns of " + address, () -> {
                lane.failed(mine, answer == SimulatedWindow.Answer.NOT_HERE);
                window.told();
            });
            return;
        }
        unanswered.put(mine, window);
        window.send(gateway -> gateway.push(this, location.session(), mine, letter.envelope()));
        world.timeOut(() -> {
            if (unanswered.containsKey(mine)) {
                firstAnswered(mine);
                lane.failed(mine, true);
            }
        });
        world.timeOut(() -> {
            firstAnswered(mine);
            lane.failed(mine, true);
        });
    }

    @Override
    public void append(Lane lane, Letter letter) {
        world.redis(
                address,
                () -> world.mailbox.append(lane.userId(), letter.envelope()),
                appended -> lane.appended(letter, appended.location()),
                failure -> lane.notAppended(letter, RedisIsDown.REFUSAL));
    }

    @Override
    public void nudge(Location location) {
        window(location.gateway()).nudge(new Parcel.Nudge(location.session()));
    }

    @Override
    public void readmit(Location location) {
        window(location.gateway()).nudge(new Parcel.Readmit(location.session()));
    }

    boolean everythingIsFree() {
        return windows.values().stream().allMatch(SimulatedWindow::isFree);
    }

    @Override
    public void limitWaitForOldRoad(Lane lane) {
        world.timeOut(lane::leaveOldRoad);
    }

    @Override
    public void forward(String userId, Letter letter) {
        throw new AssertionError("the id is spelt right");
    }

    @Override
    public void delivered(Letter letter) {
        receipted.add(letter.envelope().id());
    }

    @Override
    public void stored(Letter letter) {
        receipted.add(letter.envelope().id());
    }

    @Override
    public void refused(Letter letter, Refusal why) {
        refused.add(letter.envelope().id());
    }
}
