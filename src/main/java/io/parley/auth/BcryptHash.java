package io.parley.auth;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bcrypt as other programs write it: {@code $2b$10$...}, and {@code $2a$}, {@code $2y$} of older ones. */
final class BcryptHash implements PasswordHash {

    /** OWASP's least cost factor; each step doubles the time. */
    private static final int COST = 10;

    private static final int MAX_COST = 15;

    private static final Pattern MODULAR = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

    private static final String DUMMY = "$2b$" + COST + "$" + ".".repeat(53);

    @Override
    public String make(String password) {
        return BcryptFunction.getInstance(Bcrypt.B, COST).hash(password).getResult();
    }

    @Override
    public boolean verify(String password, String stored) {
        Matcher modular = MODULAR.matcher(stored);
        if (!modular.matches() || Integer.parseInt(modular.group(1)) > MAX_COST) {
            throw new IllegalArgumentException("not a bcrypt hash within bounds");
        }
        return BcryptFunction.getInstanceFromHash(stored)
                .check(password.getBytes(StandardCharsets.UTF_8), stored.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String dummy() {
        return DUMMY;
    }

    /** Bcrypt ignores what comes after. */
    @Override
    public int maxBytes() {
        return 72;
    }
}
