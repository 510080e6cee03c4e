package io.parley.dev;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shell script that runs this very program again, from any terminal and directory, without Maven and without a build.
 * The ready line of {@code parley dev} names it, as in {@code target/dev/parley chat --user 10001}.
 */
public final class Launcher {

    /** From here on the JDK warns about native code and Unsafe, both of which Netty uses knowingly. */
    private static final int FIRST_JDK_THAT_WARNS = 24;

    private Launcher() {}

    /**
     * Writes {@code parley} into the directory, anew each time, as the class path may have changed.
     *
     * @param main  the class with the {@code main} method; found with the class path that loaded it
     */
    public static Path write(Path directory, Class<?> main) throws IOException {
        String command = Stream.concat(
                        javaCommand().stream(), Stream.of("-cp", classPath(main.getClassLoader()), main.getName()))
                .map(Launcher::quoted)
                .collect(Collectors.joining(" "));
        Path script = Files.createDirectories(directory).resolve("parley");
        Path aside = directory.resolve("parley.making");
        Files.writeString(aside, """
                #!/bin/sh
                # Written by `parley dev` at each start: the program as it was built then.
                exec %s "$@"
                """.formatted(command));
        Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
        // A shell reads a script while it runs: the old file must stay whole for whoever has started it.
        return Files.move(aside, script, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> javaCommand() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= FIRST_JDK_THAT_WARNS) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        return command;
    }

    /** Maven's exec:java loads us by a loader of its own; its JVM's class path is Maven itself. */
    private static String classPath(ClassLoader loader) throws IOException {
        Stream.Builder<Path> entries = Stream.builder();
        if (loader instanceof URLClassLoader urls) {
            for (URL url : urls.getURLs()) {
                try {
                    entries.add(Path.of(url.toURI()));
                } catch (URISyntaxException malformed) {
                    throw new IOException("class path entry " + url, malformed);
                }
            }
        } else {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                entries.add(Path.of(entry));
            }
        }
        return entries.build()
                .map(path -> path.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** For a POSIX shell: nothing is special between single quotes but the quote itself. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
