package io.parley.cli.chat;

import io.parley.cli.PlainText;
import io.parley.client.Incoming;
import io.parley.client.ParleyClient;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.vertx.core.AsyncResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What is said in a chat: who it is with, what typed lines do, and what becomes of what arrives. */
final class Conversations implements Commands.Handler {

    private final ParleyClient client;
    private final View view;
    private final ChatThread thread;
    private final About about;
    private final Clock clock;
    private final Talks talks = new Talks();

    /** Null until the person chose one. */
    private Talk partner;

    private boolean online;
    private boolean abandoned;
    private boolean toldOfUnread;

    // About the line that is being taken
    private Runnable answered;
    private boolean sent;
    private boolean more;

    Conversations(ParleyClient client, View view, ChatThread thread, About about, Clock clock) {
        this.client = client;
        this.view = view;
        this.thread = thread;
        this.about = about;
        this.clock = clock;
    }

    /** Whether there may be another line; {@code whenAnswered} is run when nothing more will come of this one. */
    boolean take(String line, Runnable whenAnswered) {
        answered = whenAnswered;
        sent = false;
        more = true;
        Commands.read(line, this);
        if (!sent) {
            answered.run();
        }
        showStanding();
        return more;
    }

    void arrived(Incoming incoming) {
        Entry entry = Entry.of(incoming);
        Talk talk = talks.with(entry.id());
        talk.saw(entry);
        boolean here = !view.keepsApart() || partner == null || partner.id().equals(talk.id());
        if (here || !talks.keepUnread(talk, entry)) {
            view.arrived(entry);
            talk.remember(entry);
        } else if (!toldOfUnread) {
            toldOfUnread = true;
            view.tell(about.elsewhere(talk));
        }
        showStanding();
    }

    boolean isOnline() {
        return online;
    }

    void online(boolean now) {
        online = now;
        showStanding();
    }

    /** Whether every message has had its receipt. */
    boolean allAnswered() {
        return !abandoned;
    }

    List<Entry> takeUnread() {
        List<Entry> unread = new ArrayList<>();
        talks.withUnread().forEach(talk -> unread.addAll(talks.takeUnread(talk)));
        return unread;
    }

    @Override
    public void say(String text) {
        if (partner == null) {
            mistake("chat.nobody", "");
            return;
        }
        sent = true;
        Entry entry = new Entry(partner.id(), partner.name(), clock.millis(), text, false, true);
        Outgoing message = new Outgoing(partner, entry, !online);
        Runnable whenAnswered = answered;
        partner.saw(entry);
        partner.remember(entry);
        view.sent(message);
        client.send(partner.id(), text)
                .onComplete(result -> thread.run(() -> {
                    whenAnswered.run();
                    answered(message, result);
                }));
    }

    private void answered(Outgoing message, AsyncResult<Receipt> result) {
        if (result.succeeded()) {
            message.answered(result.result().status(), about.receipt(message.to(), result.result()));
        } else {
            abandoned |= !(result.cause() instanceof Refusal);
            message.answered(null, about.noReceipt(message.to(), result.cause()));
        }
        view.answered(message);
    }

    @Override
    public void turnTo(String userId) {
        partner = talks.with(userId);
        List<Entry> before = partner.recent();
        view.turned(partner, before, talks.takeUnread(partner));
    }

    @Override
    public void message(String userId, String text) {
        if (partner == null || !partner.id().equals(userId)) {
            turnTo(userId);
        }
        say(text);
    }

    @Override
    public void online(List<String> userIds) {
        List<String> asked = userIds.isEmpty()
                ? talks.all().stream().map(Talk::id).limit(Commands.MOST_ASKED).toList()
                : userIds;
        if (asked.isEmpty()) {
            mistake("chat.online.usage", "");
            return;
        }
        client.online(asked)
                .onComplete(answer -> thread.run(() -> {
                    if (answer.succeeded()) {
                        view.tell(about.online(answer.result(), talks.all()));
                    } else {
                        view.warn(about.failure(answer.cause()));
                    }
                }));
    }

    @Override
    public void list() {
        view.tell(about.talks(talks.all(), partner));
    }

    @Override
    public void who() {
        view.tell(about.myself(online, talks.all()));
    }

    @Override
    public void help() {
        view.tell(about.help(view.keepsApart()));
    }

    @Override
    public void quit() {
        more = false;
    }

    @Override
    public void mistake(String key, String word) {
        view.warn(about.mistake(key, PlainText.of(word)));
    }

    private void showStanding() {
        view.standing(new View.Standing(partner, talks.withUnread(), talks.all(), online));
    }
}
