package io.parley.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One numbered SQL file.
 *
 * <p>MySQL commits each DDL statement on its own, so a crash can leave a file half applied and unrecorded; it is then
 * applied again from its start. So every statement must do no harm when it is repeated ({@code IF NOT EXISTS}).
 *
 * @param file  its name, for example {@code 001_account.sql}; the number is the version
 * @param sql   its text, with LF line ends
 */
record Migration(String file, String sql) {

    static Migration read(String file) {
        try (InputStream in = Migration.class.getResourceAsStream("/schema/" + file)) {
            if (in == null) {
                throw new IllegalStateException("missing in the jar: schema/" + file);
            }
            return new Migration(file, new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int version() {
        return Integer.parseInt(file.substring(0, file.indexOf('_')));
    }

    /** Without comments; a semicolon ends a statement only at the end of a line. */
    List<String> statements() {
        String bare = sql.lines()
                .filter(line -> !line.stripLeading().startsWith("--"))
                .collect(Collectors.joining("\n"));
        return Arrays.stream(bare.split(";\\s*(\n|$)"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    /** SHA-256 of the text, in hexadecimal. */
    String checksum() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
