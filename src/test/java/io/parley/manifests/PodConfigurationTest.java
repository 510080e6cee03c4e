package io.parley.manifests;

import static io.parley.manifests.Manifests.BASE;
import static io.parley.manifests.Manifests.DEV;
import static io.parley.manifests.Manifests.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.parley.admin.AdminVerticle;
import io.parley.config.ClusterConfig;
import io.parley.config.ClusterConfig.Discovery;
import io.parley.config.ConfigFaults;
import io.parley.config.DrainConfig;
import io.parley.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The manifests and the configuration in them agree: a node takes it as a pod gives it, with the files that people make
 * by kubernetes.md, and Kubernetes knows the ports, paths and times in it.
 */
class PodConfigurationTest {

    /** Between the end of the longest stop and the kill. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    @TempDir
    private static Path page;

    private static Map<String, Map<String, String>> given;

    @TempDir
    private Path root;

    @BeforeAll
    static void doWhatThePageSays() throws Exception {
        given = PageCommands.run(page);
    }

    private NodeConfig config(Manifests manifests) throws IOException {
        PodFiles files = new PodFiles(manifests, root, given);
        files.write();
        return files.config();
    }

    private List<String> faults(Manifests manifests) {
        return catchThrowableOfType(ConfigFaults.class, () -> config(manifests)).faults().stream()
                .map(fault -> fault.problem() + " " + fault.key())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void aNodeTakesItsConfiguration(String overlay) throws IOException {
        NodeConfig config = config(Manifests.filledIn(overlay));
        ClusterConfig cluster = config.cluster();
        assertThat(cluster.host()).isEqualTo(PodFiles.POD_IP);
        assertThat(cluster.busTls()).isNotNull();
        assertThat(config.mysql().password())
                .isEqualTo(given.get("parley-credentials").get("mysql-password"));
        assertThat(config.redis().password())
                .isEqualTo(given.get("parley-credentials").get("redis-password"));
        assertThat(config.listeners())
                .allMatch(each -> each.tls() && each.host().equals("0.0.0.0"));
    }

    @Test
    void productionSpeaksTlsToItsStores() throws IOException {
        NodeConfig config = config(Manifests.filledIn(PRODUCTION));
        assertThat(config.mysql().tls()).isEqualTo(io.parley.config.MySqlConfig.Tls.VERIFY_IDENTITY);
        assertThat(config.mysql().ca()).isNotNull();
        assertThat(config.redis().tls()).isTrue();
        assertThat(config.redis().ca()).isNotNull();
    }

    /** Nobody gets a node that waits in silence for a store at a place that nobody has said. */
    @Test
    void aNodeRefusesWhatNobodyHasFilledIn() {
        assertThat(faults(Manifests.of(BASE))).containsExactly("MISSING mysql.host", "MISSING redis.host");
        assertThat(faults(Manifests.of(PRODUCTION))).containsExactly("WRONG mysql.host", "WRONG redis.host");
        assertThat(egressToStores(Manifests.of(PRODUCTION)).keySet()).noneMatch(PodConfigurationTest::isNetwork);
        assertThat(Manifests.of(PRODUCTION).container().getImage()).startsWith("FILL-IN.invalid/");
    }

    @Test
    void filledInNothingIsLeft() throws IOException {
        NodeConfig config = config(Manifests.filledIn(PRODUCTION));
        assertThat(egressToStores(Manifests.filledIn(PRODUCTION)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "10.0.8.1/32",
                        List.of(config.mysql().port()),
                        "10.0.8.2/32",
                        List.of(config.redis().port())))
                .allSatisfy((network, ports) -> assertThat(isNetwork(network)).isTrue());
    }

    @Test
    void theNodesOfDevReachTheStoresOfDev() throws IOException {
        Manifests dev = Manifests.of(DEV);
        NodeConfig config = config(dev);
        assertThat(ports(dev.named(Service.class, config.mysql().host())).values())
                .containsExactly(config.mysql().port());
        assertThat(ports(dev.named(Service.class, config.redis().host())).values())
                .containsExactly(config.redis().port());
        assertThat(egressToStores(dev))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "mysql", List.of(config.mysql().port()),
                        "redis", List.of(config.redis().port())));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void theGracePeriodIsLongerThanTheLongestStop(String overlay) throws IOException {
        Manifests manifests = Manifests.filledIn(overlay);
        Duration grace = Duration.ofSeconds(manifests.pod().getTerminationGracePeriodSeconds());
        DrainConfig drain = config(manifests).sessions().drain();
        assertThat(drain.longestStop().plus(MARGIN)).isLessThanOrEqualTo(grace);
        assertThat(drain.delay()).as("time for the Service to notice").isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void kubernetesKnowsThePorts(String overlay) throws IOException {
        Manifests manifests = Manifests.filledIn(overlay);
        NodeConfig config = config(manifests);
        int clients = config.listeners().get(0).port();
        int cluster = config.cluster().port();
        int bus = config.cluster().busPort();
        int http = config.http().port();
        assertThat(config.listeners()).hasSize(1);
        assertThat(manifests.container().getPorts().stream()
                        .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort)))
                .isEqualTo(Map.of("clients", clients, "cluster", cluster, "bus", bus, "http", http));
        assertThat(ports(manifests.named(Service.class, "parley"))).isEqualTo(Map.of("clients", clients));
        assertThat(ports(manifests.named(Service.class, "parley-nodes")))
                .isEqualTo(Map.of("cluster", cluster, "bus", bus));

        NetworkPolicy policy = manifests.named(NetworkPolicy.class, "parley");
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getSpec().getIngress().stream()
                        .collect(Collectors.toMap(each -> peers(each.getFrom()), each -> numbers(each.getPorts()))))
                .isEqualTo(Map.of(
                        "anybody", List.of(clients),
                        "parley", List.of(cluster, bus),
                        "in monitoring", List.of(http)));
        assertThat(policy.getSpec().getEgress().stream()
                        .collect(Collectors.toMap(each -> peers(each.getTo()), each -> numbers(each.getPorts()))))
                .isEqualTo(Map.of(
                        "parley", List.of(cluster, bus),
                        "in kube-system, 169.254.20.10/32", List.of(53, 53)));
    }

    /** The name, and that nodes are found before they are ready: none is while they look for each other. */
    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void nodesFindEachOther(String overlay) throws IOException {
        Manifests manifests = Manifests.filledIn(overlay);
        ClusterConfig cluster = config(manifests).cluster();
        assertThat(cluster.discovery()).isEqualTo(Discovery.DNS);
        Service headless = manifests.named(Service.class, cluster.dns());
        assertThat(headless.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(headless.getSpec().getPublishNotReadyAddresses()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void kubernetesAsksWhereTheNodeAnswers(String overlay) throws IOException {
        Manifests manifests = Manifests.filledIn(overlay);
        assertProbe(manifests.container().getStartupProbe(), AdminVerticle.LIVE);
        assertProbe(manifests.container().getLivenessProbe(), AdminVerticle.LIVE);
        assertProbe(manifests.container().getReadinessProbe(), AdminVerticle.READY);
        NodeConfig config = config(manifests);
        assertThat(config.http().host()).isEqualTo("0.0.0.0");
        assertThat(manifests.nodes().getSpec().getTemplate().getMetadata().getAnnotations())
                .isEqualTo(Map.of(
                        "prometheus.io/scrape",
                        "true",
                        "prometheus.io/port",
                        String.valueOf(config.http().port()),
                        "prometheus.io/path",
                        AdminVerticle.METRICS));
    }

    /** Of nodes, PodFiles takes no others; of the stores, here. */
    @Test
    void thePageMakesTheSecretsOfTheStores() {
        List<SecretKeySelector> keys = Manifests.of(DEV).templates().stream()
                .flatMap(template -> template.getSpec().getContainers().stream())
                .flatMap(container -> container.getEnv().stream())
                .map(EnvVar::getValueFrom)
                .filter(source -> source != null && source.getSecretKeyRef() != null)
                .map(source -> source.getSecretKeyRef())
                .toList();
        assertThat(keys).hasSize(2).allSatisfy(key -> assertThat(given.get(key.getName()))
                .containsKey(key.getKey())
                .extractingByKey(key.getKey())
                .asString()
                .as("a line break would be part of a password")
                .matches("\\S+"));
    }

    private static void assertProbe(Probe probe, String path) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
        assertThat(probe.getTimeoutSeconds()).isLessThanOrEqualTo(probe.getPeriodSeconds());
    }

    /** Of a service, by the name of the container's port that each leads to. */
    private static Map<String, Integer> ports(Service service) {
        return service.getSpec().getPorts().stream()
                .collect(Collectors.toMap(each -> each.getTargetPort().getStrVal(), ServicePort::getPort));
    }

    private static Map<String, List<Integer>> egressToStores(Manifests manifests) {
        return manifests.named(NetworkPolicy.class, "parley-stores").getSpec().getEgress().stream()
                .collect(Collectors.toMap(
                        each -> peers(each.getTo()), each -> numbers(each.getPorts()), (a, b) -> a, TreeMap::new));
    }

    private static List<Integer> numbers(List<NetworkPolicyPort> ports) {
        return ports.stream().map(each -> each.getPort().getIntVal()).toList();
    }

    private static String peers(List<NetworkPolicyPeer> peers) {
        return peers.isEmpty() ? "anybody" : peers.stream().map(peer()).collect(Collectors.joining(", "));
    }

    private static Function<NetworkPolicyPeer, String> peer() {
        return peer -> Stream.of(
                        peer.getPodSelector() == null
                                ? null
                                : peer.getPodSelector().getMatchLabels().get("app.kubernetes.io/name"),
                        peer.getNamespaceSelector() == null
                                ? null
                                : "in "
                                        + peer.getNamespaceSelector()
                                                .getMatchLabels()
                                                .get("kubernetes.io/metadata.name"),
                        peer.getIpBlock() == null ? null : peer.getIpBlock().getCidr())
                .filter(each -> each != null)
                .collect(Collectors.joining(" "));
    }

    private static boolean isNetwork(String text) {
        return text.matches("\\d+\\.\\d+\\.\\d+\\.\\d+/\\d+");
    }
}
