package io.parley.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackTest {
    private final List<Integer> tried = new ArrayList<>();

    @Test
    void takesAnotherPortWhenOneWasTakenMeanwhile() throws IOException {
        int port = Loopback.onFreePort(free -> {
            tried.add(free);
            if (tried.size() < 3) {
                throw new IOException("Redis did not start:\n... bind: Address already in use");
            }
            return free;
        });
        assertThat(tried).hasSize(3).last().isEqualTo(port);
    }

    @Test
    void givesUpAtTheThirdTakenPort() {
        assertThatThrownBy(() -> Loopback.onFreePort(free -> {
                    tried.add(free);
                    throw new IOException("Address already in use");
                }))
                .hasMessage("Address already in use");
        assertThat(tried).hasSize(3);
    }

    @Test
    void doesNotRepeatWhatAnotherPortCannotMend() {
        assertThatThrownBy(() -> Loopback.onFreePort(free -> {
                    tried.add(free);
                    throw new IOException("Bad file format");
                }))
                .hasMessage("Bad file format");
        assertThat(tried).hasSize(1);
    }
}
