package io.parley.profile;

import io.parley.profile.ProfileFault.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The profiles of who runs this: {@code profiles.json} and a token for each profile that is logged in, in {@code
 * $XDG_CONFIG_HOME/parley}, else {@code ~/.config/parley}. Every method may throw a {@link ProfileFault}.
 */
public final class Profiles {

    private static final String FILE = "profiles.json";
    private static final String TOKEN_SUFFIX = ".token";
    private static final String LOCK = ".lock";

    /** Chosen: hundreds of profiles. */
    static final int MAX_BYTES = 64 * 1024;

    /** Chosen: twice what a node accepts. */
    static final int MAX_TOKEN_BYTES = 16 * 1024;

    private final Path directory;
    private final ProfileJson json;

    public Profiles(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        this.json = new ProfileJson(file());
    }

    /** Where the XDG base directory specification says: a relative path there is as good as none. */
    public static Profiles ofThisUser(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        Path configuration = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""));
        return new Profiles((configuration.isAbsolute() ? configuration : Path.of(home, ".config")).resolve("parley"));
    }

    public Path file() {
        return directory.resolve(FILE);
    }

    /** Empty when there is no such profile, or no file. */
    public Optional<Profile> find(String name) {
        return inside(opened -> Optional.ofNullable(read(opened).get(name)));
    }

    public Profile require(String name) {
        return inside(opened -> {
                    Map<String, Profile> profiles = read(opened);
                    if (!profiles.containsKey(name)) {
                        throw ProfileFault.at(name, Problem.NO_PROFILE, file(), String.join(", ", profiles.keySet()));
                    }
                    return Optional.of(profiles.get(name));
                })
                .orElseThrow(() -> ProfileFault.at(name, Problem.NO_PROFILE, file(), ""));
    }

    /** The token that a login kept, or that the profile's file holds; empty when there is none (any more). */
    public Optional<String> token(Profile profile) {
        Path file = profile.tokenFile();
        if (file == null) {
            return Optional.empty();
        }
        if (isOurs(file)) {
            return inside(opened -> opened.read(file.getFileName().toString(), true, MAX_TOKEN_BYTES))
                    .map(Profiles::firstLine);
        }
        // Somewhere else it is under somebody else's care, and may well be a link, or another user's.
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(file)) {
                throw ProfileFault.of(Problem.UNREADABLE, file);
            }
            if (Files.size(file) > MAX_TOKEN_BYTES) {
                throw ProfileFault.of(Problem.TOO_LARGE, file, String.valueOf(MAX_TOKEN_BYTES));
            }
            return Optional.of(firstLine(Files.readString(file)));
        } catch (IOException unreadable) {
            throw ProfileFault.of(Problem.UNREADABLE, file);
        }
    }

    /**
     * Keeps the profile and its token; the profile of that name gets a token file beside the others.
     *
     * @return the profile as it was kept
     */
    public Profile save(Profile profile, String token) {
        Path tokenFile = directory.resolve(profile.name() + TOKEN_SUFFIX);
        Profile kept =
                new Profile(profile.name(), profile.host(), profile.port(), profile.ca(), profile.user(), tokenFile);
        try (PrivateDirectory made = PrivateDirectory.make(directory)) {
            made.lock(LOCK);
            Map<String, Profile> profiles = new TreeMap<>(read(made));
            profiles.put(kept.name(), kept);
            // The token first, so that whoever finds the profile finds its token.
            made.write(tokenFile.getFileName().toString(), token + "\n");
            made.write(FILE, json.write(profiles));
            return kept;
        } catch (IOException notWritten) {
            throw ProfileFault.of(Problem.NOT_WRITTEN, directory, String.valueOf(notWritten.getMessage()));
        }
    }

    /** Removes the token of a profile, which stays; returns whether there was one. */
    public boolean forget(Profile profile) {
        Path file = profile.tokenFile();
        if (file == null) {
            return false;
        }
        if (!isOurs(file)) {
            throw ProfileFault.of(Problem.NOT_OURS, file);
        }
        return inside(opened -> Optional.of(opened.delete(file.getFileName().toString())))
                .orElse(false);
    }

    private boolean isOurs(Path file) {
        return directory.equals(file.getParent())
                && file.getFileName().toString().endsWith(TOKEN_SUFFIX);
    }

    private Map<String, Profile> read(PrivateDirectory opened) throws IOException {
        return opened.read(FILE, false, MAX_BYTES).map(json::read).orElse(Map.of());
    }

    private interface Step<T> {
        Optional<T> in(PrivateDirectory opened) throws IOException;
    }

    private <T> Optional<T> inside(Step<T> step) {
        try {
            Optional<PrivateDirectory> found = PrivateDirectory.open(directory);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            try (PrivateDirectory opened = found.get()) {
                return step.in(opened);
            }
        } catch (IOException unreadable) {
            throw ProfileFault.of(Problem.UNREADABLE, directory);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
