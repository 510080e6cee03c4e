package io.parley.codec.text;

import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.GroupRules;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import io.parley.protocol.Room;
import io.parley.protocol.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the commands of one connection; what cannot be read is a {@link Refusal} in the language of its listener. */
final class TextCommands {

    private static final int MAX_USER_IDS = 100;

    private final Sentences sentences;
    private final ClientIds clientIds = new ClientIds();

    TextCommands(Sentences sentences) {
        this.sentences = sentences;
    }

    /** A refusal says nothing of what was typed: it goes to the log, and may be a password. */
    Command read(Words typed) {
        return switch (typed.command()) {
            case "auth" -> auth(typed.next());
            case "msg" -> msg(typed.next());
            case "group" -> group(typed.next());
            case "say" -> say(typed.next());
            case "join" -> new Question.Join(room(typed.next().first(), "usage.join"));
            case "leave" -> new Question.Leave(room(typed.next().first(), "usage.leave"));
            case "look" ->
                new Question.Look(
                        typed.rest().isEmpty() ? null : room(typed.next().first(), "usage.look"));
            case "groups" -> new Question.GroupList();
            case "online" -> new Question.Online(people(typed.rest().split("\\s+"), MAX_USER_IDS, "usage.online"));
            case "logout" -> new Command.Logout();
            default -> throw new Refusal(ErrorCode.UNKNOWN_COMMAND, sentences.text("unknown"));
        };
    }

    /** The password is all that stands behind the id, so it may have blanks in it. */
    private Command auth(Words words) {
        String userId = userId(words.first(), "usage.auth");
        return new Command.Verify(userId, words.rest().isEmpty() ? null : words.rest(), null);
    }

    private Command msg(Words words) {
        String chatTo = userId(words.first(), "usage.msg");
        return new Command.Single(clientIds.next(), chatTo, text(words.rest(), "usage.msg"));
    }

    private Command say(Words words) {
        String room = room(words.first(), "usage.say");
        return new Command.Say(clientIds.next(), room, text(words.rest(), "usage.say"));
    }

    private Command group(Words words) {
        String to = words.first();
        if (!to.contains(",")) {
            String group = userId(to, "usage.group");
            return new Command.Group(clientIds.next(), List.of(), group, text(words.rest(), "usage.group"));
        }
        List<String> people = people(to.split(","), GroupRules.MAX_RECIPIENTS, "usage.group");
        Set<String> seen = new HashSet<>();
        for (String each : people) {
            if (!seen.add(each)) {
                throw bad("twice");
            }
        }
        return new Command.Group(clientIds.next(), people, null, text(words.rest(), "usage.group"));
    }

    /** A comma too many is no mistake. */
    private List<String> people(String[] words, int most, String usage) {
        List<String> people = Stream.of(words).filter(each -> !each.isEmpty()).toList();
        if (people.isEmpty()) {
            throw bad(usage);
        }
        if (people.size() > most) {
            throw bad("too_many_ids", most);
        }
        people.forEach(each -> userId(each, usage));
        return people;
    }

    private String userId(String word, String usage) {
        if (word.isEmpty()) {
            throw bad(usage);
        }
        if (!UserId.isValid(word)) {
            throw bad("bad_id", UserId.MAX_CHARACTERS);
        }
        return word;
    }

    private String room(String word, String usage) {
        if (word.isEmpty()) {
            throw bad(usage);
        }
        if (!Room.isValid(word)) {
            throw bad("bad_room", Room.MAX_CHARACTERS);
        }
        return word;
    }

    private String text(String rest, String usage) {
        if (rest.isEmpty()) {
            throw bad(usage);
        }
        return rest;
    }

    private Refusal bad(String key, Object... arguments) {
        return new Refusal(ErrorCode.BAD_CONTENT, sentences.text(key, arguments));
    }
}
