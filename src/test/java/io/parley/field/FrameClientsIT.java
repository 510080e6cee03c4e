package io.parley.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.parley.testkit.Eventually;
import io.parley.testkit.Services;
import io.parley.testkit.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients of version 0 from the field, guests on a listener like that of {@code parley dev}, write to each other. */
@Timeout(120)
class FrameClientsIT {

    private static final int BURST = 100;

    private static TestNode node;

    private final List<String> numbers = TestNode.fresh(2);
    private final String first = numbers.get(0);
    private final String second = numbers.get(1);

    @BeforeAll
    static void start() {
        assumeThat(FieldClient.canRun()).as("python3 is there").isTrue();
        JsonObject listener = new JsonObject()
                .put("name", "old")
                .put("host", "127.0.0.1")
                .put("port", 0)
                .put("tls", false)
                .put("guests", true)
                .put("guestsReplace", true)
                .put("guestsBroadcast", true);
        node = TestNode.start(
                Services.database(),
                Services.redis(),
                new JsonObject().put("listeners", new JsonArray().add(listener)));
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    private static FieldClient client(String number) {
        return new FieldClient("frame_client", "127.0.0.1", Integer.toString(node.port("old")), number);
    }

    @Test
    void theyVerifyAfterThreeSecondsAndWriteToEachOther() {
        try (FieldClient one = client(first);
                FieldClient two = client(second)) {
            one.awaitLine("101 verified 1");
            two.awaitLine("101 verified 1");
            one.type("single " + second + " 你好", "");
            two.awaitLine("102 single from " + first + ": 你好");
            two.type("single " + first + " hello", "");
            one.awaitLine("102 single from " + second + ": hello");
        }
    }

    @Test
    void aBurstInOneWriteArrivesInOrderAndManyInOneRead() {
        try (FieldClient one = client(first);
                FieldClient two = client(second)) {
            one.awaitLine("101 verified 1");
            two.awaitLine("101 verified 1");
            List<String> expected = new ArrayList<>(List.of("101 verified 1"));
            for (int i = 0; i < BURST; i++) {
                one.type("single " + second + " n" + i);
                expected.add("102 single from " + first + ": n" + i);
            }
            one.type("");
            Eventually.holds(
                    () -> "all arrive: " + two.printed(), () -> two.printed().size() > BURST);
            assertThat(two.printed()).isEqualTo(expected);
            two.endInput();
            two.awaitLine("closed");
            String last = two.printed().get(BURST + 1);
            assertThat(Integer.parseInt(last.replaceAll("\\D", ""))).as(last).isGreaterThan(1);
        }
    }

    @Test
    void aSecondLoginWithTheSameNumberEndsTheFirst() {
        try (FieldClient before = client(first)) {
            before.awaitLine("101 verified 1");
            try (FieldClient after = client(first)) {
                after.awaitLine("101 verified 1");
                before.awaitLine("closed");
                after.type("single " + first + " to myself", "");
                after.awaitLine("102 single from " + first + ": to myself");
            }
        }
    }
}
