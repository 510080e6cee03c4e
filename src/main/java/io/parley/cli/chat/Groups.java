package io.parley.cli.chat;

import io.parley.client.ParleyClient;
import io.parley.client.Target;
import io.parley.protocol.GroupInfo;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The groups that the person is in, as far as the node has told them: their names belong to the conversations. */
final class Groups {

    /** Chosen: more than anybody looks through, and little to keep. */
    private static final int MOST_KNOWN = 1_000;

    private final ParleyClient client;
    private final View view;
    private final ChatThread thread;
    private final AboutPlaces about;
    private final Talks talks;
    private final Answers answers;
    private final Map<String, String> names = new LinkedHashMap<>();

    /** Those whose names were asked for, so that a group that is not in the list is looked for once. */
    private final Set<String> soughtAfter = new HashSet<>();

    Groups(ParleyClient client, View view, ChatThread thread, AboutPlaces about, Talks talks, Answers answers) {
        this.client = client;
        this.view = view;
        this.thread = thread;
        this.about = about;
        this.talks = talks;
        this.answers = answers;
    }

    /** By their ids. */
    Map<String, String> names() {
        return Map.copyOf(names);
    }

    void list() {
        answers.await(
                client.groups(),
                groups -> {
                    know(groups);
                    view.tell(about.groups(groups));
                },
                cause -> view.warn(about.failure(cause)));
    }

    void make(String name, List<String> members) {
        answers.await(
                client.createGroup(name, members),
                id -> {
                    know(List.of(new GroupInfo(id, name, "", 0)));
                    view.tell(about.made(name, id));
                },
                cause -> view.warn(about.failure(cause)));
    }

    void change(String group, List<String> add, List<String> remove) {
        Target target = new Target.Group(group);
        answers.await(
                client.changeGroup(group, add, remove),
                done -> view.tell(about.changed(target)),
                cause -> view.warn(about.failed(target, cause)));
    }

    /** Its name is asked for when it is not known. Nobody waits for it. */
    void begin(Talk talk, Runnable named) {
        String known = names.get(talk.id());
        if (known != null) {
            talk.name(known);
        } else if (soughtAfter.size() < MOST_KNOWN && soughtAfter.add(talk.id())) {
            // A connection that is lost meanwhile costs the name, not the conversation.
            client.groups()
                    .onSuccess(groups -> thread.run(() -> {
                        know(groups);
                        named.run();
                    }))
                    .onFailure(cause -> thread.run(() -> soughtAfter.remove(talk.id())));
        }
    }

    private void know(List<GroupInfo> groups) {
        for (GroupInfo group : groups) {
            if (names.size() < MOST_KNOWN || names.containsKey(group.id())) {
                names.put(group.id(), group.name());
            }
            Talk talk = talks.find(new Target.Group(group.id()));
            if (talk != null) {
                talk.name(group.name());
            }
        }
    }
}
