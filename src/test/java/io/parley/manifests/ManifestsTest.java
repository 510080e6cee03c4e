package io.parley.manifests;

import static io.parley.manifests.Manifests.DEV;
import static io.parley.manifests.Manifests.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents of k8s/ are known to Kubernetes, and fit each other. */
class ManifestsTest {

    private static final Map<String, String> NODES = Map.of("app.kubernetes.io/name", "parley");

    @ParameterizedTest
    @ValueSource(strings = {Manifests.BASE, DEV, PRODUCTION})
    void everyDocumentIsKnownAndThereOnce(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        assertThat(manifests.all().stream()
                        .map(each -> each.getKind() + " " + each.getMetadata().getName()))
                .contains("Deployment parley", "Service parley", "Service parley-nodes", "PodDisruptionBudget parley")
                .doesNotHaveDuplicates();
    }

    /** What the test above is worth. */
    @Test
    void aFieldWithATypingErrorIsNotKnown() {
        String service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {%s: {app: b}}\n";
        assertThat(Manifests.read(service.formatted("selector")).all()).hasSize(1);
        assertThatThrownBy(() -> Manifests.read(service.formatted("selektor")))
                .hasCauseInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("selektor");
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void whatSelectsNodesSelectsThemAndNothingElse(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        DeploymentSpec spec = manifests.nodes().getSpec();
        assertThat(spec.getSelector()).isEqualTo(selector(NODES));
        assertThat(manifests.named(Service.class, "parley").getSpec().getSelector())
                .isEqualTo(NODES);
        assertThat(manifests.named(Service.class, "parley-nodes").getSpec().getSelector())
                .isEqualTo(NODES);
        assertThat(manifests
                        .named(PodDisruptionBudget.class, "parley")
                        .getSpec()
                        .getSelector())
                .isEqualTo(selector(NODES));
        assertThat(manifests.named(NetworkPolicy.class, "parley").getSpec().getPodSelector())
                .isEqualTo(selector(NODES));
        assertThat(manifests
                        .named(NetworkPolicy.class, "parley-stores")
                        .getSpec()
                        .getPodSelector())
                .isEqualTo(selector(NODES));
        assertThat(manifests.pod().getTopologySpreadConstraints())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.getLabelSelector()).isEqualTo(selector(NODES)));
        assertThat(manifests.templates().stream()
                        .map(PodTemplateSpec::getMetadata)
                        .map(ObjectMeta::getLabels)
                        .filter(labels -> labels.entrySet().containsAll(NODES.entrySet())))
                .as("pods that are taken for nodes")
                .containsExactly(spec.getTemplate().getMetadata().getLabels());
    }

    /** A service that finds no pod is as good as none. */
    @Test
    void theStoresOfDevAreFoundUnderTheirNames() {
        Manifests manifests = Manifests.of(DEV);
        for (StatefulSet store : manifests.all(StatefulSet.class)) {
            Service service = manifests.named(Service.class, store.getSpec().getServiceName());
            PodTemplateSpec template = store.getSpec().getTemplate();
            assertThat(store.getSpec().getSelector().getMatchLabels())
                    .isEqualTo(template.getMetadata().getLabels())
                    .isEqualTo(service.getSpec().getSelector());
            assertThat(service.getSpec().getPorts()).hasSize(1).allSatisfy(port -> {
                var container =
                        template.getSpec().getContainers().get(0).getPorts().get(0);
                assertThat(port.getTargetPort()).isEqualTo(new IntOrString(container.getName()));
                assertThat(port.getPort()).isEqualTo(container.getContainerPort());
            });
        }
        assertThat(manifests.all(StatefulSet.class)).hasSize(2);
    }

    /** What waits for somebody must outlive a restart, and must not be thrown out to make room. */
    @Test
    void theRedisOfDevKeepsWhatItWasGiven() {
        StatefulSet redis = Manifests.of(DEV).named(StatefulSet.class, "redis");
        assertThat(redis.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getArgs())
                .containsSequence("--appendonly", "yes")
                .containsSequence("--maxmemory-policy", "noeviction")
                .containsSequence("--requirepass", "$(REDIS_PASSWORD)");
        assertThat(redis.getSpec().getVolumeClaimTemplates()).hasSize(1);
    }

    @Test
    void theNumberOfNodesHasOneMaster() {
        Manifests production = Manifests.of(PRODUCTION);
        HorizontalPodAutoscaler autoscaler = production.named(HorizontalPodAutoscaler.class, "parley");
        CrossVersionObjectReference target = autoscaler.getSpec().getScaleTargetRef();
        assertThat(List.of(target.getApiVersion(), target.getKind(), target.getName()))
                .containsExactly(
                        production.nodes().getApiVersion(),
                        production.nodes().getKind(),
                        production.nodes().getMetadata().getName());
        assertThat(production.nodes().getSpec().getReplicas()).isNull();
        assertThat(autoscaler.getSpec().getMinReplicas()).isGreaterThanOrEqualTo(3);

        Manifests dev = Manifests.of(DEV);
        assertThat(dev.all(HorizontalPodAutoscaler.class)).isEmpty();
        assertThat(dev.nodes().getSpec().getReplicas()).isEqualTo(2);
    }

    /** The next pod is stopped this long after the one before began to stop, at the earliest: then it has ended. */
    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void nodesStopOneAtATime(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        DeploymentSpec spec = manifests.nodes().getSpec();
        assertThat(spec.getStrategy().getType()).isEqualTo("RollingUpdate");
        assertThat(spec.getStrategy().getRollingUpdate().getMaxSurge()).isEqualTo(new IntOrString(1));
        assertThat(spec.getStrategy().getRollingUpdate().getMaxUnavailable()).isEqualTo(new IntOrString(0));
        long grace = manifests.pod().getTerminationGracePeriodSeconds();
        assertThat(spec.getMinReadySeconds()).isGreaterThanOrEqualTo((int) grace);
        assertThat(spec.getProgressDeadlineSeconds())
                .as("a pod that becomes available is no lack of progress")
                .isGreaterThan(2 * spec.getMinReadySeconds());
        assertThat(manifests
                        .named(PodDisruptionBudget.class, "parley")
                        .getSpec()
                        .getMaxUnavailable())
                .isEqualTo(new IntOrString(1));
        for (HorizontalPodAutoscaler autoscaler : manifests.all(HorizontalPodAutoscaler.class)) {
            assertThat(autoscaler.getSpec().getBehavior().getScaleDown().getPolicies())
                    .hasSize(1)
                    .allSatisfy(policy -> {
                        assertThat(policy.getType()).isEqualTo("Pods");
                        assertThat(policy.getValue()).isEqualTo(1);
                        assertThat(policy.getPeriodSeconds()).isGreaterThanOrEqualTo((int) grace);
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void everyMountHasItsVolumeAndEveryVolumeItsMount(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        for (PodTemplateSpec template : manifests.templates()) {
            Set<String> volumes = template.getSpec().getVolumes().stream()
                    .map(Volume::getName)
                    .collect(Collectors.toCollection(HashSet::new));
            manifests.all(StatefulSet.class).stream()
                    .filter(each -> each.getSpec().getTemplate().equals(template))
                    .flatMap(each -> each.getSpec().getVolumeClaimTemplates().stream())
                    .forEach(claim -> volumes.add(claim.getMetadata().getName()));
            assertThat(template.getSpec().getContainers().stream()
                            .flatMap(each -> each.getVolumeMounts().stream())
                            .map(VolumeMount::getName))
                    .containsExactlyInAnyOrderElementsOf(volumes);
        }
    }

    /** A mount with a subPath keeps the file that it began with: a renewed certificate would never arrive. */
    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void whatIsRenewedAppearsInTheRunningPod(String overlay) {
        assertThat(Manifests.of(overlay).container().getVolumeMounts())
                .allSatisfy(mount -> assertThat(mount.getSubPath()).isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {DEV, PRODUCTION})
    void aNodeAsksNothingOfKubernetes(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        ServiceAccount account = manifests.named(ServiceAccount.class, "parley");
        assertThat(manifests.pod().getServiceAccountName())
                .isEqualTo(account.getMetadata().getName());
        assertThat(account.getAutomountServiceAccountToken()).isFalse();
        assertThat(manifests.pod().getEnableServiceLinks()).isFalse();
    }

    private static LabelSelector selector(Map<String, String> labels) {
        return new LabelSelector(List.of(), labels);
    }
}
