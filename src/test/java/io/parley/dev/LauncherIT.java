package io.parley.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {

    /** What the script runs here: prints its arguments, one a line. */
    static final class Echo {
        public static void main(String[] arguments) {
            System.out.println(String.join("\n", arguments));
        }
    }

    @Test
    void passesEveryArgumentAsItIs(@TempDir Path directory) throws Exception {
        Path script = Launcher.write(directory, Echo.class);
        assertThat(run(script, "chat", "two words", "it's", "$HOME", "", "*"))
                .isEqualTo("chat\ntwo words\nit's\n$HOME\n\n*\n");
    }

    @Test
    void takesTheClassPathOfALoaderThatIsNotTheJvms(@TempDir Path directory) throws Exception {
        Path classes = Files.createDirectories(directory.resolve("it's a $path"));
        Path original = Path.of(
                Echo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        String file = Echo.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(classes.resolve(file).getParent());
        Files.copy(original.resolve(file), classes.resolve(file));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            Path script = Launcher.write(directory, loader.loadClass(Echo.class.getName()));
            assertThat(run(script, "found")).isEqualTo("found\n");
            assertThat(Files.readString(script)).doesNotContain(".jar");
        }
    }

    private static String run(Path script, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
