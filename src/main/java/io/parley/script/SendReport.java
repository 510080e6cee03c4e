package io.parley.script;

import io.parley.cli.ClientSentences;
import io.parley.cli.Messages;
import io.parley.cli.Output;
import io.parley.cli.PlainText;
import io.parley.client.ClientState;
import io.parley.protocol.Receipt;
import java.io.PrintWriter;
import java.util.TreeMap;

/**
 * What a person or a script gets to know of a send: receipts on standard output, what went wrong on the other. Belongs
 * to the thread that reports.
 */
final class SendReport {

    /** Chosen: enough to see what is wrong; the lines of a long input are often refused for one reason, all of them. */
    private static final int REFUSALS_SHOWN = 10;

    private final Output out;
    private final PrintWriter err;
    private final ClientSentences sentences;
    private final Style style;
    private final Progress progress;
    private final Tally tally = new Tally();

    /** The first and the last line of which nobody knows what became. */
    private long firstInDoubt = Long.MAX_VALUE;

    private long lastInDoubt;

    /** How receipts are told: a line of text for each, a JSON object for each, or only their number. */
    enum Style {
        TEXT,
        JSON,
        SUMMARY
    }

    /** @param progress  null where there is no terminal */
    SendReport(PrintWriter out, PrintWriter err, ClientSentences sentences, Style style, Progress progress) {
        this.out = new Output(out);
        this.err = err;
        this.sentences = sentences;
        this.style = style;
        this.progress = progress;
    }

    Tally tally() {
        return tally;
    }

    /** Throws {@link Output.Lost}. */
    void outcome(Outcome outcome) {
        tally.count(outcome);
        Receipt receipt = outcome.receipt();
        if (receipt == null) {
            firstInDoubt = Math.min(firstInDoubt, outcome.line());
            lastInDoubt = Math.max(lastInDoubt, outcome.line());
        }
        if (style == Style.JSON) {
            print(JsonLine.of(outcome, receipt == null ? sentences.of(outcome.why()) : ""));
        } else if (receipt != null && receipt.status() == Receipt.Status.REFUSED) {
            refused(outcome);
        } else if (receipt != null && style == Style.TEXT) {
            print(receipt.status().code() + " " + PlainText.of(receipt.messageId()) + " "
                    + Recipients.word(outcome.to()) + counts(receipt));
        }
    }

    /** Of a message to several: behind the recipient, so that the first words are the same for all. */
    private static String counts(Receipt receipt) {
        StringBuilder counts = new StringBuilder();
        if (receipt.spread() != null) {
            new TreeMap<>(receipt.spread().counts())
                    .forEach((status, count) ->
                            counts.append(' ').append(status.code()).append('=').append(count));
        }
        return counts.toString();
    }

    private void refused(Outcome outcome) {
        if (tally.refused() > REFUSALS_SHOWN && outcome.line() > 0) {
            if (tally.refused() == REFUSALS_SHOWN + 1) {
                complain(messages().text("send.refused.more"));
            }
            return;
        }
        String why = messages()
                .text(
                        "send.refused",
                        Recipients.word(outcome.to()) + counts(outcome.receipt()),
                        sentences.of(outcome.receipt().error()));
        complain(outcome.line() == 0 ? why : messages().text("send.line", outcome.line(), why));
    }

    void state(ClientState state) {
        if (state instanceof ClientState.Lost lost) {
            long seconds = Math.max(1, lost.retryIn().toSeconds());
            complain(messages().text("script.lost", sentences.of(lost.cause()), seconds));
        }
    }

    void failure(Throwable cause) {
        complain(sentences.of(cause));
    }

    void say(String key, Object... arguments) {
        complain(messages().text(key, arguments));
    }

    void progress(long open) {
        if (progress != null) {
            progress.draw(tally, open);
        }
    }

    /** Returns the exit code. Throws {@link Output.Lost}. */
    int end() {
        if (tally.inDoubt() > 0) {
            String key = lastInDoubt == 0 ? "send.doubt" : "send.doubt.lines";
            say(key, tally.inDoubt(), firstInDoubt, lastInDoubt);
        }
        if (progress != null) {
            progress.erase();
        }
        if (style == Style.SUMMARY) {
            print(tally.summary(messages()));
        }
        return tally.exitCode();
    }

    private void print(String line) {
        out.line(line);
        out.flush();
    }

    private void complain(String sentence) {
        if (progress != null) {
            progress.erase();
        }
        err.println(sentence);
    }

    private Messages messages() {
        return sentences.messages();
    }
}
