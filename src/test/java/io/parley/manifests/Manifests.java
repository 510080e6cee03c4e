package io.parley.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What {@code kubectl kustomize} makes of one directory of k8s/, every document read strictly. */
record Manifests(List<HasMetadata> all) {

    static final String BASE = "base";
    static final String DEV = "dev";
    static final String PRODUCTION = "production";

    private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1 ConfigMap", ConfigMap.class,
            "v1 Service", Service.class,
            "v1 ServiceAccount", ServiceAccount.class,
            "apps/v1 Deployment", Deployment.class,
            "apps/v1 StatefulSet", StatefulSet.class,
            "autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class);

    private static final ObjectMapper YAML = new ObjectMapper(
                    new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new Strict());

    /** The model keeps fields that it does not know; a typing error would pass for one. */
    private static final class Strict extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated method) {
            return false;
        }
    }

    /** Skips the test when there is no kubectl. */
    static Manifests of(String overlay) {
        return read(render(overlay));
    }

    /** As a person would have filled it in: stores at names, in networks of one address each. */
    static Manifests filledIn(String overlay) {
        return read(render(overlay)
                .replace("FILL IN the host name of MySQL", "mysql.example.org")
                .replace("FILL IN the host name of Redis", "redis.example.org")
                .replace("FILL IN the network of MySQL", "10.0.8.1/32")
                .replace("FILL IN the network of Redis", "10.0.8.2/32"));
    }

    /** Every document of a YAML stream; fails on a kind or a field that is not known. */
    static Manifests read(String yaml) {
        List<HasMetadata> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> each = YAML.readerFor(JsonNode.class).readValues(yaml)) {
            while (each.hasNext()) {
                JsonNode document = each.next();
                String kind = document.path("apiVersion").asText() + " "
                        + document.path("kind").asText();
                assertThat(KINDS).containsKey(kind);
                documents.add(YAML.treeToValue(document, KINDS.get(kind)));
            }
        } catch (IOException notRead) {
            throw new UncheckedIOException(notRead);
        }
        return new Manifests(documents);
    }

    /** Skips the test when it is not there. */
    static void needKubectl() {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
        assumeTrue(there, "the manifests are not checked: there is no kubectl on the PATH");
    }

    /** Once for each overlay and JVM. */
    private static String render(String overlay) {
        needKubectl();
        return RENDERED.computeIfAbsent(overlay, Manifests::kustomize);
    }

    private static String kustomize(String overlay) {
        try {
            Path said = Files.createTempFile("kustomize", ".txt");
            Process kubectl = new ProcessBuilder("kubectl", "kustomize", "k8s/" + overlay)
                    .redirectError(said.toFile())
                    .start();
            String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(kubectl.waitFor()).as(Files.readString(said)).isZero();
            Files.delete(said);
            return yaml;
        } catch (InterruptedException | IOException notRendered) {
            throw new IllegalStateException(notRendered);
        }
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> T named(Class<T> type, String name) {
        return all(type).stream()
                .filter(each -> each.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }

    Deployment nodes() {
        return named(Deployment.class, "parley");
    }

    PodSpec pod() {
        return nodes().getSpec().getTemplate().getSpec();
    }

    Container container() {
        assertThat(pod().getContainers()).hasSize(1);
        return pod().getContainers().get(0);
    }

    /** Of the nodes, and of the stores where they are part of it. */
    List<PodTemplateSpec> templates() {
        return Stream.concat(
                        all(Deployment.class).stream()
                                .map(each -> each.getSpec().getTemplate()),
                        all(StatefulSet.class).stream()
                                .map(each -> each.getSpec().getTemplate()))
                .toList();
    }
}
