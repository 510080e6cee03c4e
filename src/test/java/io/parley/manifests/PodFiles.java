package io.parley.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.parley.config.MadeUpEnvironment;
import io.parley.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a container of a node finds: the files of its volumes, below a directory that stands for its root, and its
 * environment.
 *
 * @param given  what people make: the content of secrets and config maps that no manifest holds, by name and key
 */
record PodFiles(Manifests manifests, Path root, Map<String, Map<String, String>> given) {

    static final String POD_IP = "10.42.0.7";

    /** Writes what config maps and secrets would have put there; another kind of volume is an empty directory. */
    void write() throws IOException {
        for (VolumeMount mount : manifests.container().getVolumeMounts()) {
            Path directory = Files.createDirectories(inside(mount.getMountPath()));
            Volume volume = volume(mount.getName());
            for (Map.Entry<String, String> file : content(volume).entrySet()) {
                Path path = Files.writeString(directory.resolve(file.getKey()), file.getValue());
                if (volume.getSecret() != null) {
                    Files.setPosixFilePermissions(
                            path, permissions(volume.getSecret().getDefaultMode()));
                }
            }
        }
    }

    /** A path of the container, where it is now. */
    Path inside(String path) {
        assertThat(path).startsWith("/");
        return root.resolve(path.substring(1));
    }

    Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (EnvFromSource source : manifests.container().getEnvFrom()) {
            variables.putAll(configMap(source.getConfigMapRef().getName()));
        }
        for (EnvVar variable : manifests.container().getEnv()) {
            variables.put(variable.getName(), value(variable));
        }
        return variables;
    }

    /** What the node reads; throws {@link io.parley.config.ConfigFaults}. */
    NodeConfig config() {
        return MadeUpEnvironment.read(conf(), environment());
    }

    Path conf() {
        List<String> arguments = manifests.container().getArgs();
        assertThat(arguments).startsWith("serve", "--conf").hasSize(3);
        return inside(arguments.get(2));
    }

    private static String value(EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        assertThat(variable.getValueFrom().getFieldRef().getFieldPath()).isEqualTo("status.podIP");
        return POD_IP;
    }

    /** From a number such as 0440; the lowest bit is the last of the set. */
    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode & 1 << all.length - 1 - i) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }

    private Volume volume(String name) {
        return manifests.pod().getVolumes().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no volume " + name));
    }

    private Map<String, String> content(Volume volume) {
        if (volume.getConfigMap() != null) {
            return configMap(volume.getConfigMap().getName());
        }
        return volume.getSecret() == null ? Map.of() : given(volume.getSecret().getSecretName());
    }

    private Map<String, String> configMap(String name) {
        return manifests.all(ConfigMap.class).stream()
                .filter(each -> each.getMetadata().getName().equals(name))
                .findFirst()
                .map(ConfigMap::getData)
                .orElseGet(() -> given(name));
    }

    private Map<String, String> given(String name) {
        assertThat(given).as("what people make, by kubernetes.md").containsKey(name);
        return given.get(name);
    }
}
