package io.parley.cli.chat;

import io.parley.cli.ClientSentences;
import io.parley.cli.Messages;
import io.parley.client.Target;
import io.parley.protocol.Receipt;
import io.parley.protocol.Receipt.Status;
import io.parley.protocol.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What became of a message, in words. */
final class Fates {

    private final ClientSentences sentences;
    private final Messages messages;

    Fates(ClientSentences sentences) {
        this.sentences = sentences;
        this.messages = sentences.messages();
    }

    Outgoing.Fate of(Talk to, Receipt receipt) {
        String counts = receipt.spread() == null ? "" : counts(receipt.spread().counts());
        return new Outgoing.Fate(receipt.status(), sentence(to, receipt, counts), counts.isEmpty() ? null : counts);
    }

    /** The client refused it, or has ended before there was a receipt: then nobody knows what became of the message. */
    Outgoing.Fate of(Talk to, Throwable cause) {
        String sentence = cause instanceof Refusal refusal
                ? notSent(to, refusal)
                : messages.text("chat.no.receipt", whom(to), sentences.of(cause));
        return new Outgoing.Fate(null, sentence, null);
    }

    private String sentence(Talk to, Receipt receipt, String counts) {
        if (receipt.status() == Status.REFUSED) {
            String why = notSent(to, receipt.error());
            return counts.isEmpty() ? why : messages.text("chat.counts.refused", why, counts);
        }
        return counts.isEmpty()
                ? messages.text("chat." + receipt.status().code(), whom(to))
                : messages.text("chat.counts", whom(to), counts);
    }

    private String counts(Map<Status, Integer> counts) {
        return List.of(Status.DELIVERED, Status.STORED, Status.REFUSED).stream()
                .map(status -> counts.getOrDefault(status, 0) == 0
                        ? null
                        : messages.text("chat.count." + status.code(), counts.get(status)))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    /** What people meet often has a sentence of its own; the rest is said by the node. */
    private String notSent(Talk to, Refusal refusal) {
        String key = "chat.refused." + refusal.code();
        String why = messages.bundle().containsKey(key) ? messages.text(key) : sentences.of(refusal);
        return messages.text("chat.not.sent", whom(to), why);
    }

    private String whom(Talk to) {
        return to.target().equals(Target.EVERYBODY) ? messages.text("chat.everybody") : to.word();
    }
}
