package io.parley.cli;

import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley chat}: a conversation, line by line. */
@Command(
        name = "chat",
        description = {
            "Talk to others, line by line. A newer login of the same account ends this one.",
            "When the input ends, the chat ends after the receipts have come."
        },
        footer = {
            "",
            "Examples:",
            "  parley chat --user 10001 --ca target/dev/tls/server.crt",
            "  parley chat --user 10001 --host chat.example.com --token-file token",
            "",
            "Exit codes: 0 left, 1 ended by an error or by the node, 2 wrong usage."
        })
public final class ChatCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientArguments arguments;

    @Override
    public Integer call() throws IOException {
        Input input = Input.standard();
        ClientOptions options = arguments.options(spec, input);
        ClientSentences sentences = new ClientSentences(Messages.of(spec), options);
        boolean colours = Ansi.AUTO.enabled(); // a terminal, and no NO_COLOR
        Screen screen = new Screen(spec.commandLine().getOut(), sentences, Clock.systemDefaultZone(), colours);
        Vertx vertx = Vertx.vertx();
        try {
            return new Conversation(new ParleyClient(vertx, options), input, screen).run();
        } finally {
            vertx.close().await();
        }
    }
}
