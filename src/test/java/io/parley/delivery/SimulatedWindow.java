package io.parley.delivery;

import io.parley.bus.Parcel;
import java.util.function.Consumer;

/**
 * A real {@link Destination} in {@link World}, so small that it is often shut: a shard's window to one gateway. It is
 * looked at some time after something in it has become free, as {@link Destinations} does with each parcel that has
 * left and with each tick.
 */
final class SimulatedWindow {

    private static final int MAX_PUSHES = 3;
    /** Of one byte each. */
    private static final int MAX_BYTES = 5;

    private final World world;
    private final String shard;
    private final SimulatedGateway gateway;
    private final Destination window = new Destination(MAX_PUSHES, MAX_BYTES);
    private boolean lookingSoon;

    /** What becomes of a push on its own node. */
    enum Answer {
        ADMITTED,
        REFUSED,
        /** The node of the gateway was not seen in the cluster, for a moment. */
        NOT_HERE
    }

    SimulatedWindow(World world, String shard, SimulatedGateway gateway) {
        this.world = world;
        this.shard = shard;
        this.gateway = gateway;
    }

    Answer admit() {
        if (world.chance(40)) {
            window.refuse();
            return Answer.NOT_HERE;
        }
        return window.admits(1) ? Answer.ADMITTED : Answer.REFUSED;
    }

    void answered() {
        window.answered(1);
        lookSoon();
    }

    /** To be called for each push that was not admitted. */
    void told() {
        window.told();
        lookSoon();
    }

    void send(Consumer<SimulatedGateway> item) {
        window.writing(1);
        world.overBus(shard + " to " + gateway.address, () -> item.accept(gateway));
        world.arrive("written by " + shard + " to " + gateway.address, () -> {
            window.written(1);
            lookSoon();
        });
    }

    void nudge(Parcel.Item nudge) {
        if (window.isShut()) {
            window.owe(nudge);
            lookSoon();
        } else {
            pay(nudge);
        }
    }

    private void pay(Parcel.Item nudge) {
        send(to -> {
            if (nudge instanceof Parcel.Nudge) {
                to.nudge(shard, nudge.session());
            } else {
                to.readmit(shard, nudge.session());
            }
        });
    }

    private void lookSoon() {
        if (window.isShut() && !lookingSoon) {
            lookingSoon = true;
            world.arrive("looks of " + shard + " at " + gateway.address, () -> {
                lookingSoon = false;
                window.open().forEach(this::pay);
            });
        }
    }

    boolean isFree() {
        return window.isIdle();
    }
}
