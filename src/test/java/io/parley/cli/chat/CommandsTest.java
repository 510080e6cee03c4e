package io.parley.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private final List<String> done = new ArrayList<>();

    private final Commands.Handler handler = new Commands.Handler() {
        @Override
        public void say(String text) {
            done.add("say " + text);
        }

        @Override
        public void turnTo(String userId) {
            done.add("turn to " + userId);
        }

        @Override
        public void message(String userId, String text) {
            done.add("to " + userId + ": " + text);
        }

        @Override
        public void online(List<String> userIds) {
            done.add("online " + userIds);
        }

        @Override
        public void list() {
            done.add("list");
        }

        @Override
        public void who() {
            done.add("who");
        }

        @Override
        public void help() {
            done.add("help");
        }

        @Override
        public void quit() {
            done.add("quit");
        }

        @Override
        public void mistake(String key, String word) {
            done.add("mistake " + key + " " + word);
        }
    };

    private String read(String line) {
        done.clear();
        Commands.read(line, handler);
        return String.join(" | ", done);
    }

    @Test
    void aLineIsAMessageUnlessItBeginsWithASlash() {
        assertThat(read("hello, /quit is a command  ")).isEqualTo("say hello, /quit is a command");
        assertThat(read("//etc/hosts")).isEqualTo("say /etc/hosts");
        assertThat(read("    indented\n  code\n")).isEqualTo("say     indented\n  code");
        assertThat(read(" \t ")).isEmpty();
    }

    @Test
    void eachCommandIsUnderstood() {
        assertThat(read("/msg 10002")).isEqualTo("turn to 10002");
        assertThat(read("/msg  10002  two words\nand a line")).isEqualTo("to 10002: two words\nand a line");
        assertThat(read("/online")).isEqualTo("online []");
        assertThat(read("/online a 李四")).isEqualTo("online [a, 李四]");
        for (String simple : List.of("list", "who", "help", "quit")) {
            assertThat(read("/" + simple)).isEqualTo(simple);
        }
    }

    @Test
    void everyNameThatIsOfferedIsACommand() {
        for (String name : Commands.NAMES) {
            assertThat(read(name)).as(name).doesNotContain("chat.unknown");
        }
    }

    @Test
    void whatCannotBeIsAMistakeAndNeverAMessage() {
        assertThat(read("/mgs 10002 secret")).isEqualTo("mistake chat.unknown /mgs");
        assertThat(read("/msg")).isEqualTo("mistake chat.msg.usage ");
        assertThat(read("/msg {x} hello")).isEqualTo("mistake chat.msg.usage ");
        assertThat(read("/online {x}")).isEqualTo("mistake chat.online.usage ");
        String tooMany = IntStream.rangeClosed(0, Commands.MOST_ASKED)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(" "));
        assertThat(read("/online " + tooMany)).isEqualTo("mistake chat.online.usage ");
    }
}
