package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.Message;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message is shown once and none is taken for another, whatever its ids are and however much is remembered. */
class SeenTest {

    private static final String LONG = "x".repeat(100_000);

    private final List<String> shown = new ArrayList<>();
    private final Seen seen = new Seen(4);

    private static Incoming incoming(String chatFrom, String clientId) {
        return new Incoming(new Message("m", clientId, chatFrom, "", "", 0), false);
    }

    private Future<Void> arrives(String chatFrom, String clientId) {
        return arrives(chatFrom, clientId, Future.succeededFuture());
    }

    private Future<Void> arrives(String chatFrom, String clientId, Future<Void> processing) {
        return seen.once(incoming(chatFrom, clientId), message -> {
            shown.add(clientId);
            return processing;
        });
    }

    @Test
    void theOldestMessageIsForgottenFirst() {
        for (String clientId : List.of("a", "b", "c", "d", "a", "e", "b", "a")) {
            arrives("10002", clientId);
        }
        assertThat(shown).containsExactly("a", "b", "c", "d", "e", "a");
        assertThat(seen.repeats()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 2 * Seen.LONGEST_COMPACT})
    void aRepeatIsNotDoneBeforeTheFirstIs(int characters) {
        String clientId = "x".repeat(characters);
        Promise<Void> processing = Promise.promise();
        arrives("10002", clientId, processing.future());
        Future<Void> repeat = arrives("10002", clientId);
        assertThat(repeat.isComplete()).isFalse();
        processing.complete();
        assertThat(repeat.succeeded()).isTrue();
        assertThat(arrives("10002", clientId).succeeded()).isTrue();
        assertThat(shown).hasSize(1);
        assertThat(seen.repeats()).isEqualTo(2);
    }

    @Test
    void aMessageThatFailedMayComeAgain() {
        Promise<Void> processing = Promise.promise();
        arrives("10002", "a", processing.future());
        processing.fail("not now");
        arrives("10002", "a", Future.failedFuture("again not"));
        arrives("10002", "a");
        arrives("10002", "a");
        assertThat(shown).containsExactly("a", "a", "a");
    }

    @Test
    void whatTheProgramIsStillAtIsForgottenLast() {
        arrives("10002", "slow", Promise.<Void>promise().future());
        for (String clientId : List.of("a", "b", "c", "d", "e", "slow", "c")) {
            arrives("10002", clientId);
        }
        assertThat(shown).containsExactly("slow", "a", "b", "c", "d", "e");
    }

    @Test
    void theEndOfAForgottenMessageLeavesItsRepeatAlone() {
        Promise<Void> first = Promise.promise();
        arrives("10002", "a", first.future());
        for (String clientId : List.of("b", "c", "d", "e")) {
            arrives("10002", clientId, Promise.<Void>promise().future());
        }
        arrives("10002", "a", Promise.<Void>promise().future());
        first.fail("too late");
        assertThat(arrives("10002", "a").isComplete()).isFalse();
        assertThat(shown).containsExactly("a", "b", "c", "d", "e", "a");
    }

    /** Ids as an honest node makes them, and as another may send them; "Aa" and "BB" have one hash. */
    @Test
    void idsThatLookAlikeAreToldApart() {
        List<String> ids = List.of(
                "",
                " ",
                "01J0000000000000000000000A",
                "01j0000000000000000000000a",
                "01J0000000000000000000000A ",
                "O1J0000000000000000000000A",
                "AaAa",
                "BBBB",
                "AaBB",
                "a\u0000",
                "张三",
                "张三 ",
                "é",
                "e\u0301",
                "\u00c3\u00a9",
                "?",
                "\ufffd",
                "\ud83d\ude00",
                LONG,
                LONG + "x",
                "y" + LONG);
        Seen all = new Seen(ids.size() * ids.size());
        Map<String, Integer> times = new HashMap<>();
        for (int round = 0; round < 2; round++) {
            for (String from : ids) {
                for (String id : ids) {
                    all.once(incoming(from, id), message -> {
                        times.merge(from + '\n' + id, 1, Integer::sum);
                        return Future.succeededFuture();
                    });
                }
            }
        }
        int pairs = ids.size() * ids.size();
        assertThat(times).hasSize(pairs).allSatisfy((key, count) -> assertThat(count)
                .isEqualTo(1));
        assertThat(all.repeats()).isEqualTo(pairs);
    }

    @Test
    void itAnswersLikeASetThatForgetsItsEldest() {
        Random random = new Random(7);
        Seen tested = new Seen(50);
        Set<String> model = new LinkedHashSet<>();
        for (int i = 0; i < 20_000; i++) {
            String id = Integer.toString(random.nextInt(120)).repeat(1 + random.nextInt(2));
            boolean[] fresh = {false};
            tested.once(incoming("10002", id), message -> {
                fresh[0] = true;
                return Future.succeededFuture();
            });
            assertThat(fresh[0]).isEqualTo(model.add(id));
            if (model.size() > 50) {
                Iterator<String> eldest = model.iterator();
                eldest.next();
                eldest.remove();
            }
        }
    }
}
