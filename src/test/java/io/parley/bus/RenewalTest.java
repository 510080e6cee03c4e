package io.parley.bus;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An address that is registered anew: its own node must not notice, however long the registry takes. */
class RenewalTest {

    private static final int BURST = 500;

    private final StubbornRegistry registry = new StubbornRegistry();
    private final Vertx vertx = await(
            Vertx.builder().withClusterManager(registry.asClusterManager()).buildClustered());
    private final Addresses addresses = new Addresses("node-1", "0000abcd", 1);
    private final String gateway = addresses.gateway(0);
    private final Bus local = new Bus(vertx);
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        LocalCodec.registerOn(vertx.eventBus());
        Context context = vertx.getOrCreateContext();
        Promise<Void> listening = Promise.promise();
        context.runOnContext(onLoop -> new ClusterBus(vertx, addresses, Members.alone(addresses))
                .consume(gateway, received -> heard.add(((AskSession) received.record()).session()))
                .onComplete(listening));
        await(listening.future());
        assertThat(registry.asked()).hasSize(1);
    }

    @AfterEach
    void close() {
        registry.answer();
        await(vertx.close());
    }

    private List<String> sendBurst(String name) {
        List<String> sent = new ArrayList<>();
        IntStream.range(0, BURST).mapToObj(i -> name + i).forEach(id -> {
            sent.add(id);
            local.send(gateway, new AskSession(id));
        });
        return sent;
    }

    private void awaitAsked(String... wanted) {
        List<String> asked = new ArrayList<>();
        Eventually.holds(() -> "asked " + asked, () -> {
            asked.addAll(registry.asked());
            return asked.size() >= wanted.length;
        });
        assertThat(asked).containsExactly(wanted);
    }

    @Test
    void anAddressIsRegisteredAnewBeforeTheOldRegistrationGoes() {
        local.send(gateway, new Renew());
        awaitAsked("addRegistration 1", "removeRegistration 0");
        local.send(gateway, new Renew());
        awaitAsked("addRegistration 2", "removeRegistration 1");
        assertThat(sendBurst("after")).hasSize(BURST);
        Eventually.holds("all heard", () -> heard.size() == BURST);
    }

    @Test
    void theNodeHearsItselfInOrderWhileTheRegistryTakesItsTime() {
        registry.beStubborn();
        local.send(gateway, new Renew());
        awaitAsked("addRegistration 1");
        List<String> sent = sendBurst("during");
        Eventually.holds(() -> "heard " + heard.size(), () -> heard.size() >= BURST);
        registry.answer();
        awaitAsked("removeRegistration 0");
        sent.addAll(sendBurst("after"));
        Eventually.holds(() -> "heard " + heard.size(), () -> heard.size() >= 2 * BURST);
        assertThat(heard).containsExactlyElementsOf(sent);
    }

    @Test
    void whileOneRenewalIsUnderWayAnotherIsNotBegun() {
        registry.beStubborn();
        for (int i = 0; i < 10; i++) {
            local.send(gateway, new Renew());
        }
        sendBurst("last");
        Eventually.holds("all heard", () -> heard.size() == BURST);
        awaitAsked("addRegistration 1");
    }

    @Test
    void aRenewalThatFailsLeavesTheNodeToHearItselfAndMayBeTriedAgain() {
        registry.beStubborn();
        local.send(gateway, new Renew());
        awaitAsked("addRegistration 1");
        registry.fail();
        awaitAsked("removeRegistration 0");
        sendBurst("after");
        Eventually.holds("all heard", () -> heard.size() == BURST);
        local.send(gateway, new Renew());
        awaitAsked("addRegistration 2", "removeRegistration 1");
    }
}
