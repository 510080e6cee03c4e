package io.parley.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

    @TempDir
    Path home;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void itIsInTheDirectoryForStateAndOnlyTheOwnerReadsIt() throws IOException {
        Path file = HistoryFile.in(Map.of("HOME", home.toString(), "XDG_STATE_HOME", "relative/is/ignored"));
        assertThat(file).isEqualTo(home.resolve(".local/state/parley/history"));
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(file.getParent())).isEqualTo("rwx------");
        Path state = home.resolve("state");
        assertThat(HistoryFile.in(Map.of("XDG_STATE_HOME", state.toString())))
                .isEqualTo(state.resolve("parley/history"));
    }

    @Test
    void aFileThatOthersCouldReadIsClosedToThem() throws IOException {
        Path file = HistoryFile.in(Map.of("HOME", home.toString()));
        Files.writeString(file, "1:line\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(HistoryFile.in(Map.of("HOME", home.toString()))).hasContent("1:line\n");
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void whereItCannotBeItSaysSo() throws IOException {
        Files.createFile(home.resolve(".local"));
        assertThatThrownBy(() -> HistoryFile.in(Map.of("HOME", home.toString())))
                .isInstanceOf(IOException.class);
    }
}
