package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How it looks from outside is in AccountTerminalIT. */
class TypedArgumentsTest {

    private static final String[] READ = {"add", "--name", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"};

    @Test
    void whatTheJvmLostIsReadFromTheLastWordsOfTheCommandLine() {
        assertThat(typed("java\0-jar\0parley.jar\0add\0--name\0张三\0")).containsExactly("add", "--name", "张三");
    }

    @Test
    void anotherCommandLineOrOneThatIsNoUtf8ChangesNothing() {
        assertThat(typed("java\0-jar\0parley.jar\0@arguments\0--name\0张三\0")).isSameAs(READ);
        assertThat(typed("张三\0")).isSameAs(READ);
        assertThat(typed("")).isSameAs(READ);
        byte[] gbk = {'a', 'd', 'd', 0, '-', '-', 'n', 'a', 'm', 'e', 0, (byte) 0xd5, (byte) 0xc5, 0};
        assertThat(TypedArguments.of(READ, gbk)).isSameAs(READ);
    }

    @Test
    void argumentsThatAreWholeAreLeftAlone() {
        String[] whole = {"add", "张三"};
        assertThat(TypedArguments.of(whole)).isSameAs(whole);
    }

    private static String[] typed(String commandLine) {
        return TypedArguments.of(READ, commandLine.getBytes(StandardCharsets.UTF_8));
    }
}
