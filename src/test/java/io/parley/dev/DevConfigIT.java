package io.parley.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.ListenerConfig;
import io.parley.config.NodeConfig;
import io.parley.protocol.Entrance.Guests;
import io.parley.testkit.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevConfigIT {

    @TempDir
    Path data;

    @Test
    void aDevNodeListensForEveryKindOfClientOnThisMachineOnly() throws IOException {
        NodeConfig config = DevConfig.of(data, DevCertificate.in(data), Services.database(), Services.redis(), 1_000);
        assertThat(config.listeners())
                .extracting(each -> each.name() + " " + each.codec() + " " + each.port() + (each.tls() ? " TLS" : ""))
                .containsExactly(
                        "json JSON 8443 TLS",
                        "text TEXT 11000 TLS",
                        "line LINE 7697 TLS",
                        "guests JSON 9124",
                        "line-guests LINE 7666");
        assertThat(config.listeners())
                .allMatch(each -> each.host().equals("127.0.0.1"))
                .allMatch(each -> each.tls() == (each.guests() == Guests.NONE));
        assertThat(config.listeners().get(1).manner().language()).isEqualTo(ListenerConfig.Language.ZH);
        ListenerConfig guests = config.listeners().get(3);
        assertThat(guests.guests()).isEqualTo(Guests.REPLACE);
        assertThat(guests.guestsBroadcast()).isTrue();
        assertThat(guests.idleTimeout()).contains(Duration.ofHours(1));
    }
}
