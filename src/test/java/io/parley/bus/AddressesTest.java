package io.parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    private static final String BOOT = "0a1b2c3d";

    private static Addresses of(String node) {
        return new Addresses(node, BOOT, 2);
    }

    /** Every id that {@code node.id} may have. */
    @ParameterizedTest
    @ValueSource(
            strings = {"n", "parley-1", "parley.eu.example.org", ".", "..", "-", ".a.", "a..b", "gateway.x.0", "0"})
    void whateverTheNodesIdItsAddressesSayWhoseTheyAre(String id) {
        Addresses node = of(id);
        for (String address : node.clustered()) {
            assertThat(node.isHere(address)).as(address).isTrue();
            assertThat(Addresses.nodeOf(address)).as(address).isEqualTo(node.self());
        }
        assertThat(node.isHere(Addresses.witness(node.self()))).isTrue();
        assertThat(Addresses.nodeOf(Addresses.witness(node.self()))).isEqualTo(node.self());
        assertThat(node.clustered())
                .containsExactly(
                        node.gateway(0),
                        node.courier(0),
                        node.gateway(1),
                        node.courier(1),
                        Addresses.rooms(node.self()),
                        Addresses.groups(node.self()))
                .doesNotContain(Addresses.witness(node.self()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n-", "-n", "n.", ".n", "nn", "m", "n.n", "n-0a1b2c3d"})
    void aSimilarNodeIsAnotherOne(String id) {
        assertThat(of("n").isHere(of(id).gateway(0))).isFalse();
        assertThat(of(id).isHere(of("n").gateway(0))).isFalse();
    }

    @Test
    void anotherRunOfTheNodeIsAnotherOne() {
        Addresses later = new Addresses("n", "ffffffff", 2);
        assertThat(of("n").isHere(later.gateway(0))).isFalse();
        assertThat(of("n").self()).isNotEqualTo(later.self());
    }

    /** Whatever a broken or hostile location names. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "...", "gateway", "gateway.", ".0", "auth", "delivery.0", "gateway..0", "😀"})
    void whatIsNoAddressBelongsToNobody(String address) {
        assertThat(of("n").isHere(address)).isFalse();
        assertThat(Addresses.nodeOf(address)).isIn("", ".");
    }

    @Test
    void whatStaysOnANodeBelongsToNoNode() {
        Addresses node = of("n");
        assertThat(node.deliveries()).containsExactly("delivery.0", "delivery.1");
        assertThat(node.deliveries()).allSatisfy(address -> {
            assertThat(node.isHere(address)).isFalse();
            assertThat(Addresses.nodeOf(address)).isEmpty();
        });
        assertThat(node.isHere(Addresses.AUTH)).isFalse();
        assertThat(node.isHere(Addresses.ROOMS)).isFalse();
    }

    @Test
    void everyRecipientHasOneShard() {
        Addresses node = of("n");
        for (String user : List.of("ann", "bob", "你好", "polygenelubricants", "")) {
            assertThat(node.deliveryTo(user)).isEqualTo(node.deliveryTo(user)).isIn(node.deliveries());
        }
    }
}
