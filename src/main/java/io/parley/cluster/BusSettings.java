package io.parley.cluster;

import io.parley.config.ClusterConfig;
import io.parley.config.ClusterConfig.BusTls;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.concurrent.TimeUnit;

/** The clustered event bus' options, from our configuration. Its defaults trust anybody: VERTX.md section 1. */
final class BusSettings {

    private BusSettings() {}

    /** @param address of this machine, as a literal */
    static EventBusOptions of(ClusterConfig cluster, String address) {
        EventBusOptions options = new EventBusOptions()
                .setHost(address)
                .setPort(cluster.busPort())
                .setClusterPublicHost(address)
                .setClusterPublicPort(cluster.busPort())
                .setConnectTimeout(3_000)
                .setClusterPingInterval(5_000)
                .setClusterPingReplyInterval(5_000);
        // This, not the ping, is what cuts the connection to a node that hangs: a close would wait for what is queued.
        options.setReadIdleTimeout(20).setIdleTimeoutUnit(TimeUnit.SECONDS).setTcpNoDelay(true);
        BusTls tls = cluster.busTls();
        if (tls != null) {
            options.setSsl(true)
                    .setTrustAll(false)
                    .setClientAuth(ClientAuth.REQUIRED)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(tls.certificate().toString())
                            .addKeyPath(tls.key().toString()))
                    .setTrustOptions(new PemTrustOptions().addCertPath(tls.ca().toString()));
        }
        return options;
    }
}
