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
        public void groups() {
            done.add("groups");
        }

        @Override
        public void turnToGroup(String group) {
            done.add("turn to group " + group);
        }

        @Override
        public void makeGroup(String name, List<String> members) {
            done.add("make " + name + " of " + members);
        }

        @Override
        public void changeGroup(String group, List<String> add, List<String> remove) {
            done.add("change " + group + " by " + add + remove);
        }

        @Override
        public void rooms() {
            done.add("rooms");
        }

        @Override
        public void enter(String room) {
            done.add("enter " + room);
        }

        @Override
        public void leave(String room) {
            done.add("leave " + room);
        }

        @Override
        public void look(String room) {
            done.add("look " + room);
        }

        @Override
        public void sayInRoom(String text) {
            done.add("say in room " + text);
        }

        @Override
        public void broadcast(String text) {
            done.add("broadcast " + text);
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

    @Test
    void groupsAreListedMadeChangedAndTurnedTo() {
        assertThat(read("/group")).isEqualTo("groups");
        assertThat(read("/group g1")).isEqualTo("turn to group g1");
        assertThat(read("/group team 10002  李四 10002")).isEqualTo("make team of [10002, 李四]");
        assertThat(read("/group g1 +10003 -10004 +10005")).isEqualTo("change g1 by [10003, 10005][10004]");
        for (String wrong : List.of("/group g1 +10003 10004", "/group g1 +", "/group {x}", "/group team {x}")) {
            assertThat(read(wrong)).as(wrong).isEqualTo("mistake chat.group.usage ");
        }
        String tooMany = IntStream.rangeClosed(0, 500).mapToObj(String::valueOf).collect(Collectors.joining(" "));
        assertThat(read("/group team " + tooMany)).isEqualTo("mistake chat.group.usage ");
    }

    @Test
    void roomsAreListedEnteredLeftAndLookedInto() {
        assertThat(read("/room")).isEqualTo("rooms");
        assertThat(read("/room lobby")).isEqualTo("enter lobby");
        assertThat(read("/leave")).isEqualTo("leave null");
        assertThat(read("/leave lobby")).isEqualTo("leave lobby");
        assertThat(read("/look")).isEqualTo("look null");
        assertThat(read("/look lobby")).isEqualTo("look lobby");
        for (String command : List.of("/room", "/leave", "/look")) {
            assertThat(read(command + " two words")).isEqualTo("mistake chat.room.usage ");
            assertThat(read(command + " {x}")).isEqualTo("mistake chat.room.usage ");
            assertThat(read(command + " " + "x".repeat(65))).isEqualTo("mistake chat.room.usage ");
        }
    }

    @Test
    void aTextForARoomOrForEverybodyKeepsItsSpaces() {
        assertThat(read("/say  two  words\nand a line")).isEqualTo("say in room two  words\nand a line");
        assertThat(read("/broadcast back in  5")).isEqualTo("broadcast back in  5");
        assertThat(read("/say ")).isEqualTo("mistake chat.text.usage /say");
        assertThat(read("/broadcast")).isEqualTo("mistake chat.text.usage /broadcast");
    }
}
