package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Submissions.Share;
import io.parley.protocol.Receipt;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class FanoutTableTest {

    private static final Receipt DELIVERED = Receipt.delivered("c", "m");

    private final FanoutTable table = new FanoutTable();

    private long add(String session, int recipients) {
        return table.add(session, new Fanout("c", "m", Collections.nCopies(recipients, "somebody"), true), recipients);
    }

    @Test
    void theReceiptComesWithTheLastOutcomeAndOnce() {
        long one = add("s", 2);
        long other = add("s", 1);
        assertThat(table.settle(new Share(one, 1), DELIVERED)).isNull();
        assertThat(table.settle(new Share(one, 1), DELIVERED))
                .as("the same again")
                .isNull();
        assertThat(table.settle(new Share(other, 0), DELIVERED)).isNotNull();
        assertThat(table.settle(new Share(one, 0), DELIVERED)).isNotNull();
        assertThat(table.settle(new Share(one, 0), DELIVERED)).as("too late").isNull();
    }

    @Test
    void aSessionHasRoomAgainWhenItsOutcomesAreIn() {
        long number = add("s", FanoutTable.MAX_OPEN_OF_SESSION);
        assertThat(table.hasRoom("s", 1)).isFalse();
        assertThat(table.hasRoom("other", 1)).isTrue();
        table.settle(new Share(number, 7), DELIVERED);
        table.settle(new Share(number, 7), DELIVERED);
        assertThat(table.hasRoom("s", 1)).isTrue();
        assertThat(table.hasRoom("s", 2)).isFalse();
    }

    @Test
    void allSessionsTogetherAreBoundedToo() {
        for (int i = 0; i < FanoutTable.MAX_OPEN / FanoutTable.MAX_OPEN_OF_SESSION; i++) {
            add("s-" + i, FanoutTable.MAX_OPEN_OF_SESSION);
        }
        assertThat(table.hasRoom("another", 1)).isFalse();
    }
}
