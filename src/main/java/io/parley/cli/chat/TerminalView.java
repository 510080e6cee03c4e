package io.parley.cli.chat;

import io.parley.cli.Messages;
import io.parley.cli.PlainText;
import io.parley.client.Target;
import io.parley.protocol.Receipt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.AttributedString;

/**
 * A chat in a terminal: one conversation at a time, above the line that is being typed.
 *
 * <p>A message that was typed here is shown a moment later than it was sent, because its receipt is usually there by
 * then and stands behind it. When it is not, the message is shown without, and the receipt gets a quiet line when it
 * comes, one for all that come at a time.
 */
final class TerminalView implements View {

    /** Chosen: longer than a round trip to another continent, shorter than a person notices. */
    static final Duration MOMENT = Duration.ofMillis(250);

    private static final String SENT = "…";
    private static final String DELIVERED = "✓";
    private static final String FAILED = "✗";
    private static final int EXCERPT_COLUMNS = 24;

    private final LineEditor editor;
    private final Layout layout;
    private final Messages messages;
    private final ChatThread thread;
    private final Duration moment;

    private final Deque<Outgoing> unshown = new ArrayDeque<>();
    private final List<Outgoing> late = new ArrayList<>();
    private Talk partner;

    /** Which conversation the last message on the screen is of; null before there is one. */
    private Target shownLast;

    /** @param moment  how long a message waits for its receipt before it is shown without */
    TerminalView(LineEditor editor, Layout layout, Messages messages, ChatThread thread, Duration moment) {
        this.editor = editor;
        this.layout = layout;
        this.messages = messages;
        this.thread = thread;
        this.moment = moment;
    }

    @Override
    public boolean keepsApart() {
        return true;
    }

    @Override
    public void arrived(Entry entry) {
        showTyped();
        show(entry);
    }

    @Override
    public void sent(Outgoing message) {
        unshown.add(message);
        thread.later(moment, this::showTyped);
    }

    @Override
    public void answered(Outgoing message) {
        if (!unshown.contains(message)) {
            late.add(message);
            thread.later(moment, this::showLate);
            return;
        }
        while (!unshown.isEmpty() && unshown.peek().isAnswered()) {
            show(unshown.poll());
        }
    }

    @Override
    public void turned(Talk talk, List<Entry> before, List<Entry> unread) {
        showTyped();
        partner = talk;
        editor.print(layout.rule(talk.label()));
        if (!talk.target().equals(shownLast)) {
            before.forEach(this::show);
        }
        unread.forEach(this::show);
    }

    @Override
    public void turnedAway() {
        partner = null;
    }

    @Override
    public void moved(Target room, String sentence) {
        if (partner == null || partner.target().equals(room)) {
            tell(sentence);
        }
    }

    @Override
    public void tell(String sentences) {
        showTyped();
        editor.print(layout.told(sentences, editor.width()));
    }

    @Override
    public void warn(String sentence) {
        showTyped();
        editor.print(layout.warned(sentence, editor.width()));
    }

    @Override
    public void fail(String sentence) {
        warn(sentence);
    }

    @Override
    public void standing(Standing standing) {
        String offline = standing.online() ? "" : messages.text("chat.prompt.offline");
        editor.prompt(layout.prompt(standing.partner(), standing.unread(), offline, editor.width()));
        editor.suggest(standing);
    }

    @Override
    public void end(List<Entry> unread) {
        showTyped();
        showLate();
        if (!unread.isEmpty()) {
            partner = null;
            tell(messages.text("chat.unread", unread.size()));
            unread.forEach(this::show);
        }
    }

    /** Among several people a name does not tell them apart; the id comes first, as what is long is cut. */
    private void show(Entry entry) {
        boolean byName =
                isHere(entry) && Place.isPerson(entry.where()) || entry.name().equals(entry.from());
        String who = PlainText.of(byName ? entry.name() : entry.from() + " " + entry.name());
        print(entry, entry.mine() ? messages.text("chat.me") : who, remark(entry));
    }

    private boolean isHere(Entry entry) {
        return partner != null && partner.target().equals(entry.where());
    }

    private String remark(Entry entry) {
        String waited = entry.waited() ? messages.text("chat.waited") : "";
        String where = "";
        if (entry.toSeveral()) {
            where = messages.text("chat.to.several");
        } else if (entry.where().equals(Target.EVERYBODY)) {
            where = messages.text("chat.to.everybody");
        } else if (!isHere(entry) && !Place.isPerson(entry.where())) {
            where = Place.word(entry.where());
        }
        return (waited + " " + where).strip();
    }

    private void show(Outgoing message) {
        print(message.entry(), messages.text("chat.me"), remark(message));
        if (message.isAnswered() && !message.arrived()) {
            editor.print(layout.warned(message.sentence(), editor.width()));
        }
    }

    private String remark(Outgoing message) {
        if (!message.isAnswered()) {
            return message.offline() ? messages.text("chat.mark.offline") : SENT;
        }
        if (!message.arrived()) {
            return FAILED;
        }
        if (message.counts() != null) {
            return message.counts();
        }
        return message.status() == Receipt.Status.DELIVERED
                ? DELIVERED
                : messages.text("chat.mark." + message.status().code());
    }

    private void print(Entry entry, String who, String remark) {
        shownLast = entry.where();
        editor.print(layout.message(entry, who, remark, editor.width()));
    }

    private void showTyped() {
        while (!unshown.isEmpty()) {
            show(unshown.poll());
        }
    }

    /** Receipts with the same words are one line. */
    private void showLate() {
        Map<String, List<Outgoing>> bySentence = new LinkedHashMap<>();
        late.forEach(message -> bySentence
                .computeIfAbsent(message.sentence(), sentence -> new ArrayList<>())
                .add(message));
        late.clear();
        bySentence.forEach((sentence, answered) -> {
            String text = answered.get(0).entry().text().lines().findFirst().orElse("");
            String what = answered.size() == 1
                    ? Columns.shorten(PlainText.of(text), EXCERPT_COLUMNS)
                    : messages.text("chat.late.many", answered.size());
            String line = messages.text("chat.late", sentence, what);
            AttributedString styled =
                    answered.get(0).arrived() ? layout.told(line, editor.width()) : layout.warned(line, editor.width());
            editor.print(styled);
        });
    }
}
