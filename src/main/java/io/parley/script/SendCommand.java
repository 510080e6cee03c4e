package io.parley.script;

import io.parley.cli.ClientArguments;
import io.parley.cli.ClientSentences;
import io.parley.cli.Descriptor;
import io.parley.cli.Messages;
import io.parley.client.ClientOptions;
import io.parley.client.LinkFailure;
import io.parley.client.ParleyClient;
import io.parley.client.Target;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley send}: messages from a script, and their receipts. Takes none of the account's own messages. */
@Command(
        name = "send",
        description = {
            "Send a message and print its receipt: status, message_id, recipient.",
            "With --lines each line of the input is a message, but empty ones.",
            "This is a login: it ends another session of the same account."
        },
        footer = {
            "",
            "Examples:",
            "  parley send --to 10002 \"backup is done\"",
            "  uptime | parley send --profile work --to ann --to bob -",
            "  parley send --room ops \"deployment begins\"",
            "  parley send --group 1k0s5xsbr0qe3vzfhyzy --json \"lunch?\"",
            "  tail -f app.log | parley send --to 10002 --lines --json",
            "",
            "Exit codes:",
            "  0  everything was delivered or stored; in a room and to everybody: sent",
            "  1  failed, and no message is in doubt",
            "  2  wrong usage, or an unusable profile",
            "  3  something was refused",
            "  4  no receipt came, so a message may have arrived or not",
            "  5  the receipts could not be printed"
        })
public final class SendCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientArguments arguments;

    @ArgGroup(multiplicity = "1")
    private Recipients recipients;

    @Option(names = "--lines", description = "Send standard input line by line, however long it is.")
    private boolean lines;

    @Option(
            names = "--json",
            description = "Print a JSON object for each message and recipient, also for what was not sent.")
    private boolean json;

    @Option(
            names = "--timeout",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "How long to wait for the connection, and then for each next receipt (default:"
                    + " ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            descriptionKey = "text",
            description = "The message; - reads it from standard input.")
    private String text;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<Target> targets = recipients.targets(spec.commandLine());
        check();
        TextInput input = TextInput.standard(ParleyClient.MAX_FRAME_BYTES);
        ClientOptions options = arguments.options(spec, input);
        SendReport report = report(new ClientSentences(Messages.of(spec), options));
        Draft draft = new Draft(targets);
        if (lines) {
            return send(options, report, sending -> draft.lines(input, sending));
        }
        TextInput.Text whole = text.equals("-") ? input.whole() : new TextInput.Text(0, text, null);
        if (whole.fault() == null && whole.text().isEmpty()) {
            throw wrong("send.empty");
        }
        if (draft.isRefused(whole, report)) {
            return report.end();
        }
        return send(options, report, sending -> draft.send(whole, sending));
    }

    private void check() {
        if (timeoutSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout must be at least 1");
        }
        if (lines && text != null && !text.equals("-")) {
            throw wrong("send.lines.and.text");
        }
        if (!lines && text == null) {
            throw wrong("send.what");
        }
    }

    private SendReport report(ClientSentences sentences) {
        PrintWriter err = spec.commandLine().getErr();
        SendReport.Style style =
                json ? SendReport.Style.JSON : lines ? SendReport.Style.SUMMARY : SendReport.Style.TEXT;
        Progress progress = lines && Descriptor.errors().isTerminal() ? new Progress(err, Messages.of(spec)) : null;
        return new SendReport(spec.commandLine().getOut(), err, sentences, style, progress);
    }

    private int send(ClientOptions options, SendReport report, Sending.Source source) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            ParleyClient client = new ParleyClient(vertx, options);
            Duration patience = Duration.ofSeconds(timeoutSeconds);
            Sending sending = new Sending(client, report, options.patience().maxUnanswered(), patience);
            client.connect().compose(verified -> enter(client)).await(timeoutSeconds, TimeUnit.SECONDS);
            return sending.run(source);
        } catch (TimeoutException late) {
            report.say("send.not.connected", timeoutSeconds);
            return ExitCode.SOFTWARE;
        } catch (Refusal | LinkFailure failure) {
            report.failure(failure);
            return ExitCode.SOFTWARE;
        } finally {
            vertx.close().await();
        }
    }

    /** The logout leaves it again. */
    private Future<Void> enter(ParleyClient client) {
        return recipients.room() == null ? Future.succeededFuture() : client.join(recipients.room());
    }

    private ParameterException wrong(String key) {
        return new ParameterException(spec.commandLine(), Messages.of(spec).text(key));
    }
}
