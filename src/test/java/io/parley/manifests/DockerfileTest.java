package io.parley.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DockerfileTest {

    private static String pom(String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of("pom.xml")));
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    @Test
    void theImageRunsTheJarThatIsBuilt() throws IOException {
        Dockerfile dockerfile = Dockerfile.read();
        String built = "target/" + pom("<finalName>(.+)</finalName>") + ".jar";
        String[] copy = dockerfile.only("COPY").split(" ");
        assertThat(copy).hasSize(2).startsWith(built);
        assertThat(dockerfile.entryPoint()).containsExactly("java", "-jar", copy[1]);
        assertThat(Files.readAllLines(Path.of("k8s", "Dockerfile.dockerignore")))
                .filteredOn(line -> !line.startsWith("#"))
                .as("what Docker is sent")
                .containsExactly("*", "!" + built);
    }

    @Test
    void theImageHasAJavaThatTheJarRunsOn() throws IOException {
        assertThat(Dockerfile.read().javaVersion())
                .isGreaterThanOrEqualTo(Integer.parseInt(pom("<maven.compiler.release>(\\d+)<")));
    }

    @Test
    void theImageHasTheUserOfThePod() throws IOException {
        PodSecurityContext user = Manifests.of(Manifests.BASE).pod().getSecurityContext();
        assertThat(Dockerfile.read().only("USER")).isEqualTo(user.getRunAsUser() + ":" + user.getRunAsGroup());
    }

    @Test
    void theImageDoesNothingElse() throws IOException {
        assertThat(Dockerfile.read().instructions().stream().map(line -> line.split(" ")[0]))
                .isEqualTo(List.of("FROM", "COPY", "USER", "ENTRYPOINT"));
    }
}
