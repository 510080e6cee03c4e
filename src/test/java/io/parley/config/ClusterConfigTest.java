package io.parley.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.ClusterConfig.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {

    @TempDir
    Path directory;

    private static Sample plain() {
        return new Sample()
                .with("cluster.enabled", true)
                .with("cluster.host", "10.0.0.1")
                .with("cluster.busTls", false);
    }

    private static List<String> faults(Sample sample) {
        return sample.faults().stream()
                .map(fault -> fault.problem() + " " + fault.key())
                .toList();
    }

    @Test
    void aNodeStaysAloneUnlessItIsToldTo() {
        assertThat(new Sample().read().cluster()).isNull();
        assertThat(new Sample()
                        .with("cluster.enabled", false)
                        .with("cluster.members", "a:1")
                        .read()
                        .cluster())
                .as("the rest may be at hand")
                .isNull();
    }

    @Test
    void aStaticClusterNamesItsMembers() {
        ClusterConfig cluster = plain().with("cluster.members", "10.0.0.1:5701, node-b:5711")
                .read()
                .cluster();
        assertThat(cluster.discovery()).isEqualTo(Discovery.STATIC);
        assertThat(cluster.members()).containsExactly("10.0.0.1:5701", "node-b:5711");
        assertThat(cluster.port()).isEqualTo(5701);
        assertThat(cluster.busPort()).isEqualTo(5702);
        assertThat(cluster.busTls()).isNull();
    }

    @Test
    void aVariableSwitchesItOnAndSaysWhoIsWho() {
        ClusterConfig cluster = new Sample()
                .with("cluster.discovery", "dns")
                .with("cluster.dns", "parley-nodes")
                .with("cluster.busTls", false)
                .environment(Map.of("PARLEY_CLUSTER_ENABLED", "true", "PARLEY_CLUSTER_HOST", "10.1.2.3"))
                .read()
                .cluster();
        assertThat(cluster.host()).isEqualTo("10.1.2.3");
        assertThat(cluster.dns()).isEqualTo("parley-nodes");
        assertThat(cluster.members()).isEmpty();
    }

    @Test
    void whatIsNeededIsAskedForAllAtOnce() {
        assertThat(faults(new Sample().with("cluster.enabled", true)))
                .containsExactlyInAnyOrder(
                        "NEEDED cluster.host",
                        "NEEDED cluster.members",
                        "NEEDED cluster.certificate",
                        "NEEDED cluster.key",
                        "NEEDED cluster.ca");
    }

    @Test
    void whatWouldNotBeUsedIsAFault() throws IOException {
        Path file = Files.writeString(directory.resolve("x.pem"), "x");
        assertThat(faults(plain().with("cluster.members", "a:1")
                        .with("cluster.dns", "b")
                        .with("cluster.ca", file.toString())))
                .containsExactlyInAnyOrder("USELESS cluster.dns", "USELESS cluster.ca");
        assertThat(faults(plain().with("cluster.discovery", "dns")
                        .with("cluster.dns", "b")
                        .with("cluster.members", "a:1")))
                .containsExactly("USELESS cluster.members");
    }

    @Test
    void twoPortsAreTwo() {
        assertThat(faults(plain().with("cluster.members", "a:1").with("cluster.busPort", 5701)))
                .containsExactly("TAKEN cluster.busPort");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a:", ":1", "a:0", "a:65536", "a:99999", "a:1,", "a:1 b:2", "a:1;b:2", "a:1,,b:2", "-"})
    void membersAreHostsWithPorts(String members) {
        assertThat(faults(plain().with("cluster.members", members))).contains("WRONG cluster.members");
    }
}
