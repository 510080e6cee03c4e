package io.parley.cli;

import io.parley.client.ClientOptions;
import io.parley.profile.Profile;
import io.parley.protocol.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The options that every client command has: which node, who to trust, who to be, and how to prove it. What the command
 * line does not say, the profile does.
 */
public final class ClientArguments {

    private static final String ASK = "prompt";
    private static final String USUAL_HOST = "127.0.0.1";
    private static final int USUAL_PORT = 7443;

    @Mixin
    private ProfileArgument profiles = new ProfileArgument();

    @Option(
            names = "--user",
            paramLabel = "UID",
            descriptionKey = "parley.client.user",
            description = "The account to log in as (default: the profile's).")
    private String user;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            descriptionKey = "parley.client.host",
            description = "The node; its certificate must be for this name (default: the profile's, else " + USUAL_HOST
                    + ").")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            descriptionKey = "parley.client.port",
            description = "Its port of the native protocol (default: the profile's, else " + USUAL_PORT + ").")
    private Integer port;

    @Option(
            names = "--ca",
            descriptionKey = "parley.client.ca",
            paramLabel = "FILE",
            description =
                    "PEM file of the authority to trust (default: the profile's, else the ones that Java trusts).")
    private Path ca;

    /** Declared for the help and the check of its value; {@link Messages#orAsked} has read it by then. */
    @Option(
            names = "--lang",
            descriptionKey = "parley.client.lang",
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

    /** One of the two; neither means: the profile's token, else ask. */
    static final class Proof {
        @Option(
                names = "--password-file",
                descriptionKey = "parley.client.password_file",
                paramLabel = "FILE",
                description = "File with the password in its first line; `prompt` (the default) asks for it,"
                        + " and reads the first line of standard input where there is no terminal.")
        private String passwordFile;

        @Option(
                names = "--token-file",
                descriptionKey = "parley.client.token_file",
                paramLabel = "FILE",
                description = "File with a token in its first line.")
        private Path tokenFile;
    }

    /** How to log in for a command that uses a profile; throws what {@link Failures} has a sentence for. */
    public ClientOptions options(CommandSpec spec, SecretPrompt prompt) throws IOException {
        Profile profile = profiles.used();
        ClientOptions target = target(spec, profile);
        if (proof.tokenFile == null && proof.passwordFile == null && isAll(target, profile)) {
            String token = profiles.store().token(profile).orElse("");
            if (!token.isEmpty()) {
                return target.withToken(token);
            }
            if (Terminal.console() == null) {
                // Standard input is for messages then: it must not be taken for a password.
                throw new ParameterException(
                        spec.commandLine(), Messages.of(spec).text("login.needed", profile.name()));
            }
        }
        return proven(spec, target, prompt);
    }

    /** How to log in for a command that makes or renews a profile: never with the token that the profile has. */
    ClientOptions loginOptions(CommandSpec spec, SecretPrompt prompt) throws IOException {
        Profile known = profiles.store().find(profiles.name()).orElse(Profile.empty(profiles.name()));
        return proven(spec, target(spec, known), prompt);
    }

    ProfileArgument profiles() {
        return profiles;
    }

    /** Port and authority belong to the host: another host does not get them from the profile. */
    private ClientOptions target(CommandSpec spec, Profile profile) {
        Profile node = host == null || host.equals(profile.host()) ? profile : Profile.empty(profile.name());
        String uid = user == null ? profile.user() : user;
        if (uid == null) {
            throw new ParameterException(spec.commandLine(), Messages.of(spec).text("client.user.missing"));
        }
        if (!UserId.isValid(uid)) {
            throw new ParameterException(spec.commandLine(), "--user " + UserId.RULE);
        }
        int at = first(port, node.port(), USUAL_PORT);
        if (at < 1 || at > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be 1 to 65535");
        }
        return ClientOptions.of(first(host, node.host(), USUAL_HOST), at, uid).trusting(first(ca, node.ca(), null));
    }

    /** A token goes to the node that made it, as the account that it is for, and nowhere else. */
    private static boolean isAll(ClientOptions target, Profile profile) {
        return profile.tokenFile() != null
                && target.host().equals(first(profile.host(), USUAL_HOST, null))
                && target.port() == first(profile.port(), USUAL_PORT, null)
                && target.user().equals(profile.user());
    }

    private ClientOptions proven(CommandSpec spec, ClientOptions target, SecretPrompt prompt) throws IOException {
        return proof.tokenFile == null
                ? target.withPassword(password(spec, target.user(), prompt))
                : target.withToken(firstLine(spec, proof.tokenFile).strip());
    }

    private String password(CommandSpec spec, String uid, SecretPrompt prompt) throws IOException {
        if (proof.passwordFile != null && !proof.passwordFile.equals(ASK)) {
            return firstLine(spec, Path.of(proof.passwordFile));
        }
        String password = prompt.secret(Messages.of(spec).text("client.password", uid));
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

    private static <T> T first(T said, T known, T usual) {
        return said != null ? said : known != null ? known : usual;
    }
}
