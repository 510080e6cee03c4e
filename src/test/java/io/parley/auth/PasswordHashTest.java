package io.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.config.AuthConfig.HashFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

    @ParameterizedTest
    @EnumSource(HashFormat.class)
    void theRightPasswordVerifiesAndNoOther(HashFormat format) {
        PasswordHash hash = PasswordHash.of(format);
        String stored = hash.make("correct 马 battery");
        assertThat(hash.verify("correct 马 battery", stored)).isTrue();
        assertThat(hash.verify("correct 马 batterz", stored)).isFalse();
        assertThat(hash.verify("", stored)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = HashFormat.class, names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
    void twoAccountsWithOnePasswordHaveTwoHashes(HashFormat format) {
        PasswordHash hash = PasswordHash.of(format);
        assertThat(hash.make("same")).isNotEqualTo(hash.make("same")).doesNotContain("same");
    }

    @ParameterizedTest
    @EnumSource(HashFormat.class)
    void theDummyCanBeVerifiedAndFitsNothing(HashFormat format) {
        PasswordHash hash = PasswordHash.of(format);
        assertThat(hash.verify("", hash.dummy())).isFalse();
        assertThat(hash.verify("password", hash.dummy())).isFalse();
    }

    /**
     * Made by the reference implementation: `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -e` of its test
     * suite.
     */
    @Test
    void anArgon2idHashOfOtherParametersStillVerifies() {
        String stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        PasswordHash hash = new Argon2idHash();
        assertThat(hash.verify("password", stored)).isTrue();
        assertThat(hash.verify("passwork", stored)).isFalse();
    }

    /** From the test suite of jBCrypt; 2y is what PHP writes. */
    @ParameterizedTest
    @ValueSource(strings = {"2a", "2y", "2b"})
    void bcryptHashesOfOtherProgramsVerify(String revision) {
        String stored = "$" + revision + "$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";
        assertThat(new BcryptHash().verify("abcdefghijklmnopqrstuvwxyz", stored))
                .isFalse();
        assertThat(new BcryptHash().verify("abc", stored)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$argon2id$",
                "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=9999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=999,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=2,p=0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void aStoredTextThatCostsTooMuchOrIsNoHashIsSaidToBe(String stored) {
        assertThatThrownBy(() -> new Argon2idHash().verify("x", stored)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BcryptHash().verify("x", stored)).isInstanceOf(IllegalArgumentException.class);
    }
}
