package io.parley.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.EventBusMetrics;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.core.spi.metrics.TCPMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.UUID;

/**
 * Which meters of Vert.x a node has: those of sockets and pools, and ours for the event bus.
 *
 * <p>Not those of HTTP: they have a label for the method, which a visitor may invent. No label for addresses or names
 * of pools: there are as many as peers, and new ones with each start.
 */
final class VertxMeters implements VertxMetrics {

    private final VertxMetrics vertxs;
    private final BusMeters bus;

    private VertxMeters(VertxMetrics vertxs, BusMeters bus) {
        this.vertxs = vertxs;
        this.bus = bus;
    }

    static VertxMetricsFactory in(MeterRegistry registry, BusMeters bus, VertxOptions options) {
        options.setMetricsOptions(new MicrometerMetricsOptions()
                // Registries are found by name, in the whole JVM.
                .setRegistryName(UUID.randomUUID().toString())
                .setLabels(EnumSet.of(Label.POOL_TYPE))
                .setEnabled(true));
        VertxMetricsFactory factory = new MicrometerMetricsFactory(registry);
        return each -> new VertxMeters(factory.metrics(each), bus);
    }

    @Override
    public EventBusMetrics<?> createEventBusMetrics() {
        return bus;
    }

    @Override
    public TCPMetrics<?> createNetServerMetrics(NetServerOptions options, SocketAddress address) {
        return vertxs.createNetServerMetrics(options, address);
    }

    @Override
    public TCPMetrics<?> createNetClientMetrics(NetClientOptions options) {
        return vertxs.createNetClientMetrics(options);
    }

    @Override
    public PoolMetrics<?, ?> createPoolMetrics(String type, String name, int size) {
        return vertxs.createPoolMetrics(type, name, size);
    }

    @Override
    public boolean isMetricsEnabled() {
        return true;
    }

    @Override
    public void close() {
        vertxs.close();
    }
}
