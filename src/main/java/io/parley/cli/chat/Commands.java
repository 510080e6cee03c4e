package io.parley.cli.chat;

import io.parley.protocol.GroupRules;
import io.parley.protocol.Room;
import io.parley.protocol.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What can be typed: a line that begins with a slash is a command, any other is a message. */
final class Commands {

    /** In the order in which the help tells them. */
    static final List<String> NAMES = List.of(
            "/msg",
            "/group",
            "/room",
            "/leave",
            "/say",
            "/look",
            "/broadcast",
            "/list",
            "/online",
            "/who",
            "/help",
            "/quit");

    /** The bound of the node (protocol.md, online). */
    static final int MOST_ASKED = 100;

    private Commands() {}

    /** One method a command; exactly one is called for a line, none for a blank one. */
    interface Handler {
        /** To whoever the conversation is with. */
        void say(String text);

        void turnTo(String userId);

        void message(String userId, String text);

        void groups();

        void turnToGroup(String group);

        void makeGroup(String name, List<String> members);

        void changeGroup(String group, List<String> add, List<String> remove);

        void rooms();

        void enter(String room);

        /** @param room  null for the one of the present conversation; of {@link #look} for all of one's own */
        void leave(String room);

        void look(String room);

        void sayInRoom(String text);

        void broadcast(String text);

        /** @param userIds  empty for everybody who was seen */
        void online(List<String> userIds);

        void list();

        void who();

        void help();

        void quit();

        /** @param key  of the sentence that says what is wrong; {@code word} is its argument */
        void mistake(String key, String word);
    }

    static void read(String typed, Handler handler) {
        String line = typed.stripTrailing();
        if (line.isEmpty()) {
            return;
        }
        if (!line.startsWith("/") || line.startsWith("//")) {
            handler.say(line.startsWith("//") ? line.substring(1) : line);
            return;
        }
        String[] words = line.split("\\s+");
        switch (words[0]) {
            case "/msg" -> message(line.split("\\s+", 3), handler);
            case "/group" -> group(words, handler);
            case "/room", "/leave", "/look" -> room(words, handler);
            case "/say", "/broadcast" -> text(line.split("\\s+", 2), handler);
            case "/online" -> online(words, handler);
            case "/list" -> handler.list();
            case "/who" -> handler.who();
            case "/help" -> handler.help();
            case "/quit" -> handler.quit();
            default -> handler.mistake("chat.unknown", words[0]);
        }
    }

    private static void message(String[] words, Handler handler) {
        if (words.length < 2 || !UserId.isValid(words[1])) {
            handler.mistake("chat.msg.usage", "");
        } else if (words.length == 2) {
            handler.turnTo(words[1]);
        } else {
            handler.message(words[1], words[2]);
        }
    }

    /** With signs before all ids it is a change, with none a new group; a mixture is neither. */
    private static void group(String[] words, Handler handler) {
        List<String> add = new ArrayList<>();
        List<String> remove = new ArrayList<>();
        Set<String> members = new LinkedHashSet<>();
        for (String word : rest(words, 2)) {
            if (word.startsWith("+")) {
                add.add(word.substring(1));
            } else if (word.startsWith("-")) {
                remove.add(word.substring(1));
            } else {
                members.add(word);
            }
        }
        boolean changes = !add.isEmpty() || !remove.isEmpty();
        List<String> all = new ArrayList<>(add);
        all.addAll(remove);
        all.addAll(members);
        boolean wrong = changes && !members.isEmpty()
                || all.size() > GroupRules.MAX_CHANGES
                || !all.stream().allMatch(UserId::isValid)
                || words.length > 1 && !UserId.isValid(words[1]);
        if (wrong) {
            handler.mistake("chat.group.usage", "");
        } else if (words.length == 1) {
            handler.groups();
        } else if (changes) {
            handler.changeGroup(words[1], add, remove);
        } else if (members.isEmpty()) {
            handler.turnToGroup(words[1]);
        } else {
            handler.makeGroup(words[1], List.copyOf(members));
        }
    }

    private static void room(String[] words, Handler handler) {
        String room = words.length == 1 ? null : words[1];
        if (words.length > 2 || room != null && !Room.isValid(room)) {
            handler.mistake("chat.room.usage", "");
        } else if (words[0].equals("/leave")) {
            handler.leave(room);
        } else if (words[0].equals("/look")) {
            handler.look(room);
        } else if (room == null) {
            handler.rooms();
        } else {
            handler.enter(room);
        }
    }

    private static void text(String[] words, Handler handler) {
        if (words.length < 2) {
            handler.mistake("chat.text.usage", words[0]);
        } else if (words[0].equals("/say")) {
            handler.sayInRoom(words[1]);
        } else {
            handler.broadcast(words[1]);
        }
    }

    private static void online(String[] words, Handler handler) {
        List<String> userIds = rest(words, 1);
        if (userIds.size() > MOST_ASKED || !userIds.stream().allMatch(UserId::isValid)) {
            handler.mistake("chat.online.usage", "");
        } else {
            handler.online(userIds);
        }
    }

    private static List<String> rest(String[] words, int from) {
        return Arrays.asList(words).subList(Math.min(from, words.length), words.length);
    }
}
