package io.parley.cli;

import io.parley.profile.Profile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley logout}: forgets the token of a profile; the profile stays. */
@Command(
        name = "logout",
        description = {
            "Delete the token that `parley login` kept; the profile stays.",
            "A copy of it is good until it expires, or the account gets a new password."
        },
        footer = {
            "",
            "Examples:",
            "  parley logout",
            "  parley logout --profile work",
            "",
            "Exit codes: 0 deleted, or there was none; 2 wrong usage, or an unusable profile."
        })
public final class LogoutCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ProfileArgument profiles;

    @Override
    public Integer call() {
        Profile profile = profiles.store().require(profiles.name());
        boolean forgotten = profiles.store().forget(profile);
        String sentence = Messages.of(spec).text(forgotten ? "logout.done" : "logout.was.not", profile.name());
        spec.commandLine().getOut().println(sentence);
        return ExitCode.OK;
    }
}
