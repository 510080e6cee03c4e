package io.parley.script;

import io.parley.cli.ClientArguments;
import io.parley.cli.ClientSentences;
import io.parley.cli.Descriptor;
import io.parley.cli.Messages;
import io.parley.cli.Output;
import io.parley.cli.PlainText;
import io.parley.cli.Terminal;
import io.parley.client.ClientOptions;
import io.parley.client.Incoming;
import io.parley.client.LinkFailure;
import io.parley.client.ParleyClient;
import io.parley.client.RoomNews;
import io.parley.protocol.Audience;
import io.parley.protocol.Message;
import io.parley.protocol.Refusal;
import io.parley.protocol.Room;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley listen}: prints what arrives, and acknowledges what was taken from it. */
@Command(
        name = "listen",
        description = {
            "Print what arrives, a line for each message, until it is stopped.",
            "A message is acknowledged when it was written; in a pipe, when it was read.",
            "What a reader that dies has not read comes again, to whoever listens next.",
            "This is a login: it ends another session of the same account."
        },
        footer = {
            "",
            "Examples:",
            "  parley listen",
            "  parley listen --json | while read -r line; do handle \"$line\"; done",
            "  parley listen --profile work --count 1 --timeout 60",
            "  parley listen --room lobby --room ops --json",
            "",
            "Exit codes:",
            "  0  --count messages came; or none for --timeout, without --count",
            "  1  failed, or ended by the node",
            "  2  wrong usage, or an unusable profile",
            "  4  none for --timeout, and fewer than --count before",
            "  5  the output could not be written, or was not read"
        })
public final class ListenCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** What a signal waits for; a second Ctrl-C need not. */
    private static final long GOODBYE_SECONDS = 2;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientArguments arguments;

    @Option(names = "--json", description = "Print a JSON object for each message, with the names of the protocol.")
    private boolean json;

    @Option(names = "--count", paramLabel = "N", description = "End after so many messages; the others stay.")
    private Long count;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "End when for so long no message came.")
    private Integer timeoutSeconds;

    @Option(
            names = "--room",
            paramLabel = "NAME",
            description = "Enter a room and print what is said there, too; more than one --room enters each.")
    private Set<String> rooms = new LinkedHashSet<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (count != null && count < 1) {
            throw new ParameterException(spec.commandLine(), "--count must be at least 1");
        }
        if (timeoutSeconds != null && timeoutSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout must be at least 1");
        }
        for (String room : rooms) {
            if (!Room.isValid(room)) {
                throw new ParameterException(spec.commandLine(), "--room " + Room.RULE);
            }
        }
        ClientOptions options = arguments.options(spec, TextInput.standard(ParleyClient.MAX_FRAME_BYTES));
        ClientSentences sentences = new ClientSentences(Messages.of(spec), options);
        Vertx vertx = Vertx.vertx();
        try {
            ParleyClient client = new ParleyClient(vertx, options);
            Listening listening = listening(client, sentences);
            client.onRoom(news -> {
                if (news instanceof RoomNews.Lost lost) {
                    notIn(lost.room(), sentences.of(lost.why()));
                }
            });
            client.connect().await();
            if (!isInRooms(client, sentences)) {
                listening.leave().await();
                return ExitCode.SOFTWARE;
            }
            return leavingPolitely(listening);
        } catch (Refusal | LinkFailure failure) {
            // Said already: a client that never was connected has ended, too.
            return ExitCode.SOFTWARE;
        } finally {
            vertx.close().await();
        }
    }

    private boolean isInRooms(ParleyClient client, ClientSentences sentences) {
        for (String room : rooms) {
            try {
                client.join(room).await();
            } catch (Refusal refusal) {
                notIn(room, sentences.of(refusal));
                return false;
            }
        }
        return true;
    }

    private void notIn(String room, String why) {
        spec.commandLine().getErr().println(Messages.of(spec).text("listen.not.in", room, why));
    }

    /** Also when a signal ends it: what was taken must not come again. */
    private static int leavingPolitely(Listening listening) throws IOException, InterruptedException {
        Thread goodbye = new Thread(() -> leave(listening), "goodbye");
        Runtime.getRuntime().addShutdownHook(goodbye);
        try {
            return listening.run();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(goodbye);
            } catch (IllegalStateException running) {
                // It is what ended the listening.
            }
        }
    }

    private Listening listening(ParleyClient client, ClientSentences sentences) {
        Descriptor output = Descriptor.output();
        Printout printout = new Printout(
                new Output(spec.commandLine().getOut()),
                json ? incoming -> JsonLine.of(incoming.message(), incoming.waited()) : ListenCommand::text,
                Terminal.charset(),
                output.isPipe() ? output::unread : () -> 0);
        Duration silence = timeoutSeconds == null ? Duration.ZERO : Duration.ofSeconds(timeoutSeconds);
        Listening.Limits limits = new Listening.Limits(count == null ? 0 : count, silence);
        return new Listening(
                client, limits, printout, sentences, spec.commandLine().getErr());
    }

    private static String text(Incoming incoming) {
        Message message = incoming.message();
        String sentAt = TIME.format(Instant.ofEpochMilli(message.sentAt()).atZone(ZoneId.systemDefault()));
        return sentAt + " " + PlainText.of(message.fromName()) + " (" + PlainText.of(message.chatFrom()) + ")"
                + where(message.audience()) + ": " + PlainText.of(message.content());
    }

    private static String where(Audience audience) {
        String place = PlainText.of(String.valueOf(audience.place()));
        return switch (audience.kind()) {
            case SINGLE -> "";
            case GROUP -> audience.place() == null ? " &" : " &" + place;
            case BROADCAST -> " *";
            case ROOM -> " #" + place;
        };
    }

    private static void leave(Listening listening) {
        try {
            listening.leave().await(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | RuntimeException late) {
            // Then it comes again, which the reader has to expect anyway.
            return;
        }
    }
}
