package io.parley.cli.chat;

import io.parley.cli.ClientArguments;
import io.parley.cli.ClientSentences;
import io.parley.cli.Input;
import io.parley.cli.Messages;
import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley chat}: conversations in a terminal, or line by line where there is none. */
@Command(
        name = "chat",
        description = {
            "Talk to others. A newer login of the same account ends this one.",
            "Without a terminal, or with --plain, each event is one line without escape",
            "codes. When the input ends, the chat ends after the receipts have come."
        },
        footer = {
            "",
            "Examples:",
            "  parley chat --user 10001 --ca target/dev/tls/server.crt",
            "  parley chat --user 10001 --host chat.example.com --token-file token --lang zh",
            "  printf '/msg 10002 good night\\n' | parley chat --user 10001 --token-file token",
            "",
            "Exit codes: 0 left, and every message had its receipt; 1 ended by an error or",
            "by the node, or left without a receipt; 2 wrong usage."
        })
public final class ChatCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientArguments arguments;

    @Option(names = "--plain", description = "One line for each event, and no escape codes, also on a terminal.")
    private boolean plain;

    @Option(names = "--no-history", description = "Neither remember what is typed nor offer what was typed earlier.")
    private boolean noHistory;

    private Messages messages;

    @Override
    public Integer call() throws IOException, InterruptedException {
        messages = Messages.of(spec);
        Input input = Input.standard();
        ClientOptions options = arguments.options(spec, input);
        ClientSentences sentences = new ClientSentences(messages, options);
        Terminal terminal = plain ? null : terminal();
        Vertx vertx = Vertx.vertx();
        try (ChatThread thread = new ChatThread()) {
            ParleyClient client = new ParleyClient(vertx, options);
            Clock clock = Clock.systemDefaultZone();
            return terminal == null
                    ? plain(client, input, thread, sentences, clock)
                    : inTerminal(terminal, client, thread, sentences, clock);
        } catch (ExecutionException failure) {
            return failed(failure.getCause());
        } finally {
            vertx.close().await();
        }
    }

    private int plain(ParleyClient client, Input input, ChatThread thread, ClientSentences sentences, Clock clock)
            throws InterruptedException, ExecutionException {
        View view =
                new PlainView(spec.commandLine().getOut(), spec.commandLine().getErr(), messages, clock);
        return new Chat(client, input::line, view, thread, sentences, clock).run();
    }

    private int inTerminal(
            Terminal terminal, ParleyClient client, ChatThread thread, ClientSentences sentences, Clock clock)
            throws InterruptedException, ExecutionException {
        boolean colours = Ansi.AUTO.enabled(); // No NO_COLOR
        Layout layout = new Layout(clock, colours);
        LineEditor editor = new LineEditor(terminal, history());
        View view = new TerminalView(editor, layout, messages, thread, TerminalView.MOMENT);
        Chat chat = new Chat(client, editor, view, thread, sentences, clock);
        editor.onInterrupt(() -> thread.run(() -> view.tell(messages.text("chat.interrupt"))), chat::leaveNow);
        Thread hangUp = new Thread(chat::hangUp, "hang-up");
        Runtime.getRuntime().addShutdownHook(hangUp);
        try {
            return chat.run();
        } finally {
            // Still there when the program is being ended from outside: then the hook does this work.
            editor.close();
        }
    }

    /** Null where there is none on which a line could be edited. */
    private static Terminal terminal() {
        if (io.parley.cli.Terminal.console() == null) {
            return null;
        }
        try {
            // While a line is read a Ctrl-C is a byte. JLine would make it a signal as well, and one key count as two.
            System.setProperty("org.jline.terminal.softwareSignals", "false");
            Terminal terminal = TerminalBuilder.builder()
                    .name("parley")
                    .system(true)
                    .dumb(false)
                    .graphemeCluster(
                            false) // It would be asked for, and its answer taken for what is typed when it is slow
                    .encoding(io.parley.cli.Terminal.charset())
                    .build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                terminal.close();
                return null;
            }
            return terminal;
        } catch (IOException | IllegalStateException none) {
            return null;
        }
    }

    /** A chat without a memory is better than none; the person is told. */
    private Path history() {
        if (noHistory) {
            return null;
        }
        try {
            return HistoryFile.in(System.getenv());
        } catch (IOException | UnsupportedOperationException unwritable) {
            spec.commandLine().getErr().println(messages.text("chat.no.history", unwritable.getMessage()));
            return null;
        }
    }

    private int failed(Throwable cause) {
        boolean unwritable = cause instanceof UncheckedIOException;
        String sentence =
                unwritable ? messages.text("chat.output.closed") : messages.text("failed", cause.getMessage());
        spec.commandLine().getErr().println(sentence);
        return ExitCode.SOFTWARE;
    }
}
