package io.parley.cli;

import io.parley.config.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with a command line, in the reader's language: picocli's own sentences are English. Of an argument that
 * is not understood only what stands before a {@code =} is repeated, as the rest may be a password.
 */
final class WrongUsage {

    /** For a shorter name nearly everything is near. */
    private static final int GUESSED_FROM = 3;

    private static final int SHOWN_CHARACTERS = 40;

    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    private final Messages messages;

    WrongUsage(Messages messages) {
        this.messages = messages;
    }

    /**
     * One sentence a line.
     *
     * @param arguments  all that was typed
     */
    List<String> lines(ParameterException wrong, String... arguments) {
        CommandLine command = wrong.getCommandLine();
        CommandSpec root = command.getCommandSpec().root();
        if (arguments[0].startsWith("-") && root.findOption(arguments[0]) == null) {
            // picocli would first complain of what the command behind it lacks.
            return notUnderstood(root, arguments[0]);
        }
        List<String> unmatched = wrong instanceof UnmatchedArgumentException notUnderstood
                ? notUnderstood.getUnmatched()
                : command.getUnmatchedArguments();
        // A misspelt option is the reason why a needed one is missing, and the better thing to say.
        return unmatched.isEmpty()
                ? List.of(sentence(wrong), help(command.getCommandSpec()))
                : notUnderstood(command.getCommandSpec(), unmatched.get(0));
    }

    private String sentence(ParameterException wrong) {
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgGroupSpec group = missing.getMissing().get(0).group();
            return messages.text(
                    group != null && group.exclusive() ? "usage.missing.one" : "usage.missing",
                    missing.getMissing().stream().map(WrongUsage::written).collect(Collectors.joining(", ")));
        }
        if (wrong instanceof OverwrittenOptionException twice) {
            return messages.text("usage.twice", name(twice.getOverwritten()));
        }
        if (wrong instanceof MutuallyExclusiveArgsException) {
            // It has the names in its sentence only.
            return messages.text(
                    "usage.exclusive",
                    OPTION.matcher(wrong.getMessage())
                            .results()
                            .map(MatchResult::group)
                            .collect(Collectors.joining(", ")));
        }
        if (wrong.getCause() instanceof TypeConversionException && wrong.getArgSpec() != null) {
            return noValue(wrong.getArgSpec(), wrong.getValue());
        }
        return wrong.getMessage();
    }

    private String noValue(ArgSpec argument, String value) {
        return argument.type().isEnum()
                ? messages.text(
                        "usage.value.choice",
                        shown(value),
                        name(argument),
                        Arrays.stream(argument.type().getEnumConstants())
                                .map(Object::toString)
                                .collect(Collectors.joining(", ")))
                : messages.text("usage.value", shown(value), name(argument));
    }

    private List<String> notUnderstood(CommandSpec spec, String argument) {
        List<String> lines = new ArrayList<>();
        String name = argument.startsWith("-") ? argument.split("=", 2)[0] : argument;
        if (argument.startsWith("-")) {
            lines.add(messages.text("usage.unknown.option", shown(name), spec.qualifiedName()));
            if (!guess(name, optionNames(spec), lines)) {
                belongsElsewhere(spec, name, lines);
            }
        } else if (!spec.subcommands().isEmpty()) {
            lines.add(messages.text("usage.unknown.command", shown(name), spec.qualifiedName()));
            if (!guess(name, spec.subcommands().keySet(), lines)) {
                lines.add(messages.text(
                        "usage.commands", String.join(", ", spec.subcommands().keySet())));
            }
        } else {
            lines.add(messages.text("usage.extra", shown(name), spec.qualifiedName()));
        }
        lines.add(help(spec));
        return lines;
    }

    private String help(CommandSpec spec) {
        return messages.text("usage.help", spec.qualifiedName());
    }

    private boolean guess(String name, Collection<String> known, List<String> lines) {
        String letters = name.replaceFirst("^-+", "");
        String nearest = letters.length() < GUESSED_FROM ? "" : Nearest.to(name, known);
        if (!nearest.isEmpty()) {
            lines.add(messages.text("usage.nearest", nearest));
        }
        return !nearest.isEmpty();
    }

    /** {@code parley --conf FILE serve}: right words in the wrong order. */
    private void belongsElsewhere(CommandSpec spec, String option, List<String> lines) {
        List<String> having = spec.subcommands().entrySet().stream()
                .filter(each -> each.getValue().getCommandSpec().findOption(option) != null)
                .map(each -> each.getKey())
                .toList();
        if (!having.isEmpty()) {
            lines.add(messages.text("usage.after", option, String.join(", ", having)));
        }
    }

    private static List<String> optionNames(CommandSpec spec) {
        return spec.options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::longestName)
                .toList();
    }

    /** {@code --conf=FILE}, {@code UID}: as it would stand on the command line. */
    private static String written(ArgSpec missing) {
        if (!(missing instanceof OptionSpec option)) {
            return missing.paramLabel();
        }
        return option.arity().max() == 0 ? option.longestName() : option.longestName() + " " + option.paramLabel();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String shown(String argument) {
        String plain = PlainText.of(argument);
        return plain.length() <= SHOWN_CHARACTERS ? plain : plain.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
