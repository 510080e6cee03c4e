package io.parley.session;

import io.parley.protocol.Entrance;
import io.parley.protocol.Event;
import java.util.ArrayDeque;
import java.util.List;

/** A connection that writes down what the session does to it. */
final class RecordedWire implements Wire, Event.Handler<String> {

    /**
     * One for each delivery that the socket has not taken yet, oldest first; only the dialect without acks asks for
     * them.
     */
    final ArrayDeque<Runnable> written = new ArrayDeque<>();
    /** Whether the socket takes each delivery while it is still being written. */
    boolean takesAtOnce;
    /** Runs when a delivery is written, for a connection that is full after it. */
    Runnable afterDelivery = () -> {};

    private final List<String> happened;

    RecordedWire(List<String> happened) {
        this.happened = happened;
    }

    @Override
    public Entrance entrance() {
        return Entrance.of("192.0.2.1");
    }

    @Override
    public void send(Event event) {
        happened.add(event.to(this));
    }

    @Override
    public void deliver(Event.Delivery delivery, Runnable taken) {
        happened.add(delivery.to(this));
        if (takesAtOnce) {
            taken.run();
        } else {
            written.add(taken);
        }
        afterDelivery.run();
    }

    @Override
    public void pauseReading() {
        happened.add("pause reading");
    }

    @Override
    public void resumeReading() {
        happened.add("resume reading");
    }

    @Override
    public void close() {
        happened.add("close");
    }

    @Override
    public void cut() {
        happened.add("cut");
    }

    @Override
    public String verified(Event.Verified event) {
        return "verified " + event.userId() + " waiting " + event.waiting();
    }

    @Override
    public String notVerified(Event.NotVerified event) {
        return "not verified " + event.refusal().code().code();
    }

    @Override
    public String delivery(Event.Delivery event) {
        return (event.replayed() ? "replay " : "deliver ") + event.seq() + " "
                + event.envelope().id();
    }

    @Override
    public String bye(Event.Bye event) {
        return "bye " + event.reason().code();
    }

    @Override
    public String receipted(Event.Receipted event) {
        String status = event.receipt().status().name().toLowerCase(java.util.Locale.ROOT);
        String error = event.receipt().error() == null
                ? ""
                : " " + event.receipt().error().code().code();
        return "receipt " + event.receipt().clientId() + " " + status + error;
    }

    @Override
    public String failed(Event.Failed event) {
        return "error " + event.refusal().code().code() + " to " + event.command();
    }

    @Override
    public String pong(Event.Pong event) {
        return "pong " + event.content();
    }

    @Override
    public String heard(Event.Heard event) {
        return "heard " + event.envelope().id();
    }

    @Override
    public String entered(Event.Entered event) {
        return event.who().userId() + " entered " + event.room();
    }

    @Override
    public String left(Event.Left event) {
        return event.who().userId() + " left " + event.room();
    }

    @Override
    public String look(Event.LookAnswer event) {
        return "look " + event.rooms();
    }

    @Override
    public String groupCreated(Event.GroupCreated event) {
        return "group created " + event.group();
    }

    @Override
    public String groupChanged(Event.GroupChanged event) {
        return "group changed " + event.group();
    }

    @Override
    public String groups(Event.GroupsAnswer event) {
        return "groups " + event.groups();
    }

    @Override
    public String accepted(Event.Accepted event) {
        return "accepted " + event.number();
    }

    @Override
    public String online(Event.OnlineAnswer event) {
        return "online " + event.online();
    }
}
