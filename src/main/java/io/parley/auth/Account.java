package io.parley.auth;

import java.text.Normalizer;
import java.util.Set;

/**
 * One row of the account table.
 *
 * @param id            spelt as in the row; this spelling is the account's everywhere
 * @param passwordHash  null when the row has none: such an account can only use tokens
 * @param disabled      may not log in and cannot be written to
 */
public record Account(String id, String name, String passwordHash, Set<String> roles, boolean disabled) {
    public Account {
        roles = Set.copyOf(roles);
    }

    /**
     * An id without its case, for the question whether a row is the one that was asked for.
     *
     * <p>MySQL finds more than what is equal: {@code WHERE id = '10001abc'} finds the number 10001, and a table's
     * collation may ignore case, accents and trailing spaces. Of these only case is taken for the same id (and the two
     * ways to write one accented letter), so that nobody meets another account under an id that reads differently.
     */
    static String fold(String id) {
        String composed = Normalizer.normalize(id, Normalizer.Form.NFC);
        StringBuilder folded = new StringBuilder(composed.length());
        composed.codePoints()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "Account[id=" + id + ", roles=" + roles + ", disabled=" + disabled + "]";
    }
}
