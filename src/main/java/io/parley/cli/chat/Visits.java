package io.parley.cli.chat;

import io.parley.client.ParleyClient;
import io.parley.client.RoomNews;
import io.parley.client.Target;
import java.util.LinkedHashSet;
import java.util.Set;

/** The rooms that the person is in, and what happens there besides talk. The client bounds how many they can be. */
final class Visits {

    private final ParleyClient client;
    private final View view;
    private final AboutPlaces about;
    private final Answers answers;
    private final Set<String> in = new LinkedHashSet<>();

    Visits(ParleyClient client, View view, AboutPlaces about, Answers answers) {
        this.client = client;
        this.view = view;
        this.about = about;
        this.answers = answers;
    }

    /** @param refused  run when the person cannot be there */
    void enter(String room, Runnable refused) {
        if (in.contains(room)) {
            return;
        }
        answers.await(
                client.join(room),
                done -> {
                    in.add(room);
                    view.tell(about.in(room));
                },
                cause -> {
                    refused.run();
                    view.warn(about.notIn(room, cause));
                });
    }

    void leave(String room) {
        in.remove(room);
        answers.await(
                client.leave(room),
                done -> view.tell(about.out(room)),
                cause -> view.warn(about.failed(new Target.Room(room), cause)));
    }

    /** @param room  null for all of one's own */
    void look(String room) {
        answers.await(
                client.look(room),
                answer -> view.tell(about.people(answer, room)),
                cause -> view.warn(about.failure(cause)));
    }

    void list() {
        view.tell(about.rooms(in));
    }

    /** The room that the person is in, when it is one only; else null. */
    String only() {
        return in.size() == 1 ? in.iterator().next() : null;
    }

    /** One's own coming and going is told as the answer to what was typed. */
    void happened(RoomNews news) {
        Target room = new Target.Room(news.room());
        if (news instanceof RoomNews.Entered entered && !entered.me()) {
            view.moved(room, about.entered(entered));
        } else if (news instanceof RoomNews.Left left && !left.me()) {
            view.moved(room, about.left(left));
        } else if (news instanceof RoomNews.Lost lost) {
            in.remove(lost.room());
            view.warn(about.notIn(lost.room(), lost.why()));
        }
    }
}
