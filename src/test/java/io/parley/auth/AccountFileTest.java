package io.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.auth.AccountFault.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountFileTest {

    @TempDir
    Path directory;

    @Test
    void readsQuotesCommasRolesAndSpreadsheetHabits() throws IOException {
        List<AccountFile.Line> lines = read("""
                \uFEFFid,name,password,roles\r
                10001,张三,123456\r
                \r
                ann,"Ann ""the"" Bee, Dr.","pass,word","admin, broadcaster"
                bob,Bob,  spaces kept ,
                """);
        assertThat(lines)
                .containsExactly(
                        new AccountFile.Line(2, new NewAccount("10001", "张三", "123456", Set.of())),
                        new AccountFile.Line(
                                4,
                                new NewAccount(
                                        "ann", "Ann \"the\" Bee, Dr.", "pass,word", Set.of("admin", "broadcaster"))),
                        new AccountFile.Line(5, new NewAccount("bob", "Bob", "  spaces kept ", Set.of())));
    }

    @Test
    void namesEveryFaultWithItsLine() {
        AccountFaults faults = faults("""
                ann,Ann,secret
                two words,Bob,secret
                cat,Cat
                dan,Dan,secret,admin,more
                eve,"Eve,secret
                fay,"Fay"x,secret
                ann,Ann again,secret
                gus,,secret
                hal,Hal,
                ida,Ida,secret,not*a*role
                """);
        assertThat(faults.faults())
                .extracting(AccountFault::line, AccountFault::reason)
                .containsExactly(
                        tuple(2, Reason.BAD_ID),
                        tuple(3, Reason.COLUMNS),
                        tuple(4, Reason.COLUMNS),
                        tuple(5, Reason.QUOTE),
                        tuple(6, Reason.QUOTE),
                        tuple(7, Reason.TWICE),
                        tuple(8, Reason.BAD_NAME),
                        tuple(9, Reason.NO_PASSWORD),
                        tuple(10, Reason.BAD_ROLE));
        assertThat(faults.getMessage()).doesNotContain("secret");
    }

    @Test
    void anEmptyFileAndOneOfOtherBytesAreFaults() throws IOException {
        assertThat(faults("id,name,password\n").faults())
                .extracting(AccountFault::reason)
                .containsExactly(Reason.EMPTY_FILE);
        Path file =
                Files.write(directory.resolve("latin1.csv"), "ann,Zoë,secret".getBytes(StandardCharsets.ISO_8859_1));
        AccountFaults faults = catchThrowableOfType(AccountFaults.class, () -> AccountFile.read(file, new PlainHash()));
        assertThat(faults.faults()).extracting(AccountFault::reason).containsExactly(Reason.NOT_UTF8);
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private AccountFaults faults(String text) {
        return catchThrowableOfType(AccountFaults.class, () -> read(text));
    }

    private List<AccountFile.Line> read(String text) throws IOException {
        return AccountFile.read(Files.writeString(directory.resolve("accounts.csv"), text), new PlainHash());
    }
}
