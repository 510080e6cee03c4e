package io.parley.delivery;

import io.parley.protocol.Command;
import io.parley.protocol.Entrance;
import io.parley.protocol.Event;
import io.parley.session.Session;
import io.parley.session.Wire;
import java.util.ArrayList;
import java.util.List;

/** A client in {@link World}: shows each message once, acknowledges when it likes, comes and goes. */
final class SimulatedClient {

    /** Ids of the messages in the order in which they were first shown, across all connections. */
    final List<String> shown = new ArrayList<>();

    private final World world;
    private final String userId;
    private final List<Link> links = new ArrayList<>();
    private int connections;

    SimulatedClient(World world, String userId) {
        this.world = world;
        this.userId = userId;
    }

    /** Logs in with a new connection; older ones are left to be ended by the node. */
    void connect(SimulatedGateway gateway) {
        Link link = new Link("s" + connections++ + "-" + userId, gateway);
        links.add(link);
        link.toNode(session -> session.verify(new Command.Verify(userId, "password", null)));
    }

    boolean isConnected() {
        return links.stream().anyMatch(link -> !link.closed && !link.gateway.isCrashed());
    }

    /** How many sessions are open now. */
    long openSessions() {
        return links.stream()
                .filter(link -> !link.gateway.isCrashed() && link.session.isOpen())
                .count();
    }

    void acknowledge() {
        links.forEach(Link::acknowledge);
    }

    void disconnectOne() {
        if (!links.isEmpty()) {
            links.get(world.random.nextInt(links.size())).disconnect();
        }
    }

    void heartbeat() {
        links.forEach(link -> link.gateway.refresh(link.session));
    }

    /** One connection. */
    private final class Link implements Wire {
        private final String id;
        private final SimulatedGateway gateway;
        private final Session session;
        private boolean closed;
        private long lastSeq;
        private long ackedSeq;

        Link(String id, SimulatedGateway gateway) {
            this.id = id;
            this.gateway = gateway;
            this.session = gateway.accept(id, this);
        }

        void toNode(java.util.function.Consumer<Session> command) {
            world.arrive(id + " to node", () -> {
                if (!gateway.isCrashed()) {
                    command.accept(session);
                }
            });
        }

        void acknowledge() {
            if (!closed && lastSeq > ackedSeq) {
                ackedSeq = lastSeq;
                long seq = lastSeq;
                toNode(open -> {
                    if (open.isOpen()) {
                        open.ack(new Command.Ack(seq));
                    }
                });
            }
        }

        void disconnect() {
            if (!closed) {
                closed = true;
                toNode(Session::disconnected);
            }
        }

        @Override
        public Entrance entrance() {
            return Entrance.of("127.0.0.1");
        }

        /** A login that failed is given up; the next one comes over a new connection. */
        @Override
        public void send(Event event) {
            if (event instanceof Event.NotVerified) {
                close();
            }
        }

        @Override
        public void deliver(Event.Delivery delivery, Runnable written) {
            world.arrive("node to " + id, () -> {
                if (!closed) {
                    lastSeq = delivery.seq();
                    if (!shown.contains(delivery.envelope().id())) {
                        shown.add(delivery.envelope().id());
                    }
                }
            });
        }

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public void close() {
            world.arrive("node to " + id, this::disconnect);
        }

        @Override
        public void cut() {
            close();
        }
    }
}
