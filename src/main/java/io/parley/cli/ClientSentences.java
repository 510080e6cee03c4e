package io.parley.cli;

import io.parley.client.ClientOptions;
import io.parley.client.LinkFailure;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;

/** What to tell a person when the client failed: what is wrong, and what to do about it. */
public record ClientSentences(Messages messages, ClientOptions options) {

    public String of(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return refused(refusal);
        }
        if (cause instanceof LinkFailure failure) {
            String key = failure.bye() == null ? "link." + failure.kind() : "bye." + failure.bye();
            return messages.text(key, PlainText.of(options.host()), options.port(), options.ca());
        }
        return messages.text("failed", PlainText.of(String.valueOf(cause.getMessage())));
    }

    private String refused(Refusal refusal) {
        if (refusal.code() == ErrorCode.BAD_CREDENTIALS) {
            return messages.text(options.password() == null ? "login.token.refused" : "client.credentials");
        }
        if (refusal.code() == ErrorCode.LOCKED) {
            return messages.text("client.locked", refusal.retryAfter().toSeconds());
        }
        String key = "refusal." + refusal.code().code();
        if (messages.bundle().containsKey(key)) {
            return messages.text(key, Math.max(1, refusal.retryAfter().toSeconds()));
        }
        return messages.text("refused", refusal.code().code(), PlainText.of(refusal.detail()));
    }
}
