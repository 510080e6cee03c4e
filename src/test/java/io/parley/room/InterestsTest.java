package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InterestsTest {

    private final Interests interests = new Interests();

    @Test
    void aNodeIsInARoomFromItsFirstPersonToItsLast() {
        interests.opened("a", "r");
        interests.opened("b", "r");
        interests.opened("b", "s");
        assertThat(interests.in("r")).containsExactlyInAnyOrder("a", "b");
        assertThat(interests.inAny(List.of("r", "s", "t"))).containsExactlyInAnyOrder("a", "b");
        interests.closed("b", "r");
        interests.closed("c", "r");
        assertThat(interests.in("r")).containsExactly("a");
        assertThat(interests.in("s")).containsExactly("b");
        assertThat(interests.in("t")).isEmpty();
    }

    @Test
    void aListReplacesWhatWasKnown() {
        interests.opened("a", "stale");
        interests.all("a", true, true, List.of("r"));
        assertThat(interests.in("stale")).isEmpty();
        assertThat(interests.in("r")).containsExactly("a");
        interests.all("a", true, true, List.of());
        assertThat(interests.in("r")).isEmpty();
    }

    @Test
    void aListOfSeveralPartsCountsWithItsLastOne() {
        interests.opened("a", "r");
        interests.all("a", true, false, List.of("r"));
        assertThat(interests.in("r")).as("meanwhile").containsExactly("a");
        interests.all("a", false, true, List.of("s"));
        assertThat(interests.in("r")).containsExactly("a");
        assertThat(interests.in("s")).containsExactly("a");
    }

    @Test
    void aListWithoutItsBeginningIsNone() {
        interests.opened("a", "r");
        interests.all("a", false, true, List.of("s"));
        assertThat(interests.in("r")).containsExactly("a");
        assertThat(interests.in("s")).isEmpty();
    }

    @Test
    void aNodeThatHasLeftIsForgotten() {
        interests.opened("a", "r");
        interests.opened("b", "r");
        interests.forget("a");
        assertThat(interests.in("r")).containsExactly("b");
        interests.retain(Set.of("c"));
        assertThat(interests.in("r")).isEmpty();
    }
}
