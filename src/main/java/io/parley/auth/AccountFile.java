package io.parley.auth;

import io.parley.auth.AccountFault.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Accounts in a CSV file: {@code id,name,password[,roles]}, UTF-8, one account a line, an optional first line with
 * these names. A value with a comma or a quote stands in quotes, and a quote in it is doubled; several roles, too, are
 * in quotes. What is wrong is found line by line, so that one bad line spoils no other.
 */
final class AccountFile {

    static final int MAX_BYTES = 64 * 1024 * 1024;

    /** Chosen: their hashes take hours to make, and all of them fit into the memory of a small machine. */
    static final int MAX_ACCOUNTS = 500_000;

    /** More than anybody writes by mistake; a line of commas costs no memory beyond. */
    private static final int COUNTED_COLUMNS = 99;

    private static final List<String> HEADER = List.of("id", "name", "password", "roles");

    private final PasswordHash hash;
    private final List<Line> good = new ArrayList<>();
    private final FoundFaults faults = new FoundFaults();
    private final Set<String> ids = new HashSet<>();
    private int accounts;

    /** @param number from 1, as editors count */
    record Line(int number, NewAccount account) {}

    private AccountFile(PasswordHash hash) {
        this.hash = hash;
    }

    /** @throws AccountFaults when there is nothing to be had from the file as a whole */
    static AccountFile read(Path path, PasswordHash hash) {
        AccountFile file = new AccountFile(hash);
        file.parse(bytes(path));
        if (file.good.isEmpty() && file.faults.isEmpty()) {
            throw new AccountFaults(Reason.EMPTY_FILE, path.toString());
        }
        return file;
    }

    /** The lines without a fault. */
    List<Line> good() {
        return good;
    }

    /** What is wrong with the others; whoever knows more adds it here. */
    FoundFaults faults() {
        return faults;
    }

    /** By a stream, as a pipe does not tell its size. */
    private static byte[] bytes(Path path) {
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(path)) {
            bytes = stream.readNBytes(MAX_BYTES + 1);
        } catch (IOException unreadable) {
            throw new AccountFaults(Reason.UNREADABLE_FILE, path.toString());
        }
        if (bytes.length > MAX_BYTES) {
            throw new AccountFaults(Reason.FILE_TOO_LARGE, Integer.toString(MAX_BYTES));
        }
        return bytes;
    }

    private void parse(byte[] bytes) {
        int number = 1;
        int start = 0;
        for (int at = 0; at <= bytes.length; at++) {
            if (at == bytes.length || bytes[at] == '\n') {
                int end = at > start && bytes[at - 1] == '\r' ? at - 1 : at;
                add(number++, ByteBuffer.wrap(bytes, start, end - start));
                start = at + 1;
            }
        }
    }

    private void add(int number, ByteBuffer bytes) {
        String line;
        try {
            line = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUtf8) {
            faults.add(new AccountFault(Reason.NOT_UTF8, number, ""));
            return;
        }
        // Spreadsheets begin a file with a byte order mark.
        String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (!text.isBlank()) {
            add(number, values(text));
        }
    }

    private void add(int number, List<String> values) {
        if (values == null) {
            faults.add(new AccountFault(Reason.QUOTE, number, ""));
        } else if (values.size() < 3 || values.size() > 4) {
            faults.add(new AccountFault(Reason.COLUMNS, number, Integer.toString(values.size())));
        } else if (number > 1 || !isHeader(values)) {
            Set<String> roles = values.size() == 4 ? NewAccount.roles(values.get(3)) : Set.of();
            add(number, new NewAccount(values.get(0).strip(), values.get(1).strip(), values.get(2), roles));
        }
    }

    private static boolean isHeader(List<String> values) {
        List<String> names = values.stream()
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .toList();
        return names.equals(HEADER.subList(0, names.size()));
    }

    private void add(int number, NewAccount account) {
        if (++accounts > MAX_ACCOUNTS) {
            throw new AccountFaults(Reason.TOO_MANY_ACCOUNTS, Integer.toString(MAX_ACCOUNTS));
        }
        List<AccountFault> found = account.faults(number, hash);
        if (!ids.add(account.id())) {
            found.add(new AccountFault(Reason.TWICE, number, account.id()));
        }
        found.forEach(faults::add);
        if (found.isEmpty()) {
            good.add(new Line(number, account));
        }
    }

    /** Null when the quotes are not in order. */
    private static List<String> values(String line) {
        List<String> values = new ArrayList<>();
        int at = 0;
        while (values.size() < COUNTED_COLUMNS) {
            boolean quoted = at < line.length() && line.charAt(at) == '"';
            int closing = quoted ? closingQuote(line, at) : -1;
            int end = quoted ? closing + 1 : endOfBare(line, at);
            if (quoted && closing < 0 || end < line.length() && line.charAt(end) != ',') {
                return null;
            }
            values.add(quoted ? line.substring(at + 1, end - 1).replace("\"\"", "\"") : line.substring(at, end));
            if (end == line.length()) {
                return values;
            }
            at = end + 1;
        }
        return values;
    }

    private static int endOfBare(String line, int from) {
        int comma = line.indexOf(',', from);
        return comma < 0 ? line.length() : comma;
    }

    /** -1 when there is none. */
    private static int closingQuote(String line, int opening) {
        int at = line.indexOf('"', opening + 1);
        while (at >= 0 && at + 1 < line.length() && line.charAt(at + 1) == '"') {
            at = line.indexOf('"', at + 2);
        }
        return at;
    }
}
