package io.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeUsageTest {

    @Test
    void readsWhatAPageSays() {
        NodeUsage usage = NodeUsage.parse("""
                # HELP process_cpu_seconds_total x
                process_cpu_seconds_total 12.5
                jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 2.0E3
                # TYPE jvm_gc_live_data_size_bytes gauge
                jvm_gc_live_data_size_bytes 3.0E3
                process_resident_memory_bytes 40.0
                """);
        assertThat(usage).isEqualTo(new NodeUsage(12.5, 3000, 40));
        assertThat(usage.cpuMicrosSince(new NodeUsage(12, 0, 0))).isEqualTo(500_000);
    }

    @Test
    void aPageWithoutThemHasNothing() {
        assertThat(NodeUsage.parse("")).isEqualTo(new NodeUsage(0, 0, 0));
    }
}
