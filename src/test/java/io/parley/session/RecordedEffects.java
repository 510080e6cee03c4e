package io.parley.session;

import io.parley.protocol.Command;
import io.parley.protocol.Entrance;
import io.parley.protocol.Envelope;
import io.parley.protocol.Event;
import io.parley.protocol.Identity;
import io.parley.protocol.Location;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/** Writes down what the session asks for; a test answers each question when it likes. */
final class RecordedEffects implements Effects {

    /** A question without an answer yet. */
    record Asked<T>(Consumer<T> then, Consumer<Refusal> otherwise) {
        void answer(T answer) {
            then.accept(answer);
        }

        void refuse(Refusal why) {
            otherwise.accept(why);
        }
    }

    final Queue<Asked<Identity>> logins = new ArrayDeque<>();
    final Queue<Asked<Claimed>> claims = new ArrayDeque<>();
    final Queue<Asked<Location>> guestClaims = new ArrayDeque<>();
    final Queue<Asked<Boolean>> asked = new ArrayDeque<>();
    final Queue<Asked<List<Envelope>>> reads = new ArrayDeque<>();
    final Queue<Asked<Void>> removals = new ArrayDeque<>();
    final Queue<Asked<Location>> appends = new ArrayDeque<>();
    final Queue<Asked<Event>> questions = new ArrayDeque<>();
    final Queue<Asked<Void>> submissions = new ArrayDeque<>();
    /** Run one to say that the guest's id has an account by now. */
    final Queue<Runnable> accounts = new ArrayDeque<>();

    /** Run one to say that the session at the other location has ended. */
    final Queue<Runnable> endings = new ArrayDeque<>();

    final Queue<Runnable> releases = new ArrayDeque<>();
    final Queue<Runnable> timers = new ArrayDeque<>();

    /** Milliseconds. */
    long now;
    /** How often the session stirred: no sentence, as what the session does is what it was stirred by. */
    int stirred;

    private final List<String> happened;

    RecordedEffects(List<String> happened) {
        this.happened = happened;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void authenticate(
            Command.Verify command, Entrance entrance, Consumer<Identity> then, Consumer<Refusal> otherwise) {
        happened.add("authenticate " + command.userId());
        logins.add(new Asked<>(then, otherwise));
    }

    @Override
    public void claim(String userId, Location mine, Consumer<Claimed> then, Consumer<Refusal> otherwise) {
        happened.add("claim " + userId + " for " + mine.session());
        claims.add(new Asked<>(then, otherwise));
    }

    @Override
    public void claimFree(
            String userId, Location mine, Location gone, Consumer<Location> then, Consumer<Refusal> otherwise) {
        happened.add("claim free " + userId + (gone == null ? "" : " of " + gone.session()));
        guestClaims.add(new Asked<>(then, otherwise));
    }

    @Override
    public void ifAccount(String userId, Runnable then) {
        happened.add("has " + userId + " an account");
        accounts.add(then);
    }

    @Override
    public void endSession(Location location, Runnable then) {
        happened.add("end " + location.session());
        endings.add(then);
    }

    @Override
    public void askSession(Location location, Consumer<Boolean> then) {
        happened.add("ask " + location.session());
        asked.add(new Asked<>(then, null));
    }

    @Override
    public void release(String userId, Location mine, Runnable then) {
        happened.add("release " + userId + " from " + mine.session());
        releases.add(then);
    }

    @Override
    public void read(
            String userId, String afterId, int limit, Consumer<List<Envelope>> then, Consumer<Refusal> otherwise) {
        happened.add(afterId == null ? "read from the start" : "read after " + afterId);
        reads.add(new Asked<>(then, otherwise));
    }

    @Override
    public void remove(String userId, Collection<String> ids, Runnable then, Consumer<Refusal> otherwise) {
        happened.add("remove " + ids);
        removals.add(new Asked<>(removed -> then.run(), otherwise));
    }

    @Override
    public void append(String userId, Envelope envelope, Consumer<Location> then, Consumer<Refusal> otherwise) {
        happened.add("append " + envelope.id());
        appends.add(new Asked<>(then, otherwise));
    }

    @Override
    public void nudge(Location location) {
        happened.add("nudge " + location.session());
    }

    @Override
    public void submit(Session session, Identity sender, Command.Send command, Consumer<Refusal> otherwise) {
        happened.add("submit " + command.clientId() + " from " + sender.userId());
        submissions.add(new Asked<>(null, otherwise));
    }

    @Override
    public void taken(Origin push) {
        answered("taken", push);
    }

    @Override
    public void refused(Origin push) {
        answered("refused", push);
    }

    @Override
    public void acked(Origin push) {
        answered("acked", push);
    }

    @Override
    public void stored(Origin push) {
        answered("stored", push);
    }

    @Override
    public void failed(Origin push, Refusal why) {
        answered("failed " + why.code().code(), push);
    }

    private void answered(String answer, Origin push) {
        happened.add(answer + " " + push.courier() + "#" + push.number());
    }

    @Override
    public void ask(
            Session session, Identity asker, Question question, Consumer<Event> then, Consumer<Refusal> otherwise) {
        happened.add("ask " + question);
        questions.add(new Asked<>(then, otherwise));
    }

    @Override
    public void later(Duration delay, Runnable task) {
        happened.add("later " + delay.toMillis() + " ms");
        timers.add(task);
    }

    @Override
    public void opened(Session session) {
        happened.add("opened");
    }

    @Override
    public void stirred(Session session) {
        stirred++;
    }

    @Override
    public void gone(Session session) {
        happened.add("gone");
    }
}
