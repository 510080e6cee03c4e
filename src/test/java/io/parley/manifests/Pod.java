package io.parley.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A node as the Deployment and the Dockerfile would run it, without Kubernetes and Docker: same command, user, files,
 * environment, on a read-only root with a writable /tmp. It cannot outlive the test's JVM. Needs root on a Linux.
 */
final class Pod implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    /** What container.sh needs. */
    private static final String TRIAL =
            "mount -t tmpfs trial /tmp; hostname trial; setpriv --reuid 10001 --bounding-set=-all --no-new-privs true";

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    /** Written by the thread that reads it, read by the test. */
    private final StringBuffer output = new StringBuffer();

    private final Process process;

    private Pod(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "pod-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Skips the test where a process cannot be given a root of its own. */
    static void needRootOfItsOwn() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux") && "root".equals(System.getProperty("user.name")),
                "a pod is not tried: only root on a Linux can give a process a root file system of its own");
        try {
            Process tried = new ProcessBuilder(
                            "unshare", "--mount", "--uts", "--propagation", "private", "sh", "-ec", TRIAL)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(tried.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assumeTrue(tried.waitFor() == 0, "a pod is not tried, this machine does not allow it: " + said);
        } catch (IOException | InterruptedException missing) {
            assumeTrue(false, "a pod is not tried: " + missing.getMessage());
        }
    }

    /**
     * @param files      what its container finds; written here
     * @param hosts      the pod's /etc/hosts
     * @param different  variables that take another value than in the manifests
     */
    static Pod start(String name, PodFiles files, String hosts, Map<String, String> different) throws IOException {
        files.write();
        Path etc = Files.createDirectories(files.inside("/etc"));
        Files.writeString(etc.resolve("hosts"), hosts);
        // Nobody is asked: all names are in the file above.
        Files.writeString(etc.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
        Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files\n");
        Files.writeString(etc.resolve("hostname"), name + "\n");
        Path script = files.root().resolve("container.sh");
        try (var source = Pod.class.getResourceAsStream("container.sh")) {
            Files.write(script, source.readAllBytes());
        }
        ProcessBuilder builder = new ProcessBuilder(command(script, files)).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(files.environment());
        builder.environment().putAll(different);
        builder.environment().put("PATH", System.getProperty("java.home") + "/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        return new Pod(builder.start());
    }

    private static List<String> command(Path script, PodFiles files) throws IOException {
        Manifests manifests = files.manifests();
        PodSecurityContext user = manifests.pod().getSecurityContext();
        Dockerfile image = Dockerfile.read();
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--uts", "--propagation", "private"));
        command.addAll(List.of(
                "sh",
                script.toString(),
                Files.createDirectories(files.root().resolve("root")).toString()));
        command.add(files.root().toAbsolutePath().toString());
        command.add(Path.of(System.getProperty("java.home")).toRealPath().toString());
        command.add(Path.of(System.getProperty("parley.jar")).toAbsolutePath().toString());
        command.add(image.only("COPY").split(" ")[1]);
        command.add(user.getRunAsUser() + ":" + user.getFsGroup());
        command.add("--");
        command.addAll(image.entryPoint());
        command.addAll(manifests.container().getArgs());
        return command;
    }

    /** Until the end, so that the process is never held up by a full pipe. */
    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith("parley ready")) {
                    ready.complete(null);
                }
            }
        } catch (IOException killed) {
            // Its end
        }
        ready.completeExceptionally(new IllegalStateException("the pod did not start: " + output));
    }

    void awaitReady() {
        ready.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** What it said on both streams. */
    String output() {
        return output.toString();
    }

    /** A file of the container, seen from here. */
    Path inside(String path) {
        return Path.of("/proc", String.valueOf(process.pid()), "root", path);
    }

    /** The files that it has loaded or mapped, those among them that have been deleted. */
    String maps() throws IOException {
        return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "maps"));
    }

    /** A line of the kernel's file about the process, as {@code Uid}. */
    String status(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .findFirst()
                .orElseThrow()
                .substring(key.length() + 1)
                .strip();
    }

    /** SIGTERM, as Kubernetes sends it; the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(this::output)
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
