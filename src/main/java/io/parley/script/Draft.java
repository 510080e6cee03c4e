package io.parley.script;

import io.parley.client.ParleyClient;
import io.parley.client.Target;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import java.io.IOException;
import java.util.Set;

/** Texts on their way to their recipients; what no node would take is refused here already. */
record Draft(Set<Target> recipients) {

    /** The whole input, line by line. */
    void lines(TextInput input, Sending sending) throws IOException, InterruptedException {
        for (TextInput.Text line = input.line(); line != null && sending.goesOn(); line = input.line()) {
            if (line.fault() != null || !line.text().isEmpty()) {
                send(line, sending);
            }
        }
    }

    void send(TextInput.Text text, Sending sending) throws InterruptedException {
        for (Target to : recipients) {
            Refusal refusal = refusal(to, text);
            if (refusal == null) {
                sending.send(to, text.line(), text.text());
            } else {
                sending.refuse(to, text.line(), refusal);
            }
        }
    }

    /** Whether nobody can get it, which then is reported: there is no need to log in for that. */
    boolean isRefused(TextInput.Text text, SendReport report) {
        if (recipients.stream().anyMatch(to -> refusal(to, text) == null)) {
            return false;
        }
        recipients.forEach(
                to -> report.outcome(Outcome.of(to, text.line(), Receipt.refused(null, null, refusal(to, text)))));
        return true;
    }

    /** Null when it can be sent. */
    private static Refusal refusal(Target to, TextInput.Text text) {
        if (text.fault() == TextInput.Fault.NOT_TEXT) {
            return new Refusal(ErrorCode.BAD_CONTENT, "the message is not text in this terminal's character set");
        }
        if (text.fault() == TextInput.Fault.TOO_LARGE
                || ParleyClient.frameBytes(to, text.text()) > ParleyClient.MAX_FRAME_BYTES) {
            String detail = "with its recipient the message is larger than " + ParleyClient.MAX_FRAME_BYTES + " bytes";
            return new Refusal(ErrorCode.FRAME_TOO_LARGE, detail);
        }
        return null;
    }
}
