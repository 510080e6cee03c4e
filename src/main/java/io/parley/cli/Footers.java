package io.parley.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The ends of the help texts in the reader's language. The examples between are commands and the same in each, so they
 * stand in the annotations only, where picocli would have a translation repeat them.
 */
public final class Footers {

    private static final String EXAMPLES = "Examples:";
    private static final String EXIT_CODES = "Exit codes:";

    private Footers() {}

    /** Of a command and all below it. */
    public static void translate(CommandLine command, Messages messages) {
        CommandSpec spec = command.getCommandSpec();
        String key = spec.qualifiedName(".") + ".exit";
        List<String> lines = new ArrayList<>();
        for (String line : spec.usageMessage().footer()) {
            if (line.startsWith(EXIT_CODES) && messages.bundle().containsKey(key)) {
                // They are the last, over several lines perhaps.
                lines.addAll(messages.text(key).lines().toList());
                break;
            }
            lines.add(line.equals(EXAMPLES) ? messages.text("help.examples") : line);
        }
        spec.usageMessage().footer(lines.toArray(String[]::new));
        spec.subcommands().values().forEach(each -> translate(each, messages));
    }
}
