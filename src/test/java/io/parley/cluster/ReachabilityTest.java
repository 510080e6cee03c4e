package io.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

    private static final Set<String> ONE = Set.of("a");
    private static final Set<String> THREE = Set.of("a", "b", "c");

    private final List<Boolean> said = new ArrayList<>();
    private final Reachability reachability = new Reachability(said::add);

    @Test
    void aNodeThatIsReachedIsNotTalkedAbout() {
        reachability.reached();
        reachability.alone();
        reachability.reached();
        assertThat(said).isEmpty();
    }

    @Test
    void eachWitnessIsHeardTwice() {
        for (String witness : List.of("a", "b", "c", "a", "b")) {
            reachability.unreached(witness, THREE);
            assertThat(said).isEmpty();
        }
        reachability.unreached("c", THREE);
        assertThat(said).containsExactly(false);
    }

    @Test
    void whatIsKnownIsNotRepeated() {
        for (int i = 0; i < 20; i++) {
            reachability.unreached("a", ONE);
        }
        reachability.reached();
        reachability.reached();
        assertThat(said).containsExactly(false, true);
    }

    @Test
    void oneThatReachesItIsEnough() {
        for (int i = 0; i < 20; i++) {
            reachability.unreached("a", THREE);
            reachability.unreached("b", THREE);
            reachability.reached();
        }
        assertThat(said).isEmpty();
    }

    /** However often it is asked: the others must have been asked too. */
    @Test
    void oneWitnessOfThreeIsNotEnough() {
        for (int i = 0; i < 20; i++) {
            reachability.unreached("a", THREE);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void theOnlyWitnessIsBelievedAfterThreeTimes() {
        reachability.unreached("a", ONE);
        reachability.unreached("a", ONE);
        assertThat(said).isEmpty();
        reachability.unreached("a", ONE);
        assertThat(said).containsExactly(false);
    }

    /** Of two nodes that do not hear each other nobody knows which one it is. */
    @Test
    void theSilenceOfTheOnlyOtherSaysNothing() {
        for (int i = 0; i < 20; i++) {
            reachability.silent("a", ONE);
        }
        assertThat(said).isEmpty();
    }

    /** While one of them hangs the registry, and so the others, may be silent for as long as the cluster keeps it. */
    @Test
    void theSilenceOfAllOfSeveralSaysSomethingWhenItLasts() {
        Set<String> two = Set.of("a", "b");
        for (String witness : List.of("a", "b", "a", "b", "a", "b", "a", "b", "a")) {
            reachability.silent(witness, two);
            assertThat(said).isEmpty();
        }
        reachability.silent("b", two);
        assertThat(said).containsExactly(false);
    }

    @Test
    void silenceAndDenialAddUp() {
        reachability.silent("a", ONE);
        reachability.unreached("a", ONE);
        reachability.silent("a", ONE);
        assertThat(said).containsExactly(false);
    }

    @Test
    void aNodeThatIsLeftAloneIsReachedByAllThereAre() {
        for (int i = 0; i < 3; i++) {
            reachability.unreached("a", ONE);
        }
        reachability.alone();
        assertThat(said).containsExactly(false, true);
    }

    @Test
    void itMayBeLostAndFoundAgainAndAgain() {
        for (int i = 0; i < 3; i++) {
            for (int round = 0; round < 3; round++) {
                reachability.unreached("a", ONE);
            }
            reachability.reached();
        }
        assertThat(said).containsExactly(false, true, false, true, false, true);
    }

    @Test
    void aWitnessThatHasLeftCountsNoMore() {
        reachability.unreached("a", THREE);
        reachability.unreached("a", THREE);
        reachability.unreached("b", THREE);
        reachability.unreached("b", THREE);
        Set<String> withoutA = Set.of("b", "c");
        reachability.unreached("b", withoutA);
        reachability.unreached("c", withoutA);
        assertThat(said).as("c was asked once only").isEmpty();
        reachability.unreached("c", withoutA);
        assertThat(said).containsExactly(false);
    }
}
