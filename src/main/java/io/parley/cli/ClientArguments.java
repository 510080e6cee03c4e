package io.parley.cli;

import io.parley.client.ClientOptions;
import io.parley.protocol.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that every client command has: which node, who to trust, who to be, and how to prove it. */
public final class ClientArguments {

    private static final String ASK = "prompt";

    @Option(names = "--user", required = true, paramLabel = "UID", description = "The account to log in as.")
    private String user;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "HOST",
            description = "The node; its certificate must be for this name (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "7443",
            paramLabel = "PORT",
            description = "Its port of the native protocol (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file of the authority to trust (default: the ones that Java trusts).")
    private Path ca;

    /** Declared for the help and the check of its value; {@link Messages#orAsked} has read it by then. */
    @Option(
            names = "--lang",
            paramLabel = "zh|en",
            description = "The language of what the program says (default: as LANG says).")
    private Language language;

    @ArgGroup
    private Proof proof = new Proof();

    /** As they are typed. */
    enum Language {
        en,
        zh
    }

    /** One of the two; neither means: ask. */
    static final class Proof {
        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "File with the password in its first line; `prompt` (the default) asks for it,"
                        + " and reads the first line of standard input where there is no terminal.")
        private String passwordFile;

        @Option(names = "--token-file", paramLabel = "FILE", description = "File with a token in its first line.")
        private Path tokenFile;
    }

    public ClientOptions options(CommandSpec spec, Input input) throws IOException {
        if (!UserId.isValid(user)) {
            throw new ParameterException(spec.commandLine(), "--user " + UserId.RULE);
        }
        if (port < 1 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be 1 to 65535");
        }
        ClientOptions options = ClientOptions.of(host, port, user).trusting(ca);
        if (proof.tokenFile != null) {
            return options.withToken(firstLine(spec, proof.tokenFile).strip());
        }
        return options.withPassword(password(spec, input));
    }

    private String password(CommandSpec spec, Input input) throws IOException {
        if (proof.passwordFile != null && !proof.passwordFile.equals(ASK)) {
            return firstLine(spec, Path.of(proof.passwordFile));
        }
        String password = input.secret(Messages.of(spec).text("client.password", user));
        if (password == null) {
            throw new ParameterException(spec.commandLine(), Messages.of(spec).text("client.password.missing"));
        }
        return password;
    }

    private static String firstLine(CommandSpec spec, Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException unreadable) {
            String sentence = Messages.of(spec).text("client.file.unreadable", file);
            throw new ParameterException(spec.commandLine(), sentence, unreadable);
        }
    }
}
