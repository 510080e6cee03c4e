package io.parley.cli.chat;

import io.parley.cli.PlainText;
import io.parley.client.ParleyClient;
import io.parley.client.Target;
import java.util.List;

/** What typed lines do. */
final class Typed implements Commands.Handler {

    private final ParleyClient client;
    private final View view;
    private final About about;
    private final Conversations conversations;
    private final Visits visits;
    private final Groups groups;
    private final Answers answers;
    private boolean more;

    Typed(
            ParleyClient client,
            View view,
            About about,
            Conversations conversations,
            Visits visits,
            Groups groups,
            Answers answers) {
        this.client = client;
        this.view = view;
        this.about = about;
        this.conversations = conversations;
        this.visits = visits;
        this.groups = groups;
        this.answers = answers;
    }

    /** Whether there may be another line; {@code whenAnswered} is run when nothing more will come of this one. */
    boolean take(String line, Runnable whenAnswered) {
        more = true;
        answers.begin(whenAnswered);
        Commands.read(line, this);
        answers.taken();
        conversations.showStanding();
        return more;
    }

    @Override
    public void say(String text) {
        if (conversations.partner() == null) {
            mistake("chat.nobody", "");
        } else {
            conversations.say(conversations.partner(), text);
        }
    }

    @Override
    public void turnTo(String userId) {
        conversations.turnTo(new Target.One(userId));
    }

    @Override
    public void message(String userId, String text) {
        Target target = new Target.One(userId);
        if (!conversations.isWith(target)) {
            conversations.turnTo(target);
        }
        say(text);
    }

    @Override
    public void groups() {
        groups.list();
    }

    @Override
    public void turnToGroup(String group) {
        conversations.turnTo(new Target.Group(group));
    }

    @Override
    public void makeGroup(String name, List<String> members) {
        groups.make(name, members);
    }

    @Override
    public void changeGroup(String group, List<String> add, List<String> remove) {
        groups.change(group, add, remove);
    }

    @Override
    public void rooms() {
        visits.list();
    }

    @Override
    public void enter(String room) {
        Target target = new Target.Room(room);
        conversations.turnTo(target);
        visits.enter(room, () -> conversations.turnAwayFrom(target));
    }

    @Override
    public void leave(String room) {
        if (room == null && !isInARoom()) {
            mistake("chat.leave.where", "");
            return;
        }
        String left = room == null ? conversations.partner().id() : room;
        conversations.turnAwayFrom(new Target.Room(left));
        visits.leave(left);
    }

    @Override
    public void look(String room) {
        visits.look(room);
    }

    @Override
    public void sayInRoom(String text) {
        if (isInARoom()) {
            say(text);
        } else if (visits.only() != null) {
            conversations.say(new Target.Room(visits.only()), text);
        } else {
            mistake("chat.say.where", "");
        }
    }

    @Override
    public void broadcast(String text) {
        conversations.say(Target.EVERYBODY, text);
    }

    @Override
    public void online(List<String> userIds) {
        List<Talk> known = conversations.all();
        List<String> asked = userIds.isEmpty()
                ? known.stream()
                        .filter(talk -> Place.isPerson(talk.target()))
                        .map(Talk::id)
                        .limit(Commands.MOST_ASKED)
                        .toList()
                : userIds;
        if (asked.isEmpty()) {
            mistake("chat.online.usage", "");
            return;
        }
        answers.await(
                client.online(asked),
                answer -> view.tell(about.online(answer, known)),
                cause -> view.warn(about.failure(cause)));
    }

    @Override
    public void list() {
        view.tell(about.talks(conversations.all(), conversations.partner()));
    }

    @Override
    public void who() {
        view.tell(about.myself(conversations.isOnline(), conversations.all()));
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

    private boolean isInARoom() {
        Talk partner = conversations.partner();
        return partner != null && partner.target() instanceof Target.Room;
    }
}
