package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Receipt;
import io.parley.protocol.Receipt.Status;
import io.parley.protocol.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The receipt of a message to several (protocol.md, 120 receipt). */
class FanoutTest {

    private static final Refusal FULL = new Refusal(ErrorCode.MAILBOX_FULL, "the mailbox is full");
    private static final Refusal UNKNOWN = new Refusal(ErrorCode.UNKNOWN_USER, "no account has this user_id");

    private static final Receipt DELIVERED = Receipt.delivered("c", "m");
    private static final Receipt STORED = Receipt.stored("c", "m", "replicated:1");

    private static Receipt refused(Refusal why) {
        return Receipt.refused("c", "m", why);
    }

    /** @param outcomes  of the recipients a, b, c ... in that order */
    private static Receipt receipt(boolean group, Receipt... outcomes) {
        List<String> recipients = List.of("a", "b", "c", "d").subList(0, outcomes.length);
        Fanout fanout = new Fanout("c", "m", recipients, group);
        for (int place = outcomes.length - 1; place >= 0; place--) {
            assertThat(fanout.isSettled()).isFalse();
            assertThat(fanout.settle(place, outcomes[place])).isTrue();
            assertThat(fanout.settle(place, DELIVERED)).as("a second outcome").isFalse();
        }
        assertThat(fanout.isSettled()).isTrue();
        return fanout.receipt();
    }

    @Test
    void deliveredWhenEverybodyHasIt() {
        Receipt receipt = receipt(false, DELIVERED, DELIVERED);
        assertThat(receipt.status()).isEqualTo(Status.DELIVERED);
        assertThat(receipt.clientId()).isEqualTo("c");
        assertThat(receipt.messageId()).isEqualTo("m");
        assertThat(receipt.durability()).isNull();
        assertThat(receipt.error()).isNull();
        assertThat(receipt.spread().results()).isEqualTo(Map.of("a", Status.DELIVERED, "b", Status.DELIVERED));
        assertThat(receipt.spread().errors()).isEmpty();
    }

    @Test
    void storedWhenItWaitsForSome() {
        Receipt receipt = receipt(false, DELIVERED, STORED, DELIVERED);
        assertThat(receipt.status()).isEqualTo(Status.STORED);
        assertThat(receipt.durability()).isEqualTo("replicated:1");
        assertThat(receipt.spread().results())
                .isEqualTo(Map.of("a", Status.DELIVERED, "b", Status.STORED, "c", Status.DELIVERED));
    }

    @Test
    void refusedWhenOneHasNothing() {
        Receipt receipt = receipt(false, STORED, DELIVERED, refused(UNKNOWN), refused(FULL));
        assertThat(receipt.status()).isEqualTo(Status.REFUSED);
        assertThat(receipt.error()).as("of the first in order, not in time").isEqualTo(UNKNOWN);
        assertThat(receipt.durability()).isNull();
        assertThat(receipt.spread().errors())
                .isEqualTo(Map.of("c", ErrorCode.UNKNOWN_USER, "d", ErrorCode.MAILBOX_FULL));
    }

    @Test
    void aGroupHasCountsOnly() {
        Receipt receipt = receipt(true, STORED, DELIVERED, DELIVERED, refused(FULL));
        assertThat(receipt.status()).isEqualTo(Status.REFUSED);
        assertThat(receipt.error()).isEqualTo(FULL);
        assertThat(receipt.spread().results()).isEmpty();
        assertThat(receipt.spread().errors()).isEmpty();
        assertThat(receipt.spread().counts())
                .isEqualTo(Map.of(Status.STORED, 1, Status.DELIVERED, 2, Status.REFUSED, 1));
    }

    @Test
    void aMemberWhoseAccountIsGoneDoesNotMakeItRefused() {
        Receipt receipt = receipt(true, refused(UNKNOWN), STORED, DELIVERED);
        assertThat(receipt.status()).isEqualTo(Status.STORED);
        assertThat(receipt.error()).isNull();
        assertThat(receipt.spread().counts())
                .isEqualTo(Map.of(Status.STORED, 1, Status.DELIVERED, 1, Status.REFUSED, 1));
        assertThat(receipt(true, refused(UNKNOWN), refused(FULL)).error()).isEqualTo(FULL);
    }

    @Test
    void aGroupOfNobodyElseIsSettled() {
        Receipt receipt = receipt(true);
        assertThat(receipt.status()).isEqualTo(Status.DELIVERED);
        assertThat(receipt.spread().counts()).isEmpty();
    }
}
