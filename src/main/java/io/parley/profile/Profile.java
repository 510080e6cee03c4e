package io.parley.profile;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A node and an account on it, under a name, so that a person need not type them each time. Never a password.
 *
 * @param host       null when the profile does not say
 * @param port       null when the profile does not say
 * @param ca         PEM file of the authority to trust; null for the JDK's own
 * @param user       the user id; null when the profile does not say
 * @param tokenFile  absolute; null when nobody ever logged in
 */
public record Profile(String name, String host, Integer port, Path ca, String user, Path tokenFile) {

    /** The profile of commands that name none. */
    public static final String DEFAULT = "default";

    /** What a name must look like, as the end of a sentence for people. */
    public static final String NAME_RULE =
            "must be 1 to 32 of the characters a-z A-Z 0-9 . _ -, not beginning with . or -";

    /** A token's file is named after its profile, so a name must be harmless in a path. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,31}");

    public Profile {
        Objects.requireNonNull(name);
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** One that says nothing. */
    public static Profile empty(String name) {
        return new Profile(name, null, null, null, null, null);
    }
}
