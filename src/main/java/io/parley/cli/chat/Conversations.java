package io.parley.cli.chat;

import io.parley.client.Incoming;
import io.parley.client.ParleyClient;
import io.parley.client.Target;
import io.parley.protocol.Refusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** What is said in a chat, and where: which conversation is the present one, and what becomes of what arrives. */
final class Conversations {

    private final ParleyClient client;
    private final View view;
    private final About about;
    private final Fates fates;
    private final Clock clock;
    private final Talks talks;
    private final Groups groups;
    private final Answers answers;
    private final Talk everybody = new Talk(Target.EVERYBODY);

    /** Null while the person has chosen none. */
    private Talk partner;

    private boolean online;
    private boolean abandoned;
    private boolean toldOfUnread;

    Conversations(
            ParleyClient client,
            View view,
            About about,
            Fates fates,
            Clock clock,
            Talks talks,
            Groups groups,
            Answers answers) {
        this.client = client;
        this.view = view;
        this.about = about;
        this.fates = fates;
        this.clock = clock;
        this.talks = talks;
        this.groups = groups;
        this.answers = answers;
    }

    void arrived(Incoming incoming) {
        Entry entry = Entry.of(incoming);
        if (entry.where().equals(Target.EVERYBODY)) {
            view.arrived(entry); // Nobody answers everybody, so it is no conversation
            return;
        }
        Talk talk = in(entry.where());
        talk.saw(entry);
        boolean here = !view.keepsApart() || partner == null || isWith(entry.where());
        if (here || !talks.keepUnread(talk, entry)) {
            view.arrived(entry);
            talk.remember(entry);
        } else if (!toldOfUnread) {
            toldOfUnread = true;
            view.tell(about.elsewhere(talk));
        }
        showStanding();
    }

    void say(Target to, String text) {
        say(to.equals(Target.EVERYBODY) ? everybody : in(to), text);
    }

    void say(Talk to, String text) {
        Entry entry = new Entry(to.target(), to.id(), to.name(), clock.millis(), text, EnumSet.of(Entry.Mark.MINE));
        Outgoing message = new Outgoing(to, entry, !online);
        to.saw(entry);
        to.remember(entry);
        view.sent(message);
        answers.await(client.send(to.target(), text), receipt -> answered(message, fates.of(to, receipt)), cause -> {
            abandoned |= !(cause instanceof Refusal);
            answered(message, fates.of(to, cause));
        });
    }

    private void answered(Outgoing message, Outgoing.Fate fate) {
        message.answered(fate);
        view.answered(message);
    }

    void turnTo(Target target) {
        partner = in(target);
        List<Entry> before = partner.recent();
        view.turned(partner, before, talks.takeUnread(partner));
    }

    /** What is typed next must not go where nobody hears it. */
    void turnAwayFrom(Target target) {
        if (isWith(target)) {
            partner = null;
            view.turnedAway();
        }
    }

    /** The present one; null when there is none. */
    Talk partner() {
        return partner;
    }

    boolean isWith(Target target) {
        return partner != null && partner.target().equals(target);
    }

    /** The one that was used last comes first. */
    List<Talk> all() {
        return talks.all();
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

    void showStanding() {
        view.standing(new View.Standing(partner, talks.withUnread(), talks.all(), groups.names(), online));
    }

    private Talk in(Target target) {
        boolean begins = talks.find(target) == null;
        Talk talk = talks.with(target);
        if (begins && target instanceof Target.Group) {
            groups.begin(talk, this::showStanding);
        }
        return talk;
    }
}
