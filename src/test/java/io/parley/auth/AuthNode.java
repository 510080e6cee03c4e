package io.parley.auth;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Addresses;
import io.parley.bus.LocalCodec;
import io.parley.bus.Login;
import io.parley.bus.Lookup;
import io.parley.config.AuthConfig;
import io.parley.config.AuthConfig.HashFormat;
import io.parley.config.AuthConfig.TokenConfig;
import io.parley.config.AuthConfig.TokenConfig.Algorithm;
import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.metrics.Metrics;
import io.parley.protocol.Entrance;
import io.parley.protocol.Entrance.Guests;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;

/** The part of a node that knows who is who, and how the rest of the node asks it. */
final class AuthNode {

    static final String SECRET = "the secret of the tests, 32 bytes or more";

    private static final DeliveryOptions LOCAL =
            new DeliveryOptions().setCodecName(LocalCodec.NAME).setLocalOnly(true);

    private final Vertx vertx;

    private AuthNode(Vertx vertx) {
        this.vertx = vertx;
    }

    static AuthConfig config(String accountQuery, HashFormat format) {
        TokenConfig token =
                new TokenConfig(Algorithm.HS256, SECRET, null, null, "parley", "parley", Duration.ofHours(12));
        return new AuthConfig(accountQuery, format, 2, 64, 5, Duration.ofMinutes(5), token);
    }

    static AuthNode start(Vertx vertx, AuthConfig config, MySqlConfig mysql, RedisConfig redis) throws Exception {
        LocalCodec.registerOn(vertx.eventBus());
        vertx.deployVerticle(new AuthVerticle(config, mysql, redis, new Metrics()))
                .await(20, SECONDS);
        return new AuthNode(vertx);
    }

    Object password(String userId, String password) throws Exception {
        return ask(new Login(userId, password, null, Entrance.of("192.0.2.1")));
    }

    Object token(String userId, String token) throws Exception {
        return ask(new Login(userId, null, token, Entrance.of("192.0.2.1")));
    }

    /** As somebody who has nothing but an id. */
    Object guest(String userId, Guests guests, boolean broadcast) throws Exception {
        return ask(new Login(userId, null, null, new Entrance("192.0.2.1", guests, broadcast)));
    }

    Object lookup(String userId) throws Exception {
        return ask(new Lookup(userId));
    }

    Identity enters(String userId, String password) throws Exception {
        Object answer = password(userId, password);
        assertThat(answer).as(userId).isInstanceOf(Identity.class);
        return (Identity) answer;
    }

    static void refused(Object answer, ErrorCode code) {
        assertThat(answer).isInstanceOf(Refusal.class);
        assertThat(((Refusal) answer).code()).as(answer.toString()).isEqualTo(code);
    }

    private Object ask(Object request) throws Exception {
        return vertx.eventBus()
                .<Object>request(Addresses.AUTH, request, LOCAL)
                .map(reply -> reply.body())
                .await(20, SECONDS);
    }
}
