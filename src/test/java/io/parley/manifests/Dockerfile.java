package io.parley.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The instructions of k8s/Dockerfile. */
record Dockerfile(List<String> instructions) {

    private static final Pattern IMAGE = Pattern.compile("eclipse-temurin:(\\d+)\\.\\d+\\.\\d+_\\d+-jre-\\w+");

    static Dockerfile read() throws IOException {
        return new Dockerfile(Files.readAllLines(Path.of("k8s", "Dockerfile")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
    }

    /** What follows the one instruction of that name. */
    String only(String name) {
        List<String> found = instructions.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    /** Of the JRE, from the tag, which must name one build: another one would come by itself some day. */
    int javaVersion() {
        Matcher image = IMAGE.matcher(only("FROM"));
        assertThat(image.matches()).as(only("FROM")).isTrue();
        return Integer.parseInt(image.group(1));
    }

    /** In the form that no shell sees. */
    List<String> entryPoint() {
        return new JsonArray(only("ENTRYPOINT"))
                .stream().map(String.class::cast).toList();
    }
}
