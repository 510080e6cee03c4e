package io.parley.manifests;

import static io.parley.manifests.Manifests.DEV;
import static io.parley.manifests.Manifests.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pod may do and how much it takes: Kubernetes' profile "restricted", and a root that nobody can write to. */
class PodSecurityTest {

    private static final long MIB = 1024 * 1024;

    /** OpenSSL's own memory for ten thousand connections and more (VERTX.md section 3), classes, code, threads. */
    private static final long BESIDE_THE_HEAP = 448 * MIB;

    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void noPodMayMoreThanItNeeds(String overlay) {
        for (PodTemplateSpec template : Manifests.of(overlay).templates()) {
            PodSpec pod = template.getSpec();
            PodSecurityContext user = pod.getSecurityContext();
            assertThat(user.getRunAsNonRoot()).isTrue();
            assertThat(user.getRunAsUser()).isPositive();
            assertThat(user.getRunAsGroup()).isPositive();
            assertThat(user.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getInitContainers()).isEmpty();
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getContainers()).hasSize(1).allSatisfy(container -> {
                SecurityContext may = container.getSecurityContext();
                assertThat(may.getAllowPrivilegeEscalation()).isFalse();
                assertThat(may.getReadOnlyRootFilesystem()).isTrue();
                assertThat(may.getCapabilities().getDrop()).containsExactly("ALL");
                assertThat(may.getCapabilities().getAdd()).isEmpty();
                assertThat(may.getPrivileged()).isNull();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void aNodeWritesOnlyToTmp(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        List<String> writable = manifests.pod().getVolumes().stream()
                .filter(volume -> volume.getEmptyDir() != null)
                .map(Volume::getName)
                .toList();
        assertThat(manifests.container().getVolumeMounts()).allSatisfy(mount -> assertThat(mount.getReadOnly())
                .as(mount.getMountPath())
                .isEqualTo(writable.contains(mount.getName()) ? null : Boolean.TRUE));
        assertThat(manifests.container().getVolumeMounts().stream()
                        .filter(mount -> writable.contains(mount.getName()))
                        .map(VolumeMount::getMountPath))
                .containsExactly("/tmp");
        assertThat(manifests.container().getEnv())
                .filteredOn(each -> each.getName().equals("JDK_JAVA_OPTIONS"))
                .allSatisfy(each -> assertThat(each.getValue().split(" ")).contains("-Djava.io.tmpdir=/tmp"))
                .hasSize(1);
    }

    /** Readable by the group of the pod, and by nobody else. */
    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void theUserOfANodeCanReadItsSecrets(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        PodSecurityContext user = manifests.pod().getSecurityContext();
        assertThat(user.getFsGroup()).isEqualTo(user.getRunAsGroup());
        assertThat(manifests.pod().getVolumes())
                .filteredOn(volume -> volume.getSecret() != null)
                .hasSize(3)
                .allSatisfy(volume ->
                        assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440));
    }

    @Test
    void theMemoryOfANodeHoldsWhatItsJvmMayTake() {
        Container container = Manifests.of(PRODUCTION).container();
        long limit = bytes(container.getResources().getLimits().get("memory"));
        long heap = limit * option(container, "-XX:MaxRAMPercentage=(\\d+)") / 100;
        long buffers = option(container, "-XX:MaxDirectMemorySize=(\\d+)m") * MIB;
        assertThat(heap + buffers + BESIDE_THE_HEAP).isLessThanOrEqualTo(limit);
        assertThat(bytes(container.getResources().getRequests().get("memory"))).isEqualTo(limit);
        assertThat(container.getResources().getLimits()).doesNotContainKey("cpu");
        assertThat(option(container, "-XX:ActiveProcessorCount=(\\d+)"))
                .isGreaterThanOrEqualTo(
                        bytes(container.getResources().getRequests().get("cpu")));
    }

    /** A JVM that does not know an option does not start. */
    @Test
    void theJvmKnowsItsOptions() throws Exception {
        Path jvm = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder version = new ProcessBuilder(jvm.toString(), "-version").redirectErrorStream(true);
        version.environment()
                .put("JDK_JAVA_OPTIONS", options(Manifests.of(PRODUCTION).container()));
        Process process = version.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("Picked up JDK_JAVA_OPTIONS: -XX:");
    }

    /** Needed from 24 on, or the log begins with warnings; the second one is unknown before. */
    @Test
    void theJvmHasTheOptionsOfItsVersion() throws Exception {
        String options = options(Manifests.of(PRODUCTION).container());
        boolean newer = Dockerfile.read().javaVersion() >= 24;
        assertThat(options.contains("--sun-misc-unsafe-memory-access=allow")).isEqualTo(newer);
        assertThat(options.contains("--enable-native-access=ALL-UNNAMED")).isEqualTo(newer);
    }

    private static long bytes(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity).longValueExact();
    }

    private static String options(Container container) {
        return container.getEnv().stream()
                .filter(each -> each.getName().equals("JDK_JAVA_OPTIONS"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static long option(Container container, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(options(container));
        assertThat(matcher.find()).as(pattern).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
