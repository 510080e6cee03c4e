package io.parley.auth;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Argon2id in the PHC string format: {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. */
final class Argon2idHash implements PasswordHash {

    /** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
    private static final int MEMORY_KIB = 19 * 1024;

    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    /** Bounds of what a stored text may ask for: the library keeps the memory of each set of parameters for good. */
    private static final int MAX_MEMORY_KIB = 256 * 1024;

    private static final int MAX_PASSES = 16;
    private static final int MAX_LANES = 8;

    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=(?:16|19)\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})"
                    + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");

    private static final String DUMMY = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$"
            + "A".repeat(22) + "$" + "A".repeat(43);

    private final SecureRandom random = new SecureRandom();

    @Override
    public String make(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID)
                .hash(password.getBytes(StandardCharsets.UTF_8), salt)
                .getResult();
    }

    @Override
    public boolean verify(String password, String stored) {
        Matcher phc = PHC.matcher(stored);
        if (!phc.matches()
                || Integer.parseInt(phc.group(1)) > MAX_MEMORY_KIB
                || !between(Integer.parseInt(phc.group(2)), MAX_PASSES)
                || !between(Integer.parseInt(phc.group(3)), MAX_LANES)) {
            throw new IllegalArgumentException("not an argon2id hash within bounds");
        }
        return Argon2Function.getInstanceFromHash(stored)
                .check(password.getBytes(StandardCharsets.UTF_8), stored.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean between(int value, int max) {
        return value >= 1 && value <= max;
    }

    @Override
    public String dummy() {
        return DUMMY;
    }

    @Override
    public int maxBytes() {
        return 1024;
    }
}
