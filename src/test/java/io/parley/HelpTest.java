package io.parley;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.Messages;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --help} of every command, those below {@code account} too. */
class HelpTest {

    private static final int COLUMNS = 80;

    private static List<CommandLine> commands(Locale locale) {
        List<CommandLine> all = new ArrayList<>();
        below(Parley.commandLine(Messages.of(locale)), all);
        assertThat(all).hasSizeGreaterThan(15);
        return all;
    }

    private static void below(CommandLine command, List<CommandLine> all) {
        all.add(command);
        new TreeMap<>(command.getSubcommands()).values().forEach(each -> below(each, all));
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    @Test
    void everyCommandHasADescriptionAndExamplesOfItsOwn() {
        for (CommandLine command : commands(Locale.ENGLISH)) {
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name(command))
                    .isNotEmpty();
            assertThat(command.getUsageMessage())
                    .as(name(command))
                    .contains("Examples:", name(command) + " ", "--help");
        }
    }

    @Test
    void noLineIsWiderThanATerminalInEitherLanguage() {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.CHINESE)) {
            for (CommandLine command : commands(locale)) {
                assertThat(command.getUsageMessage().lines())
                        .as(name(command))
                        .allSatisfy(line -> assertThat(width(line)).as(line).isLessThanOrEqualTo(COLUMNS));
            }
        }
    }

    /** The first line is all that the list of commands shows. */
    @Test
    void aDescriptionBeginsWithAShortSentenceAndKeepsItsLines() {
        List<String> unfit = new ArrayList<>();
        for (Locale locale : List.of(Locale.ENGLISH, Locale.CHINESE)) {
            for (CommandLine command : commands(locale)) {
                String[] description = command.getCommandSpec().usageMessage().description();
                if (!description[0].matches(".*[.。]") || width(description[0]) > 72) {
                    unfit.add(description[0]);
                }
                Set<String> shown = command.getUsageMessage().lines().collect(Collectors.toSet());
                Stream.of(description).filter(line -> !shown.contains(line)).forEach(unfit::add);
            }
        }
        assertThat(unfit).isEmpty();
    }

    /** An example that is broken over two lines is no longer one that can be copied. */
    @Test
    void examplesStandOnTheirLines() {
        List<String> broken = new ArrayList<>();
        for (CommandLine command : commands(Locale.ENGLISH)) {
            Set<String> shown = command.getUsageMessage().lines().collect(Collectors.toSet());
            Stream.of(command.getCommandSpec().usageMessage().footer())
                    .filter(line -> line.startsWith("  ") && !shown.contains(line))
                    .forEach(broken::add);
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyOptionAndArgumentIsDescribed() {
        for (CommandLine command : commands(Locale.ENGLISH)) {
            assertThat(command.getCommandSpec().args()).allSatisfy(each -> assertThat(each.hidden()
                            || !String.join("", each.description()).isBlank())
                    .as(name(command) + " " + each)
                    .isTrue());
        }
    }

    /** Each list names all that is missing, so that one run shows what to write. */
    @Test
    void allOfItIsInChineseForThoseWhoReadIt() {
        List<String> english = new ArrayList<>();
        for (CommandLine command : commands(Locale.CHINESE)) {
            assertThat(command.getUsageMessage())
                    .startsWith("用法：\n  " + name(command))
                    .contains("示例：");
            CommandSpec spec = command.getCommandSpec();
            if (!isChinese(spec.usageMessage().description())) {
                english.add(name(command));
            }
            if (command.getUsageMessage().contains("Exit codes:")) {
                english.add(name(command) + " exit codes");
            }
            spec.args().stream()
                    .filter(each -> !each.hidden() && !isChinese(each.description()))
                    .forEach(each -> english.add(name(command) + " " + each));
        }
        assertThat(english).isEmpty();
    }

    private static boolean isChinese(String... lines) {
        return String.join("", lines)
                .codePoints()
                .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }

    @Test
    void everyCommandTakesHelpAndVersion() {
        for (CommandLine command : commands(Locale.ENGLISH)) {
            assertThat(command.getCommandSpec().options().stream().map(OptionSpec::longestName))
                    .as(name(command))
                    .contains("--help", "--version");
        }
    }

    @Test
    void helpOfACommandIsWhatItsOptionSays() {
        assertThat(said("help", "account", "import")).isEqualTo(said("account", "import", "--help"));
        assertThat(said("help")).isEqualTo(said("--help"));
        assertThat(said("--help").lines().filter(line -> line.startsWith("  account ")))
                .hasSize(1);
    }

    private static String said(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Parley.run(new PrintWriter(out), new PrintWriter(err), Messages.of(Locale.ENGLISH), arguments))
                .as(Arrays.stream(arguments).collect(Collectors.joining(" ")))
                .isZero();
        return out.toString();
    }

    private static int width(String line) {
        return line.codePoints().map(WCWidth::wcwidth).sum();
    }
}
