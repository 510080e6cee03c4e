package io.parley.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.Fault.Problem;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerConfigTest {

    private static ListenerConfig listener(Sample sample) {
        return sample.read().listeners().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"guestsReplace", "guestsBroadcast"})
    void whatIsAboutGuestsNeedsGuests(String flag) {
        Sample sample = new Sample().with("listeners[]." + flag, true);
        assertThat(sample.faults())
                .containsExactly(
                        new Fault(Problem.NEEDED, "listeners[0].guests", "", "", "listeners[0]." + flag + " = true"));
        assertThat(sample.with("listeners[].guests", true).faults()).isEmpty();
    }

    @Test
    void whoOnlyHasANicknameIsAGuest() {
        Sample sample = new Sample().with("listeners[].codec", "line").with("listeners[].dialect", "nickname");
        assertThat(sample.faults())
                .containsExactly(
                        new Fault(Problem.NEEDED, "listeners[0].guests", "", "", "listeners[0].dialect = nickname"));
        assertThat(sample.with("listeners[].guests", true).faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,   true,  true",
        "10.0.0.1,  true,  true",
        "127.0.0.1, true,  false",
        "localhost, true,  false",
        "::1,       true,  false",
        "0.0.0.0,   false, false",
    })
    void guestsFromOtherMachinesInTheClearAreStrangers(String host, boolean guests, boolean strangers) {
        Sample sample = new Sample().with("listeners[].host", host).with("listeners[].guests", guests);
        assertThat(listener(sample).isOpenToStrangers()).isEqualTo(strangers);
    }

    @Test
    void peopleHaveMoreTimeThanPrograms() {
        Sample sample = new Sample().with("listeners[].codec", "line");
        SessionsConfig times = listener(sample).times(sample.read().sessions());
        assertThat(times.idleTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(times.verifyTimeout()).isEqualTo(Duration.ofMinutes(2));
    }
}
