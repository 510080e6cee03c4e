package io.parley.cli.chat;

import io.parley.protocol.UserId;
import java.util.Arrays;
import java.util.List;

/** What can be typed: a line that begins with a slash is a command, any other is a message. */
final class Commands {

    /** In the order in which the help tells them. */
    static final List<String> NAMES = List.of("/msg", "/list", "/online", "/who", "/help", "/quit");

    /** The bound of the node (protocol.md, online). */
    static final int MOST_ASKED = 100;

    private Commands() {}

    /** One method a command; exactly one is called for a line, none for a blank one. */
    interface Handler {
        /** To whoever the conversation is with. */
        void say(String text);

        void turnTo(String userId);

        void message(String userId, String text);

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
        String[] words = line.split("\\s+", 3);
        switch (words[0]) {
            case "/msg" -> message(words, handler);
            case "/online" -> online(line.split("\\s+"), handler);
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

    private static void online(String[] words, Handler handler) {
        List<String> userIds = Arrays.asList(words).subList(1, words.length);
        if (userIds.size() > MOST_ASKED || !userIds.stream().allMatch(UserId::isValid)) {
            handler.mistake("chat.online.usage", "");
        } else {
            handler.online(userIds);
        }
    }
}
