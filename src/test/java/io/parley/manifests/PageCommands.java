package io.parley.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs what kubernetes.md tells people to copy and paste, as far as it makes secrets and config maps. The {@code
 * kubectl} is the real one, told to make nothing but to say what it would.
 */
final class PageCommands {

    private static final Path PAGE = Path.of("src", "site", "markdown", "kubernetes.md");

    /** Goes before the real one on the PATH; its answers are numbered by how many there are. */
    private static final String DRY_KUBECTL = """
            #!/bin/sh
            n=$(ls "$MADE" | wc -l)
            PATH=$REAL_PATH exec kubectl "$@" --dry-run=client -o json >"$MADE/$n.json"
            """;

    private PageCommands() {}

    /** As the page has them, and for production with two authorities of MySQL and Redis. */
    static Map<String, Map<String, String>> run(Path directory) throws IOException, InterruptedException {
        return run(directory, UnaryOperator.identity());
    }

    /**
     * What the secrets and config maps of the page hold, by name and key.
     *
     * @param directory  where the commands run
     * @param change     what a person would change before pasting
     */
    static Map<String, Map<String, String>> run(Path directory, UnaryOperator<String> change)
            throws IOException, InterruptedException {
        Manifests.needKubectl();
        Path made = Files.createDirectories(directory.resolve("made"));
        run(directory, made, change.apply(between("<!-- secrets: begin -->", "<!-- secrets: end -->")));
        for (String authority : List.of("mysql-ca.crt", "redis-ca.crt")) {
            Files.copy(directory.resolve("ca.crt"), directory.resolve(authority));
        }
        run(directory, made, between("<!-- stores: begin -->", "<!-- stores: end -->"));
        return contents(made);
    }

    /** The indented lines from one to the other marker. */
    private static String between(String begin, String end) throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).containsOnlyOnce(begin).containsOnlyOnce(end);
        return page.substring(page.indexOf(begin), page.indexOf(end))
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(line -> line.substring(4))
                .collect(Collectors.joining("\n"));
    }

    private static void run(Path directory, Path made, String commands) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path kubectl = Files.writeString(bin.resolve("kubectl"), DRY_KUBECTL);
        Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwx------"));
        Path said = directory.resolve("said");
        ProcessBuilder shell = new ProcessBuilder("sh", "-euc", commands)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        String path = System.getenv("PATH");
        shell.environment().putAll(Map.of("PATH", bin + ":" + path, "REAL_PATH", path, "MADE", made.toString()));
        assertThat(shell.start().waitFor()).as(() -> text(said)).isZero();
    }

    private static Map<String, Map<String, String>> contents(Path made) throws IOException {
        Map<String, Map<String, String>> contents = new TreeMap<>();
        for (Path file : files(made)) {
            JsonNode object = new ObjectMapper().readTree(file.toFile());
            boolean secret = object.path("kind").asText().equals("Secret");
            Map<String, String> data = new TreeMap<>();
            object.path("data")
                    .fields()
                    .forEachRemaining(each -> data.put(
                            each.getKey(),
                            secret ? decoded(each.getValue()) : each.getValue().asText()));
            contents.put(object.path("metadata").path("name").asText(), data);
        }
        return contents;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static String decoded(JsonNode base64) {
        return new String(Base64.getDecoder().decode(base64.asText()), StandardCharsets.UTF_8);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
