package io.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTest {

    @TempDir
    Path directory;

    @Test
    void aFileHasOneInEachLine() throws IOException {
        List<Account> accounts = List.of(new Account("bench-1", "t.o.k"), new Account("bench-2", "e.n.s"));
        Path file = Files.write(
                directory.resolve("accounts"),
                accounts.stream().map(Account::line).toList());
        assertThat(Account.read(file)).isEqualTo(accounts);
    }

    @Test
    void aLineThatIsNoneIsNamed() throws IOException {
        Path file = Files.write(directory.resolve("accounts"), List.of("a b", "only-an-id"));
        assertThatThrownBy(() -> Account.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(":2:");
    }
}
