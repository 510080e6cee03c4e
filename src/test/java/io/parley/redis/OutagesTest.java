package io.parley.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutagesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OOM command not allowed when used memory > 'maxmemory'.",
                "ERR Error running script (call to f_1): @user_script:1: @user_script: 1: -OOM command not allowed",
                "OOM command not allowed when used memory > 'maxmemory'. script: 2067d9, on @user_script:1.",
                "READONLY You can't write against a read only replica.",
                "LOADING Redis is loading the dataset in memory",
                "MISCONF Redis is configured to save RDB snapshots",
                "NOREPLICAS Not enough good replicas to write.",
                "UNBLOCKED force unblock from blocking operation",
                "BUSY Redis is busy running a script."
            })
    void whatWillPassIsAnOutage(String reply) {
        assertThat(Outages.isOutage(ErrorType.create(reply))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WRONGTYPE Operation against a key holding the wrong kind of value",
                "ERR Error running script (call to f_1): @user_script:1: user_script:1: attempt to call a nil value",
                "ERR value is not an integer or out of range",
                "NOSCRIPT No matching script. Please use EVAL.",
                "BUSYGROUP Consumer Group name already exists",
                "NOPERM this user has no permissions"
            })
    void anyOtherErrorIsABug(String reply) {
        assertThat(Outages.isOutage(ErrorType.create(reply))).isFalse();
    }

    @Test
    void onlyWhatAnotherServerMayCureEndsTheConnection() {
        assertThat(Outages.needsAnotherConnection(ErrorType.create("READONLY You can't write")))
                .isTrue();
        assertThat(Outages.needsAnotherConnection(ErrorType.create("OOM command not allowed")))
                .isFalse();
    }

    @Test
    void aFailureThatMayQuoteACommandIsNotQuoted() {
        assertThat(Outages.reason(new IllegalStateException("invalid: AUTH secret")))
                .isEqualTo("IllegalStateException");
        assertThat(Outages.reason(new IOException("no TLS", new IOException("no such name"))))
                .isEqualTo("no TLS: no such name");
    }
}
