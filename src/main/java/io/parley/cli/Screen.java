package io.parley.cli;

import io.parley.client.ClientState;
import io.parley.client.Incoming;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Receipt;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a chat shows: one line for each thing that happens, written at once, so that threads do not mix their lines. */
final class Screen {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final PrintWriter out;
    private final ClientSentences sentences;
    private final Messages messages;
    private final Clock clock;
    private final boolean colours;

    /** @param clock  for the local time of day */
    Screen(PrintWriter out, ClientSentences sentences, Clock clock, boolean colours) {
        this.out = out;
        this.sentences = sentences;
        this.messages = sentences.messages();
        this.clock = clock;
        this.colours = colours;
    }

    void message(Incoming incoming) {
        Message message = incoming.message();
        String who = PlainText.of(message.fromName()) + " (" + PlainText.of(message.chatFrom()) + ")";
        String waited = incoming.waited() ? " " + quiet(messages.text("chat.waited")) : "";
        line(quiet(time(message.sentAt())) + " " + bold(who) + waited + ": " + PlainText.of(message.content()));
    }

    void receipt(String to, Receipt receipt) {
        switch (receipt.status()) {
            case DELIVERED -> line(quiet(messages.text("chat.delivered", PlainText.of(to))));
            case STORED -> line(quiet(messages.text("chat.stored", PlainText.of(to))));
            case REFUSED -> notSent(to, receipt.error());
        }
    }

    void notSent(String to, Throwable cause) {
        line(alarming(messages.text("chat.not.sent", PlainText.of(to), sentences.of(cause))));
    }

    /** The client ended before there was a receipt: nobody knows what became of the message. */
    void noReceipt(String to, Throwable cause) {
        line(alarming(messages.text("chat.no.receipt", PlainText.of(to), sentences.of(cause))));
    }

    void state(ClientState state) {
        if (state instanceof ClientState.Connected connected) {
            Event.Verified verified = connected.verified();
            String key = connected.again() ? "chat.again" : "chat.connected";
            String name = PlainText.of(verified.userName());
            line(quiet(messages.text(key, name, PlainText.of(verified.userId()), verified.waiting())));
        } else if (state instanceof ClientState.Lost lost) {
            long seconds = Math.max(1, lost.retryIn().toSeconds());
            line(alarming(messages.text("chat.lost", sentences.of(lost.cause()), seconds)));
        } else if (state instanceof ClientState.Ended ended) {
            failure(ended.cause());
        }
    }

    void online(Map<String, Boolean> online) {
        line(quiet(new TreeMap<>(online)
                .entrySet().stream()
                        .map(each -> messages.text(
                                each.getValue() ? "chat.online" : "chat.offline", PlainText.of(each.getKey())))
                        .collect(Collectors.joining(", "))));
    }

    void failure(Throwable cause) {
        line(alarming(sentences.of(cause)));
    }

    /** A sentence of the program itself. */
    void say(String key, Object... arguments) {
        line(quiet(messages.text(key, arguments)));
    }

    /** The day is told when it is not today: what waited may be weeks old. */
    private String time(long epochMillis) {
        LocalDateTime sent = LocalDateTime.ofInstant(Instant.ofEpochMilli(epochMillis), clock.getZone());
        return sent.format(sent.toLocalDate().equals(LocalDate.now(clock)) ? TIME : DAY_AND_TIME);
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }

    private String quiet(String text) {
        return style("2", text);
    }

    private String bold(String text) {
        return style("1", text);
    }

    private String alarming(String text) {
        return style("33", text);
    }

    private String style(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
