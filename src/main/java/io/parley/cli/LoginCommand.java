package io.parley.cli;

import io.parley.client.ClientOptions;
import io.parley.client.LinkFailure;
import io.parley.client.ParleyClient;
import io.parley.profile.Profile;
import io.parley.protocol.Event;
import io.parley.protocol.Refusal;
import io.parley.protocol.UserId;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley login}: asks for a password once, and keeps the node's token for the commands that follow. */
@Command(
        name = "login",
        description = {
            "Log in once, and keep the token and its node in a profile of yours.",
            "Until it expires, the commands that follow need neither --user nor a password.",
            "This is a login: it ends another session of the same account."
        },
        footer = {
            "",
            "Examples:",
            "  parley login --user 10001 --ca target/dev/tls/server.crt",
            "  parley login --profile work --host chat.example.com --user ann",
            "  parley send --profile work --to bob \"lunch?\"",
            "",
            "Exit codes: 0 kept, 1 not logged in or not kept, 2 wrong usage."
        })
public final class LoginCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientArguments arguments;

    @Override
    public Integer call() throws IOException {
        ClientOptions options = arguments.loginOptions(spec, Input.standard());
        Event.Verified verified;
        Vertx vertx = Vertx.vertx();
        try {
            ParleyClient client = new ParleyClient(vertx, options);
            verified = client.connect().await();
            client.logout().await();
        } catch (Refusal | LinkFailure failure) {
            return complain(new ClientSentences(Messages.of(spec), options).of(failure));
        } finally {
            vertx.close().await();
        }
        return keep(options, verified);
    }

    private int keep(ClientOptions options, Event.Verified verified) {
        Messages messages = Messages.of(spec);
        if (verified.token() == null) {
            return complain(messages.text("login.no.token"));
        }
        Profile profile = new Profile(
                arguments.profiles().name(),
                options.host(),
                options.port(),
                options.ca() == null ? null : options.ca().toAbsolutePath().normalize(),
                UserId.isValid(verified.userId()) ? verified.userId() : options.user(),
                null);
        arguments.profiles().store().save(profile, verified.token());
        String until =
                TIME.format(Instant.ofEpochMilli(verified.tokenExpiresAt()).atZone(ZoneId.systemDefault()));
        spec.commandLine()
                .getOut()
                .println(messages.text(
                        "login.kept",
                        PlainText.of(verified.userName()),
                        PlainText.of(verified.userId()),
                        profile.name(),
                        until));
        return ExitCode.OK;
    }

    private int complain(String sentence) {
        spec.commandLine().getErr().println(sentence);
        return ExitCode.SOFTWARE;
    }
}
