package io.parley.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.RawClient;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Two well-behaved clients that talk all the time, each message received, acknowledged and receipted before the next:
 * whatever a third one does must not disturb them.
 */
final class Conversation implements AutoCloseable {

    /** A steady trickle: it is there to be disturbed, not to keep the machine busy. */
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String recipient;
    private final RawClient sending;
    private final RawClient receiving;
    private final Thread thread = new Thread(this::talk, "conversation");
    private int rounds;
    private Throwable failure;
    private boolean ended;

    /** Between two accounts of its own. */
    static Conversation on(TestNode node) {
        List<String> users = TestNode.fresh(2);
        node.add(users.get(0), users.get(1));
        return new Conversation(node.port(), users.get(0), users.get(1));
    }

    private Conversation(int port, String sender, String recipient) {
        this.recipient = recipient;
        this.sending = RawClient.login(port, sender);
        this.receiving = RawClient.login(port, recipient);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for a whole exchange that begins now. */
    synchronized void goesOn() {
        int wanted = rounds + 2;
        long deadline = System.nanoTime() + RawClient.PATIENCE.toNanos();
        while (rounds < wanted && failure == null && System.nanoTime() < deadline) {
            try {
                wait(100);
            } catch (InterruptedException interrupted) {
                throw new AssertionError("interrupted", interrupted);
            }
        }
        assertThat(failure).as("why the conversation of others ended").isNull();
        assertThat(rounds).as("exchanges of others").isGreaterThanOrEqualTo(wanted);
    }

    private void talk() {
        try {
            while (!hasEnded()) {
                exchange("c" + rounds);
                LockSupport.parkNanos(PACE_NANOS);
            }
        } catch (RuntimeException | AssertionError broken) {
            ends(broken);
        }
    }

    private void exchange(String clientId) {
        sending.single(clientId, recipient, "hello");
        JsonObject delivery = receiving.expect(RawClient.DELIVERY);
        assertThat(delivery.getString("client_id")).isEqualTo(clientId);
        receiving.ack(delivery.getLong("seq"));
        String status = sending.expect(RawClient.RECEIPT).getString("status");
        // The very first message may meet the recipient's login drain, and take the way through the mailbox.
        assertThat(status).isIn(rounds == 0 ? List.of("delivered", "stored") : List.of("delivered"));
        completed();
    }

    private synchronized void completed() {
        rounds++;
        notifyAll();
    }

    private synchronized void ends(Throwable broken) {
        failure = broken;
        notifyAll();
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
        }
        try {
            thread.join(RawClient.PATIENCE.toMillis());
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
        sending.close();
        receiving.close();
    }
}
