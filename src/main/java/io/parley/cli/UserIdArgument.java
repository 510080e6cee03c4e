package io.parley.cli;

import picocli.CommandLine.Parameters;

/** The argument UID of every command that is about one account. */
final class UserIdArgument {

    @Parameters(paramLabel = "UID", descriptionKey = "help.uid", description = "The user id.")
    private String id;

    String id() {
        return id;
    }
}
