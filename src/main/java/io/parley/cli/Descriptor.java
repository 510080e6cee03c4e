package io.parley.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * One of the program's standard streams, as Linux shows it in {@code /proc}; Java tells only whether input and output
 * are both a terminal. Where there is no {@code /proc}, it is none of the things that can be asked for.
 *
 * @param number  0 input, 1 output, 2 errors
 */
public record Descriptor(int number) {

    /** Of {@code st_mode}, from inode(7). */
    private static final int TYPE = 0170000;

    private static final int FIFO = 0010000;

    public static Descriptor output() {
        return new Descriptor(1);
    }

    public static Descriptor errors() {
        return new Descriptor(2);
    }

    public boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(path()).toString();
            return target.matches("/dev/(pts/|tty|console).*");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }

    /** Whether {@link #unread} works. */
    public boolean isPipe() {
        try {
            return ((int) Files.getAttribute(path(), "unix:mode", new LinkOption[0]) & TYPE) == FIFO && unread() >= 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException notLinux) {
            return false;
        }
    }

    /**
     * How many bytes are in the pipe that its reader has not read yet. For that this program opens the pipe, too, and
     * closes it again: as long as it is open, a write would not notice that the reader has gone.
     */
    public int unread() throws IOException {
        try (FileInputStream pipe = new FileInputStream(path().toFile())) {
            return pipe.available();
        }
    }

    private Path path() {
        return Path.of("/proc/self/fd", String.valueOf(number));
    }
}
