package io.parley.cli.chat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * Where the lines of earlier chats are kept: {@code parley/history} in the user's directory for state
 * ({@code XDG_STATE_HOME}, else {@code ~/.local/state}), which nobody else can read. A password is never among them: it
 * is asked for elsewhere.
 */
final class HistoryFile {

    private static final String ONLY_MINE = "rw-------";
    private static final String ONLY_MINE_TO_ENTER = "rwx------";

    private HistoryFile() {}

    /** The file, made when it is not there. */
    static Path in(Map<String, String> environment) throws IOException {
        Path directory = stateDirectory(environment).resolve("parley");
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory.getParent());
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(permissions(ONLY_MINE_TO_ENTER)));
        }
        Path file = directory.resolve("history");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(permissions(ONLY_MINE)));
        } catch (FileAlreadyExistsException earlier) {
            Files.setPosixFilePermissions(file, permissions(ONLY_MINE));
        }
        return file;
    }

    private static Path stateDirectory(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        if (Path.of(state).isAbsolute()) { // Others are to be ignored, says the XDG specification
            return Path.of(state);
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        return Path.of(home, ".local", "state");
    }

    private static Set<PosixFilePermission> permissions(String text) {
        return PosixFilePermissions.fromString(text);
    }
}
