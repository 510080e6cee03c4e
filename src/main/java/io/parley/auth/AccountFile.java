package io.parley.auth;

import io.parley.auth.AccountFault.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Accounts in a CSV file: {@code id,name,password[,roles]}, UTF-8, one account a line, an optional first line with
 * these names. A value with a comma or a quote stands in quotes, and a quote in it is doubled; several roles, too, are
 * in quotes.
 */
final class AccountFile {

    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final String HEADER = "id,name,password";

    private final PasswordHash hash;
    private final List<Line> lines = new ArrayList<>();
    private final List<AccountFault> faults = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    /** @param number from 1, as editors count */
    record Line(int number, NewAccount account) {}

    private AccountFile(PasswordHash hash) {
        this.hash = hash;
    }

    /**
     * All accounts of the file.
     *
     * @throws AccountFaults all that is wrong with the file, with line numbers
     */
    static List<Line> read(Path path, PasswordHash hash) throws IOException {
        if (Files.size(path) > MAX_BYTES) {
            throw new AccountFaults(Reason.FILE_TOO_LARGE, Long.toString(MAX_BYTES));
        }
        AccountFile file = new AccountFile(hash);
        file.parse(text(Files.readAllBytes(path)));
        if (file.lines.isEmpty() && file.faults.isEmpty()) {
            throw new AccountFaults(Reason.EMPTY_FILE, path.toString());
        }
        if (!file.faults.isEmpty()) {
            throw new AccountFaults(file.faults);
        }
        return file.lines;
    }

    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // Spreadsheets begin a file with a byte order mark.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new AccountFaults(Reason.NOT_UTF8, "");
        }
    }

    private void parse(String text) {
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            boolean isHeader = number == 1 && line.strip().startsWith(HEADER);
            if (!isHeader && !line.isBlank()) {
                add(number, line);
            }
        }
    }

    private void add(int number, String line) {
        List<String> values = values(line);
        if (values == null) {
            faults.add(new AccountFault(Reason.QUOTE, number, ""));
        } else if (values.size() < 3 || values.size() > 4) {
            faults.add(new AccountFault(Reason.COLUMNS, number, Integer.toString(values.size())));
        } else {
            Set<String> roles = values.size() == 4 ? NewAccount.roles(values.get(3)) : Set.of();
            NewAccount account =
                    new NewAccount(values.get(0).strip(), values.get(1).strip(), values.get(2), roles);
            faults.addAll(account.faults(number, hash));
            if (!ids.add(account.id())) {
                faults.add(new AccountFault(Reason.TWICE, number, account.id()));
            }
            lines.add(new Line(number, account));
        }
    }

    /** Null when the quotes are not in order. */
    private static List<String> values(String line) {
        List<String> values = new ArrayList<>();
        int at = 0;
        while (true) {
            boolean quoted = at < line.length() && line.charAt(at) == '"';
            int end = quoted ? closingQuote(line, at) + 1 : endOfBare(line, at);
            if (end == 0 || (end < line.length() && line.charAt(end) != ',')) {
                return null;
            }
            values.add(quoted ? line.substring(at + 1, end - 1).replace("\"\"", "\"") : line.substring(at, end));
            if (end == line.length()) {
                return values;
            }
            at = end + 1;
        }
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
