package io.parley.cli.chat;

import io.parley.cli.ClientSentences;
import io.parley.cli.Messages;
import io.parley.cli.PlainText;
import io.parley.client.ClientState;
import io.parley.client.Target;
import io.parley.protocol.Event;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a chat says about itself: who is connected, what became of a message, which conversations there are. */
final class About {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY_AND_MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int LABEL_COLUMNS = 28;

    private final ClientSentences sentences;
    private final Messages messages;
    private final Clock clock;

    private Event.Verified verified;
    private String since = "";

    About(ClientSentences sentences, Clock clock) {
        this.sentences = sentences;
        this.messages = sentences.messages();
        this.clock = clock;
    }

    String connected(ClientState.Connected connected) {
        verified = connected.verified();
        since = minute(clock.millis());
        return messages.text(
                connected.again() ? "chat.again" : "chat.connected",
                PlainText.of(verified.userName()),
                PlainText.of(verified.userId()),
                verified.waiting());
    }

    String lost(ClientState.Lost lost) {
        long seconds = Math.max(1, lost.retryIn().toSeconds());
        return messages.text("chat.lost", sentences.of(lost.cause()), seconds);
    }

    String online(Map<String, Boolean> online, List<Talk> known) {
        Map<String, String> labels = known.stream()
                .filter(talk -> Place.isPerson(talk.target()))
                .collect(Collectors.toMap(Talk::id, Talk::label));
        return new TreeMap<>(online)
                .entrySet().stream()
                        .map(each -> messages.text(
                                each.getValue() ? "chat.online" : "chat.offline",
                                labels.getOrDefault(each.getKey(), PlainText.of(each.getKey()))))
                        .collect(Collectors.joining("\n"));
    }

    String myself(boolean online, List<Talk> known) {
        String me = messages.text(
                online ? "chat.who" : "chat.who.offline",
                PlainText.of(verified.userName()),
                PlainText.of(verified.userId()),
                PlainText.of(sentences.options().host()),
                sentences.options().port(),
                since);
        String people = known.stream().map(Talk::label).collect(Collectors.joining(", "));
        return people.isEmpty() ? me : me + "\n" + messages.text("chat.who.people", people);
    }

    String talks(List<Talk> all, Talk present) {
        if (all.isEmpty()) {
            return messages.text("chat.list.none");
        }
        Function<Talk, String> line = talk -> {
            String mark = talk == present ? "> " : "  ";
            String last = talk.lastAt() == 0 ? "" : minute(talk.lastAt());
            String unread = talk.unread() == 0 ? "" : "  " + messages.text("chat.list.unread", talk.unread());
            return mark + Columns.fit(talk.label(), LABEL_COLUMNS) + last + unread;
        };
        return all.stream().map(line).collect(Collectors.joining("\n"));
    }

    String elsewhere(Talk talk) {
        String id = PlainText.of(talk.id());
        if (Place.isPerson(talk.target())) {
            return messages.text("chat.elsewhere", talk.label(), id);
        }
        String command = talk.target() instanceof Target.Room ? "/room" : "/group";
        return messages.text("chat.elsewhere.many", talk.label(), command + " " + id);
    }

    String failure(Throwable cause) {
        return sentences.of(cause);
    }

    String help(boolean withKeys) {
        return messages.text(withKeys ? "chat.help.keys" : "chat.help");
    }

    /** @param word  fit for a terminal */
    String mistake(String key, String word) {
        return messages.text(key, word);
    }

    private String minute(long epochMillis) {
        LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), clock.getZone());
        return at.format(at.toLocalDate().equals(LocalDate.now(clock)) ? MINUTE : DAY_AND_MINUTE);
    }
}
