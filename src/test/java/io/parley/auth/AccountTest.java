package io.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTest {

    @ParameterizedTest
    @CsvSource({"ann,ANN", "Zoë,ZOË", "Zoë,Zoe\u0308", "10001,10001", "张三,张三"})
    void caseAndCompositionDoNotMakeAnotherId(String one, String other) {
        assertThat(Account.fold(one)).isEqualTo(Account.fold(other));
    }

    @ParameterizedTest
    @CsvSource({"10001,10001abc", "10001,010001", "10001,10001.0", "zoe,zoë", "ann,ａｎｎ", "ann,'ann '", "strasse,straße"
    })
    void whatReadsDifferentlyIsAnotherId(String one, String other) {
        assertThat(Account.fold(one)).isNotEqualTo(Account.fold(other));
    }

    @Test
    void printsNoHash() {
        assertThat(new Account("ann", "Ann", "s3cret", Set.of(), false).toString())
                .doesNotContain("s3cret");
        assertThat(new NewAccount("ann", "Ann", "s3cret", Set.of()).toString()).doesNotContain("s3cret");
    }
}
