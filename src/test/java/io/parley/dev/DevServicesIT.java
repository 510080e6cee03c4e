package io.parley.dev;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevServicesIT {

    /** A JVM that holds both stores until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            DevServices.start(Path.of(arguments[0]), line -> {});
            System.out.println("holding");
            Thread.currentThread().join();
        }
    }

    @Test
    void noStoreOutlivesAKilledJvmAndTheNextStartWorksAtOnce(@TempDir Path data) throws Exception {
        Process jvm = hold(data);
        ProcessHandle redis = process(data.resolve("redis"));
        ProcessHandle mariaDb = process(data.resolve("mariadb"));
        assertThat(redis.isAlive() && mariaDb.isAlive()).isTrue();

        jvm.destroyForcibly().waitFor();
        // At once, while both may still be ending.
        DevServices next = DevServices.start(data, line -> {});
        assertThat(redis.isAlive() || mariaDb.isAlive()).isFalse();
        assertThat(process(data.resolve("redis")).isAlive()).isTrue();
        next.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb/pid", "mariadb/init.sql"})
    void aJvmKilledDuringItsStartLeavesNothing(String momentWhenThereIs, @TempDir Path data) throws Exception {
        Process jvm = new ProcessBuilder(Launcher.write(data, Holder.class).toString(), data.toString()).start();
        while (!Files.exists(data.resolve(momentWhenThereIs))) {
            assertThat(jvm.waitFor(5, MILLISECONDS)).isFalse();
        }
        List<ProcessHandle> family = jvm.descendants().toList();
        jvm.destroyForcibly().waitFor();
        for (ProcessHandle child : family) {
            child.onExit().get(15, SECONDS);
        }
        assertThat(family).isNotEmpty();
        DevServices.start(data, line -> {}).stop();
    }

    @Test
    void aDirectoryServesOneJvmAtATime(@TempDir Path data) throws Exception {
        Process jvm = hold(data);
        assertThatThrownBy(() -> DevServices.start(data, line -> {}))
                .hasMessageContaining("in use by process " + jvm.pid());
        ProcessHandle redis = process(data.resolve("redis"));
        ProcessHandle mariaDb = process(data.resolve("mariadb"));
        assertThat(redis.isAlive()).isTrue();
        jvm.destroyForcibly().waitFor();
        // They write into the directory, which is about to be deleted, to their end.
        redis.onExit().get(15, SECONDS);
        mariaDb.onExit().get(15, SECONDS);
    }

    @Test
    void whenOneStoreFailsTheOtherIsStoppedAndTheLogIsShown(@TempDir Path data) throws Exception {
        Path redis = Files.createDirectories(data.resolve("redis"));
        Files.writeString(redis.resolve("appendonly.aof"), "not what Redis wrote");
        assertThatThrownBy(() -> DevServices.start(data, line -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Redis did not start")
                .hasMessageContaining("Bad file format");
        assertThat(ProcessHandle.of(pid(data.resolve("mariadb")))).isEmpty();
    }

    @Test
    void aControlCInTheTerminalDoesNotReachTheStores(@TempDir Path data) throws Exception {
        assumeThat(Path.of("/usr/bin/setsid")).exists();
        assumeThat(Path.of("/proc/self/stat")).exists();
        DevServices services = DevServices.start(data, line -> {});
        assertThat(session(pid(data.resolve("redis"))))
                .isNotEqualTo(session(ProcessHandle.current().pid()));
        assertThat(session(pid(data.resolve("mariadb"))))
                .isNotEqualTo(session(ProcessHandle.current().pid()));
        services.stop();
    }

    @Test
    void saysWhatItDoes(@TempDir Path data) throws Exception {
        var lines = new ConcurrentLinkedQueue<String>();
        DevServices.start(data, lines::add).stop();
        assertThat(lines).anyMatch(line -> line.matches("started MariaDB in \\d+\\.\\d s"));
        assertThat(lines).anyMatch(line -> line.matches("started Redis in \\d+\\.\\d s"));
        assertThat(ProcessHandle.of(pid(data.resolve("redis")))).isEmpty();
        assertThat(ProcessHandle.of(pid(data.resolve("mariadb")))).isEmpty();
    }

    private static Process hold(Path data) throws Exception {
        String script = Launcher.write(data, Holder.class).toString();
        Process jvm = new ProcessBuilder(script, data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new BufferedReader(new InputStreamReader(jvm.getInputStream()));
        assertThat(said.readLine()).isEqualTo("holding");
        return jvm;
    }

    private static ProcessHandle process(Path directory) throws IOException {
        return ProcessHandle.of(pid(directory)).orElseThrow();
    }

    private static long pid(Path directory) throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("pid")).strip());
    }

    /** The sixth field of the process's state, the fourth after the name in brackets. */
    private static String session(long pid) throws IOException {
        String state = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return state.substring(state.lastIndexOf(')') + 2).split(" ")[3];
    }
}
