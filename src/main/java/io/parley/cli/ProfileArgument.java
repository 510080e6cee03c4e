package io.parley.cli;

import io.parley.profile.Profile;
import io.parley.profile.Profiles;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option {@code --profile}, and where profiles are. */
final class ProfileArgument {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--profile",
            descriptionKey = "parley.client.profile",
            paramLabel = "NAME",
            description = "Which node and account, as `parley login` kept them (default: the profile `"
                    + Profile.DEFAULT + "`, if there is one).")
    private String name;

    private final Profiles store = Profiles.ofThisUser(System.getenv());

    Profiles store() {
        return store;
    }

    String name() {
        if (name != null && !Profile.isName(name)) {
            throw new ParameterException(spec.commandLine(), "--profile " + Profile.NAME_RULE);
        }
        return name == null ? Profile.DEFAULT : name;
    }

    /** One that is asked for must be there; the default need not. */
    Profile used() {
        return name == null
                ? store.find(Profile.DEFAULT).orElse(Profile.empty(Profile.DEFAULT))
                : store.require(name());
    }
}
