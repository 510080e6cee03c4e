package io.parley.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.Fault.Problem;
import org.junit.jupiter.api.Test;

class HttpConfigTest {

    @Test
    void withoutAPortThereIsNoHttp() {
        assertThat(new Sample().read().http()).isNull();
        assertThat(new Sample().with("http.host", "::1").faults())
                .containsExactly(new Fault(Problem.NEEDED, "http.port", "", "", "http.host = ::1"));
    }

    @Test
    void withAPortItIsForThisMachineUnlessAHostIsGiven() {
        assertThat(new Sample().with("http.port", 0).read().http()).isEqualTo(new HttpConfig("127.0.0.1", 0));
        assertThat(new Sample()
                        .with("http.port", 8080)
                        .with("http.host", "0.0.0.0")
                        .read()
                        .http())
                .isEqualTo(new HttpConfig("0.0.0.0", 8080));
    }

    @Test
    void itsPortIsNotAListeners() {
        Sample sample = new Sample().with("listeners[].port", 8080).with("http.port", 8080);
        assertThat(sample.faults())
                .containsExactly(new Fault(Problem.TAKEN, "http.port", "", "8080", "listeners[0].port"));
        assertThat(sample.with("listeners[].host", "192.0.2.1").read().http().port())
                .isEqualTo(8080);
    }
}
