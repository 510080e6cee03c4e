package io.parley.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.UserId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupIdTest {

    /** Nodes of all versions must agree on it, so it is written down here: made with sha256sum and by hand. */
    @Test
    void isTheSameOnEveryNodeForEver() {
        assertThat(GroupId.of("10001", "c6")).isEqualTo("fnywzdzwnky40wmth4dw");
    }

    @Test
    void isAnotherForAnotherOwnerOrClientId() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(GroupId.of("1000" + i, "c"));
            ids.add(GroupId.of("1000", i + "c"));
        }
        assertThat(ids).hasSize(2_000).allMatch(UserId::isValid).allMatch(id -> id.matches("[0-9a-z]{20}"));
    }
}
