package io.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.AuthConfig;
import io.parley.config.AuthConfig.HashFormat;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

    private static final Duration LOCK = Duration.ofMinutes(10);

    private long now = 1_000;
    private final LoginThrottle throttle =
            new LoginThrottle(new AuthConfig(null, HashFormat.PLAIN, 1, 1, 3, LOCK, null), () -> now);

    @Test
    void theThirdWrongPasswordLocksTheIdWithItsTime() {
        fail("ann", "192.0.2.1", 3);
        Refusal refused = throttle.begin("ann", "192.0.2.2");
        assertThat(refused.code()).isEqualTo(ErrorCode.LOCKED);
        assertThat(refused.retryAfter()).isEqualTo(LOCK);
    }

    @Test
    void anotherSpellingOfTheIdIsLockedToo() {
        fail("ann", "192.0.2.1", 3);
        assertThat(throttle.begin("ANN", "192.0.2.1").code()).isEqualTo(ErrorCode.LOCKED);
        assertThat(throttle.begin("bob", "192.0.2.1")).isNull();
    }

    @Test
    void theLockEndsByItself() {
        fail("ann", "192.0.2.1", 3);
        pass(LOCK.minusMillis(1));
        assertThat(throttle.begin("ann", "192.0.2.1").retryAfter()).isEqualTo(Duration.ofMillis(1));
        pass(Duration.ofMillis(1));
        fail("ann", "192.0.2.1", 2);
        assertThat(throttle.begin("ann", "192.0.2.1")).isNull();
    }

    @Test
    void wrongPasswordsFurtherApartThanTheLockTimeDoNotAddUp() {
        for (int i = 0; i < 6; i++) {
            fail("ann", "192.0.2.1", 2);
            pass(LOCK);
        }
        assertThat(throttle.begin("ann", "192.0.2.1")).isNull();
    }

    @Test
    void aRightPasswordForgivesTheWrongOnes() {
        fail("ann", "192.0.2.1", 2);
        assertThat(throttle.begin("ann", "192.0.2.1")).isNull();
        throttle.end("ann", "192.0.2.1", true);
        fail("ann", "192.0.2.1", 2);
        assertThat(throttle.begin("ann", "192.0.2.1")).isNull();
    }

    @Test
    void guessesAtTheSameTimeAreNoMoreThanOneAfterTheOther() {
        assertThat(throttle.begin("ann", "192.0.2.1")).isNull();
        assertThat(throttle.begin("ann", "192.0.2.1")).isNull();
        assertThat(throttle.begin("ann", "192.0.2.1")).isNull();
        assertThat(throttle.begin("ann", "192.0.2.1").code()).isEqualTo(ErrorCode.RATE_LIMITED);
        throttle.end("ann", "192.0.2.1", null);
        assertThat(throttle.begin("ann", "192.0.2.1")).isNull();
    }

    @Test
    void whatCouldNotBeToldIsNotCounted() {
        for (int i = 0; i < 10; i++) {
            assertThat(throttle.begin("ann", "192.0.2.1")).isNull();
            throttle.end("ann", "192.0.2.1", null);
        }
    }

    @Test
    void anAddressThatGuessesAcrossManyIdsIsStopped() {
        for (int i = 0; i < 3 * LoginThrottle.ADDRESS_FACTOR; i++) {
            fail("user" + i, "192.0.2.1", 1);
        }
        Refusal refused = throttle.begin("ann", "192.0.2.1");
        assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refused.retryAfter()).isEqualTo(LOCK);
        assertThat(throttle.begin("ann", "192.0.2.2")).isNull();
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        assertThat(LoginThrottle.network("2001:db8:1:2::1")).isEqualTo(LoginThrottle.network("2001:db8:1:2:ffff::9"));
        assertThat(LoginThrottle.network("2001:db8:1:2::1")).isNotEqualTo(LoginThrottle.network("2001:db8:1:3::1"));
        assertThat(LoginThrottle.network("192.0.2.1")).isNotEqualTo(LoginThrottle.network("192.0.2.2"));
    }

    private void fail(String id, String remote, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(throttle.begin(id, remote)).isNull();
            throttle.end(id, remote, false);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
