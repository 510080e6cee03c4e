package io.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.auth.AccountFault.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountFileTest {

    @TempDir
    Path directory;

    @Test
    void readsQuotesCommasRolesAndSpreadsheetHabits() throws IOException {
        AccountFile file = read("""
                \uFEFFid,name,password,roles\r
                10001,张三,123456\r
                \r
                ann,"Ann ""the"" Bee, Dr.","pass,word","admin, broadcaster"
                bob,Bob,  spaces kept ,
                """);
        assertThat(file.faults().isEmpty()).isTrue();
        assertThat(file.good())
                .containsExactly(
                        new AccountFile.Line(2, new NewAccount("10001", "张三", "123456", Set.of())),
                        new AccountFile.Line(
                                4,
                                new NewAccount(
                                        "ann", "Ann \"the\" Bee, Dr.", "pass,word", Set.of("admin", "broadcaster"))),
                        new AccountFile.Line(5, new NewAccount("bob", "Bob", "  spaces kept ", Set.of())));
    }

    @Test
    void namesEveryFaultWithItsLine() throws IOException {
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
                jim,Jim;secret
                ,Kim,secret
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
                        tuple(10, Reason.BAD_ROLE),
                        tuple(11, Reason.COLUMNS),
                        tuple(12, Reason.BAD_ID));
        assertThat(faults.getMessage()).doesNotContain("secret");
    }

    @Test
    void onlyTheNamesOfTheColumnsAreAHeaderAndOnlyInTheFirstLine() throws IOException {
        assertThat(ids("\"ID\",\"Name\",\"Password\"\nann,Ann,secret\n")).containsExactly("ann");
        assertThat(ids("id,name,password1\n")).as("an account of these words").containsExactly("id");
        assertThat(ids("ann,Ann,secret\nid,name,password\n")).containsExactly("ann", "id");
    }

    /** Bytes that are no UTF-8 spoil their own line; the others can be had. */
    @Test
    void aLineOfOtherBytesIsAFaultOfThatLineOnly() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("ann,Ann,secret\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("zoe,Zoë,secret\n".getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes("bob,Bob,secret".getBytes(StandardCharsets.UTF_8));
        AccountFile file = AccountFile.read(write(bytes.toByteArray()), new PlainHash());
        assertThat(file.faults().toException().faults())
                .extracting(AccountFault::line, AccountFault::reason)
                .containsExactly(tuple(2, Reason.NOT_UTF8));
        assertThat(file.good()).extracting(AccountFile.Line::number).containsExactly(1, 3);
        assertThat(file.faults().lines()).isEqualTo(1);
    }

    @Test
    void aFileWithoutAccountsOrWithoutAFileIsAFault() {
        assertThat(refusal("id,name,password\n")).containsExactly(Reason.EMPTY_FILE);
        assertThat(refusal("")).containsExactly(Reason.EMPTY_FILE);
        AccountFaults nothing = catchThrowableOfType(
                AccountFaults.class, () -> AccountFile.read(directory.resolve("none"), new PlainHash()));
        assertThat(nothing.faults()).extracting(AccountFault::reason).containsExactly(Reason.UNREADABLE_FILE);
        AccountFaults folder =
                catchThrowableOfType(AccountFaults.class, () -> AccountFile.read(directory, new PlainHash()));
        assertThat(folder.faults()).extracting(AccountFault::reason).containsExactly(Reason.UNREADABLE_FILE);
    }

    @Test
    void aFileOfAnotherKindIsTooLargeOrHasTooManyLinesOrListsItsFirstFaults() throws IOException {
        assertThat(refusal("x".repeat(AccountFile.MAX_BYTES + 1))).containsExactly(Reason.FILE_TOO_LARGE);
        assertThat(refusal("a,b,c\n".repeat(AccountFile.MAX_ACCOUNTS + 1))).containsExactly(Reason.TOO_MANY_ACCOUNTS);

        AccountFile commas = read(",".repeat(AccountFile.MAX_BYTES));
        assertThat(commas.faults().toException().faults()).containsExactly(new AccountFault(Reason.COLUMNS, 1, "99"));

        AccountFaults many = faults("words, words, words and more words, words, words\n".repeat(12_345));
        assertThat(many.faults())
                .hasSize(FoundFaults.LISTED)
                .isSortedAccordingTo((one, other) -> Integer.compare(one.line(), other.line()));
        assertThat(many.unlisted()).isEqualTo(12_345 - FoundFaults.LISTED);
    }

    @Test
    void aHundredThousandLinesAreRead() throws IOException {
        AccountFile file = read(IntStream.range(0, 100_000)
                .mapToObj(i -> "user" + i + ",\"User, " + i + "\",secret\r\n")
                .collect(Collectors.joining()));
        assertThat(file.faults().isEmpty()).isTrue();
        assertThat(file.good()).hasSize(100_000);
        assertThat(file.good().get(99_999).number()).isEqualTo(100_000);
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private List<String> ids(String text) throws IOException {
        return read(text).good().stream().map(line -> line.account().id()).toList();
    }

    /** What is wrong with some of the lines. */
    private AccountFaults faults(String text) throws IOException {
        return read(text).faults().toException();
    }

    /** What is wrong with the file as a whole. */
    private List<Reason> refusal(String text) {
        return catchThrowableOfType(AccountFaults.class, () -> read(text)).faults().stream()
                .map(AccountFault::reason)
                .toList();
    }

    private AccountFile read(String text) throws IOException {
        return AccountFile.read(write(text.getBytes(StandardCharsets.UTF_8)), new PlainHash());
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("accounts.csv"), bytes);
    }
}
