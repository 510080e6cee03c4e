package io.parley.chaos;

import io.parley.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a node logs. */
record NodeLog(Path file) {

    private static final Pattern ERROR = Pattern.compile(".* level=ERROR logger=(\\w+) .*");

    /** Our classes, as the log names them: by their simple names. */
    private static final Set<String> OURS = ours();

    /**
     * Errors that concern us: said by our code, or with our code in the stack trace. Others' are left alone: Vert.x
     * calls a connection on the bus that is reset an error, and a failed write to it another one (VERTX.md section 1).
     */
    List<String> errors() {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(NodeLog::isOurError).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isOurError(String line) {
        Matcher error = ERROR.matcher(line);
        return error.matches() && (OURS.contains(error.group(1)) || line.contains(" at io.parley."));
    }

    private static Set<String> ours() {
        try {
            Path classes = Path.of(Node.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(classes.resolve("io/parley"))) {
                return files.map(each -> each.getFileName().toString())
                        .filter(name -> name.endsWith(".class"))
                        .map(name -> name.replaceFirst("\\.class$", ""))
                        .collect(Collectors.toUnmodifiableSet());
            }
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
