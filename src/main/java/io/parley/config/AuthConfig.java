package io.parley.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How accounts are checked.
 *
 * @param accountQuery     SQL with one parameter, the user id, that yields the columns id, name, password_hash, roles
 *                         (comma separated, may be absent) and disabled (may be absent); null for Parley's own table
 * @param hashFormat       what password_hash holds
 * @param hashThreads      threads that verify passwords
 * @param hashQueue        logins that may wait for one of them; over it they are refused
 * @param maxFailures      wrong passwords for one id within lockTime before it is locked
 * @param lockTime         how long it stays locked
 */
public record AuthConfig(
        String accountQuery,
        HashFormat hashFormat,
        int hashThreads,
        int hashQueue,
        int maxFailures,
        Duration lockTime,
        TokenConfig token) {
    public AuthConfig {
        Keys.ACCOUNT_QUERY.check(accountQuery);
        Keys.HASH_FORMAT.check(hashFormat);
        Keys.HASH_THREADS.check(hashThreads);
        Keys.HASH_QUEUE.check(hashQueue);
        Keys.MAX_FAILURES.check(maxFailures);
        Keys.LOCK_TIME.check(lockTime);
    }

    /** What a stored password looks like; PLAIN only for a table that exists already. */
    public enum HashFormat {
        ARGON2ID,
        BCRYPT,
        PLAIN
    }

    /**
     * How tokens are signed and checked. Either a secret (HS256), or keys (RS256, ES256).
     *
     * @param secret      at least 32 bytes; null when keys are used
     * @param publicKey   PEM file to check tokens with; null when a secret is used
     * @param privateKey  PEM file to sign tokens with; null when only an application's own backend signs
     * @param ttl         life of a token that this node signs, and the longest that it accepts from anybody
     */
    public record TokenConfig(
            Algorithm algorithm,
            String secret,
            Path publicKey,
            Path privateKey,
            String issuer,
            String audience,
            Duration ttl) {
        public TokenConfig {
            Keys.TOKEN_ALGORITHM.check(algorithm);
            Keys.TOKEN_SECRET.check(secret);
            Keys.TOKEN_ISSUER.check(issuer);
            Keys.TOKEN_AUDIENCE.check(audience);
            Keys.TOKEN_TTL.check(ttl);
        }

        /** The one algorithm that is accepted. */
        public enum Algorithm {
            HS256,
            RS256,
            ES256
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "TokenConfig[" + algorithm + ", issuer=" + issuer + "]";
        }
    }
}
