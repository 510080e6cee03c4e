package io.parley.gateway;

import io.parley.bus.Failures;
import io.parley.bus.Submissions.Share;
import io.parley.bus.Submissions.Submission;
import io.parley.gateway.Outgoing.Behind;
import io.parley.gateway.Outgoing.ToSeveral;
import io.parley.protocol.Audience;
import io.parley.protocol.Command;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.parley.session.Session;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Messages to several recipients, of all sessions of one gateway. Each becomes a submission for every recipient, with
 * the same envelope, through the same lanes as a message to one; what becomes of them is collected into one receipt.
 *
 * <p>What a session sends after such a message waits until it is handed over, so that the order holds. All are handed
 * over in turns of a bounded size, one session after the other, so that a large group holds up nobody.
 */
final class Fanouts {

    /** Recipients in one turn of the loop: some tenths of a millisecond. */
    private static final int PACE = 256;

    /** A task that follows at once would run before the loop looks at its sockets and timers again. */
    private static final long PAUSE_MILLIS = 1;

    private static final Refusal TOO_MANY = new Refusal(
            ErrorCode.TOO_MANY, "too many recipients of earlier messages have no outcome yet", Duration.ofSeconds(1));

    private final Context context;
    private final GroupBook groups;
    private final Stamp stamp;
    private final Submitter submitter;
    private final FanoutTable table = new FanoutTable();
    /** By session, while its line is not empty. */
    private final Map<String, Outgoing> waiting = new HashMap<>();
    /** Those of the waiting whose first can be handed over. */
    private final Deque<Outgoing> ready = new ArrayDeque<>();

    private boolean scheduled;

    Fanouts(Context context, GroupBook groups, Stamp stamp, Submitter submitter) {
        this.context = context;
        this.groups = groups;
        this.stamp = stamp;
        this.submitter = submitter;
    }

    /** Whether what the session sends now would overtake a message to several. */
    boolean isWaiting(Session session) {
        return waiting.containsKey(session.id());
    }

    /** Runs the submission when everything before it is handed over; only while the session {@link #isWaiting}. */
    void behind(Session session, Runnable submission) {
        waiting.get(session.id()).add(new Behind(submission));
    }

    /** @param otherwise refuses it before it has a message_id */
    void send(Session session, Identity sender, Command.Group command, Consumer<Refusal> otherwise) {
        ToSeveral several = new ToSeveral(session, sender, command, otherwise);
        Outgoing outgoing = waiting.computeIfAbsent(session.id(), Outgoing::new);
        outgoing.add(several);
        if (command.group() == null) {
            several.recipients = command.chatTo();
            makeReady(outgoing);
        } else {
            // Now, and not when it is the first: else the waits for MySQL of a whole line add up.
            groups.members(command.group(), sender.userId())
                    .onSuccess(members -> several.recipients = without(sender.userId(), members))
                    .onFailure(failure -> several.refusal = Failures.refusal(failure))
                    .onComplete(resolved -> makeReady(outgoing));
        }
    }

    private static List<String> without(String sender, List<String> members) {
        return members.stream().filter(each -> !each.equals(sender)).toList();
    }

    private void makeReady(Outgoing outgoing) {
        if (!outgoing.queued && outgoing.isReady()) {
            outgoing.queued = true;
            ready.add(outgoing);
            schedule();
        }
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(later -> turn());
        }
    }

    private void turn() {
        try {
            int left = PACE;
            while (left > 0 && !ready.isEmpty()) {
                Outgoing outgoing = ready.remove();
                left -= Math.max(1, advance(outgoing, left));
                outgoing.queued = false;
                makeReady(outgoing);
            }
        } finally {
            scheduled = !ready.isEmpty();
            if (scheduled) {
                context.owner().setTimer(PAUSE_MILLIS, later -> turn());
            }
        }
    }

    /** @return how much of the pace it took */
    private int advance(Outgoing outgoing, int pace) {
        if (outgoing.first() instanceof Behind behind) {
            leave(outgoing);
            behind.submission().run();
            return 1;
        }
        ToSeveral several = (ToSeveral) outgoing.first();
        if (several.envelope == null) {
            Refusal refusal = accept(several);
            if (refusal != null) {
                leave(outgoing);
                several.otherwise.accept(refusal);
                return 1;
            }
        }
        int before = several.handed;
        hand(several, pace);
        if (several.handed == several.recipients.size()) {
            leave(outgoing);
        }
        return Math.max(1, several.handed - before);
    }

    /** Before anybody is told of it: then the client may be read on, and send more in the same moment. */
    private void leave(Outgoing outgoing) {
        outgoing.removeFirst();
        if (outgoing.isEmpty()) {
            waiting.remove(outgoing.session);
        }
    }

    /** @return why not; null when it has its message_id now */
    private Refusal accept(ToSeveral several) {
        if (several.refusal != null) {
            return several.refusal;
        }
        String session = several.session.id();
        int recipients = several.recipients.size();
        if (!table.hasRoom(session, recipients)) {
            return TOO_MANY;
        }
        String group = several.command.group();
        Envelope envelope = stamp.envelope(several.sender, several.command, Audience.group(group));
        if (envelope == null) {
            return Stamp.TOO_LARGE;
        }
        several.envelope = envelope;
        Fanout fanout = new Fanout(several.command.clientId(), envelope.id(), several.recipients, group != null);
        if (fanout.isSettled()) {
            several.session.receipt(fanout.receipt());
        } else {
            several.number = table.add(session, fanout, recipients);
        }
        return null;
    }

    private void hand(ToSeveral several, int pace) {
        int end = Math.min(several.recipients.size(), several.handed + pace);
        for (; several.handed < end; several.handed++) {
            submitter.hand(new Submission(
                    several.session.id(),
                    several.command.clientId(),
                    several.recipients.get(several.handed),
                    several.envelope,
                    new Share(several.number, several.handed)));
        }
    }

    /** @return the receipt for the sender, when this was the last outcome that the message waited for; else null */
    Receipt settle(Share share, Receipt outcome) {
        return table.settle(share, outcome);
    }
}
