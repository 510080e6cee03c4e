package io.parley.delivery;

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
    private final Map<Long, Boolean> unanswered = new HashMap<>();
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
        unanswered.remove(number);
        lane.taken(number);
    }

    void refusedPush(long number, boolean lost) {
        unanswered.remove(number);
        lane.failed(number, lost);
    }

    void acked(long number) {
        unanswered.remove(number);
        lane.acked(number);
    }

    void storedPush(long number) {
        unanswered.remove(number);
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

    @Override
    public void push(Lane lane, Location location, Letter letter) {
        long mine = ++number;
        letter.number = mine;
        unanswered.put(mine, true);
        SimulatedGateway gateway = gateways.get(location.gateway());
        world.overBus(
                address + " to " + location.gateway(),
                () -> gateway.push(this, location.session(), mine, letter.envelope()));
        world.timeOut(() -> {
            if (unanswered.remove(mine) != null) {
                lane.failed(mine, true);
            }
        });
        world.timeOut(() -> {
            unanswered.remove(mine);
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
        SimulatedGateway gateway = gateways.get(location.gateway());
        world.overBus(address + " to " + location.gateway(), () -> gateway.nudge(address, location.session()));
    }

    @Override
    public void readmit(Location location) {
        SimulatedGateway gateway = gateways.get(location.gateway());
        world.overBus(address + " to " + location.gateway(), () -> gateway.readmit(address, location.session()));
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
