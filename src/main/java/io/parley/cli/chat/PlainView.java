package io.parley.cli.chat;

import io.parley.cli.Messages;
import io.parley.cli.PlainText;
import io.parley.client.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A chat for pipes, scripts and simple terminals: one line for each event, in the order in which they happen, without
 * escape codes. All conversations are in it.
 */
final class PlainView implements View {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final PrintWriter out;
    private final PrintWriter err;
    private final Messages messages;
    private final Clock clock;

    /** @param clock  for the local time of day */
    PlainView(PrintWriter out, PrintWriter err, Messages messages, Clock clock) {
        this.out = out;
        this.err = err;
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public boolean keepsApart() {
        return false;
    }

    @Override
    public void arrived(Entry entry) {
        String who = PlainText.of(entry.name()) + " (" + PlainText.of(entry.from()) + ")";
        String waited = entry.waited() ? " " + messages.text("chat.waited") : "";
        line(time(entry.at()) + " " + who + where(entry) + waited + ": " + PlainText.of(entry.text()));
    }

    @Override
    public void sent(Outgoing message) {
        if (message.offline()) {
            line(messages.text("chat.kept", message.to().word()));
        }
    }

    @Override
    public void answered(Outgoing message) {
        line(message.sentence());
    }

    @Override
    public void turned(Talk talk, List<Entry> before, List<Entry> unread) {
        line(messages.text("chat.partner", talk.label()));
    }

    @Override
    public void turnedAway() {
        // What leads to it has a line of its own.
    }

    @Override
    public void moved(Target room, String sentence) {
        line(sentence);
    }

    @Override
    public void tell(String sentences) {
        sentences.lines().forEach(this::line);
    }

    @Override
    public void warn(String sentence) {
        line(sentence);
    }

    @Override
    public void fail(String sentence) {
        err.println(sentence);
        err.flush();
    }

    @Override
    public void standing(Standing standing) {
        // What changes it has a line of its own.
    }

    @Override
    public void end(List<Entry> unread) {
        // Everything was shown when it came.
    }

    private String where(Entry entry) {
        if (entry.toSeveral()) {
            return " " + messages.text("chat.to.several");
        }
        if (entry.where().equals(Target.EVERYBODY)) {
            return " " + messages.text("chat.to.everybody");
        }
        return Place.isPerson(entry.where()) ? "" : " " + Place.word(entry.where());
    }

    /** The day is told when it is not today: what waited may be weeks old. */
    private String time(long epochMillis) {
        LocalDateTime sent = LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), clock.getZone());
        return sent.format(sent.toLocalDate().equals(LocalDate.now(clock)) ? TIME : DAY_AND_TIME);
    }

    /** A closed pipe and a full disk are no exceptions to a PrintWriter; they must be asked for. */
    private void line(String text) {
        out.println(text);
        if (out.checkError()) {
            throw new UncheckedIOException(new IOException("standard output cannot be written"));
        }
    }
}
