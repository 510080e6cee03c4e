package io.parley.cli.chat;

import io.parley.cli.PlainText;
import io.parley.client.Target;
import io.parley.protocol.UserId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.ParsedLine;

/**
 * What the Tab key offers: commands, and behind those that take one, the people who were seen and the groups, by id or
 * by name, and the rooms. What it writes is always the id: names are not unique, and nobody must get a message that was
 * meant for a namesake.
 */
final class Suggestions implements Completer {

    private static final Set<String> TAKE_ROOMS = Set.of("/room", "/leave", "/look");

    private volatile List<Known> people = List.of();
    private volatile List<Known> groups = List.of();
    private volatile List<Known> rooms = List.of();

    private record Known(String id, String name, String label) {
        boolean begins(String typed) {
            return id.toLowerCase(Locale.ROOT).startsWith(typed)
                    || name.toLowerCase(Locale.ROOT).startsWith(typed);
        }
    }

    void know(List<Talk> talks, Map<String, String> groupNames) {
        people = known(talks, Target.One.class);
        rooms = known(talks, Target.Room.class);
        groups = groupNames.entrySet().stream()
                .filter(each -> UserId.isValid(each.getKey()))
                .map(each -> new Known(each.getKey(), each.getValue(), each.getValue() + " (" + each.getKey() + ")"))
                .toList();
    }

    private static List<Known> known(List<Talk> talks, Class<? extends Target> kind) {
        return talks.stream()
                .filter(talk -> kind.isInstance(talk.target()))
                .filter(talk -> UserId.isValid(talk.id())) // What a broken node made up is not written into the line
                .map(talk -> new Known(talk.id(), talk.name(), talk.label()))
                .toList();
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String typed = line.word().substring(0, line.wordCursor());
        if (line.wordIndex() == 0) {
            Commands.NAMES.stream().filter(name -> name.startsWith(typed)).forEach(name -> add(name, name, candidates));
            return;
        }
        String lower = typed.toLowerCase(Locale.ROOT);
        argument(line.words().get(0), line.wordIndex()).stream()
                .filter(known -> known.begins(lower))
                .forEach(known -> add(known.id(), known.label(), candidates));
    }

    private List<Known> argument(String command, int index) {
        if (command.equals("/online") || index == 1 && command.equals("/msg")) {
            return people;
        }
        if (command.equals("/group")) {
            return index == 1 ? groups : people;
        }
        return index == 1 && TAKE_ROOMS.contains(command) ? rooms : List.of();
    }

    private static void add(String value, String shown, List<Candidate> candidates) {
        candidates.add(new Candidate(value, PlainText.of(shown), null, null, null, null, true));
    }

    /** Takes what was suggested as it is: JLine's own would look for what is typed in the id only. */
    static final class Matcher implements CompletionMatcher {

        private String typed = "";
        private List<Candidate> matching = List.of();

        @Override
        public void compile(
                Map<Option, Boolean> options,
                boolean prefix,
                CompletingParsedLine line,
                boolean caseInsensitive,
                int errors,
                String originalGroupName) {
            typed = line.word().substring(0, line.wordCursor());
        }

        @Override
        public List<Candidate> matches(List<Candidate> candidates) {
            matching = List.copyOf(candidates);
            return candidates;
        }

        @Override
        public Candidate exactMatch() {
            return matching.stream()
                    .filter(each -> each.value().equals(typed))
                    .findFirst()
                    .orElse(null);
        }

        /** What is typed, when that is the beginning of a name. */
        @Override
        public String getCommonPrefix() {
            String common = matching.get(0).value();
            for (Candidate each : matching) {
                int same = 0;
                while (same < common.length()
                        && same < each.value().length()
                        && common.charAt(same) == each.value().charAt(same)) {
                    same++;
                }
                common = common.substring(0, same);
            }
            return common.startsWith(typed) ? common : typed;
        }
    }
}
