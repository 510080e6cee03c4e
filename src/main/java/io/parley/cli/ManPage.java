package io.parley.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of a command and all below it, from the same model as {@code --help}: roff with the macros of
 * {@code man(7)}, which every Unix can show. (picocli's own generator makes AsciiDoc and needs another program then.)
 */
final class ManPage {

    private final Messages messages;
    private final StringBuilder page = new StringBuilder();

    ManPage(Messages messages) {
        this.messages = messages;
    }

    String of(CommandSpec command) {
        String name = command.qualifiedName("-");
        macro("TH", name.toUpperCase(Locale.ROOT), "1", "", "parley " + Version.version(), "Parley");
        macro("SH", messages.text("man.name"));
        text(name + " - " + String.join(" ", command.usageMessage().description()));
        section(command, "SH");
        commands(command);
        return page.toString();
    }

    private void commands(CommandSpec parent) {
        parent.subcommands().values().stream().distinct().forEach(each -> {
            CommandSpec command = each.getCommandSpec();
            macro("SH", command.qualifiedName().toUpperCase(Locale.ROOT));
            lines(List.of(command.usageMessage().description()));
            section(command, "SS");
            commands(command);
        });
    }

    /** Synopsis, options and examples. */
    private void section(CommandSpec command, String heading) {
        macro(heading, messages.text("man.synopsis"));
        text(command.commandLine().getHelp().synopsis(0).strip());
        if (!command.args().isEmpty()) {
            macro(heading, messages.text("man.options"));
        }
        for (PositionalParamSpec argument : command.positionalParameters()) {
            tagged(argument.paramLabel(), argument.description());
        }
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                String names = String.join(", ", option.names());
                tagged(option.arity().max() == 0 ? names : names + " " + option.paramLabel(), option.description());
            }
        }
        lines(List.of(command.usageMessage().footer()));
    }

    private void tagged(String tag, String[] description) {
        macro("TP");
        page.append("\\fB").append(escaped(tag)).append("\\fR\n");
        text(String.join(" ", description));
    }

    /** Indented lines as they are: they are examples. The others flow. */
    private void lines(List<String> lines) {
        for (String line : lines) {
            if (line.isBlank()) {
                macro("PP");
            } else if (line.startsWith(" ")) {
                macro("nf");
                text(line);
                macro("fi");
            } else {
                text(line);
            }
        }
    }

    private void macro(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    private void text(String text) {
        page.append(Arrays.stream(text.split("\n")).map(ManPage::line).collect(Collectors.joining("\n", "", "\n")));
    }

    /** A line that begins with a dot or an apostrophe would be a request. */
    private static String line(String text) {
        String line = escaped(Ansi.OFF.string(text));
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    /** Hyphens as they are typed: an option that is copied from the page must work. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("~", "\\(ti")
                .replace("^", "\\(ha")
                .replace("`", "\\(ga")
                .replace("'", "\\(aq");
    }
}
