package io.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom a client of the load logs in as.
 *
 * @param token  good for the whole run
 */
public record Account(String userId, String token) {

    /** As one line of a file: id, space, token. */
    public String line() {
        return userId + ' ' + token;
    }

    /** The accounts of a file with a {@link #line} for each; fails with a sentence that names the line. */
    public static List<Account> read(Path file) throws IOException {
        List<Account> accounts = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split(" +");
            if (words.length != 2) {
                throw new IOException(file + ":" + (accounts.size() + 1) + ": not an id and a token");
            }
            accounts.add(new Account(words[0], words[1]));
        }
        return accounts;
    }
}
