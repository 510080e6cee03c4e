package io.parley.cli;

import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.parley.protocol.Receipt;
import io.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley send}: one message from a script, and its receipt. Takes none of the account's own messages. */
@Command(
        name = "send",
        description = {
            "Send one message and print its receipt: its status and message_id.",
            "This is a login: it ends another session of the same account."
        },
        footer = {
            "",
            "Examples:",
            "  parley send --user 10001 --password-file secret --to 10002 \"backup is done\"",
            "  uptime | parley send --user 10001 --token-file token --to 10002 -",
            "",
            "Exit codes: 0 delivered or stored, 1 neither, 2 wrong usage."
        })
public final class SendCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientArguments arguments;

    @Option(names = "--to", required = true, paramLabel = "UID", description = "The account to send to.")
    private String to;

    @Option(
            names = "--timeout",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "How long to wait for the receipt (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Parameters(paramLabel = "TEXT", description = "The message; - reads it from standard input.")
    private String text;

    @Override
    public Integer call() throws IOException {
        if (!UserId.isValid(to)) {
            throw new ParameterException(spec.commandLine(), "--to " + UserId.RULE);
        }
        if (timeoutSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout must be at least 1");
        }
        Input input = Input.standard();
        ClientOptions options = arguments.options(spec, input);
        String content = text.equals("-") ? input.rest() : text;
        Vertx vertx = Vertx.vertx();
        try {
            return send(new ParleyClient(vertx, options), new ClientSentences(Messages.of(spec), options), content);
        } finally {
            vertx.close().await();
        }
    }

    private int send(ParleyClient client, ClientSentences sentences, String content) {
        Future<Receipt> sent = client.connect().compose(verified -> client.send(to, content));
        try {
            Receipt receipt = sent.await(timeoutSeconds, TimeUnit.SECONDS);
            client.logout().await();
            return print(receipt, sentences);
        } catch (TimeoutException late) {
            complain(sentences.messages().text("send.timeout", timeoutSeconds));
            return ExitCode.SOFTWARE;
        } catch (Exception failure) {
            complain(sentences.of(failure));
            return ExitCode.SOFTWARE;
        }
    }

    private int print(Receipt receipt, ClientSentences sentences) {
        if (receipt.status() == Receipt.Status.REFUSED) {
            complain(sentences.messages().text("chat.not.sent", to, sentences.of(receipt.error())));
            return ExitCode.SOFTWARE;
        }
        String status = receipt.status().name().toLowerCase(Locale.ROOT);
        spec.commandLine().getOut().println(status + " " + PlainText.of(receipt.messageId()));
        return ExitCode.OK;
    }

    private void complain(String sentence) {
        spec.commandLine().getErr().println(sentence);
    }
}
