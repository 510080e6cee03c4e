package io.parley.cli;

import io.parley.config.EffectiveConfig;
import io.parley.config.EffectiveConfig.Entry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code parley check}: says what a node would run with, or everything that keeps it from running. Touches no store.
 */
@Command(
        name = "check",
        description = {
            "Check a configuration, and print the one that holds.",
            "It is read as `parley serve` would: the file, then environment variables",
            "(PARLEY_MYSQL_HOST), then system properties (-Dparley.mysql.host). Secrets are",
            "masked, and what is no default says who set it. If it is not usable, all faults",
            "are listed."
        },
        footer = {
            "",
            "Examples:",
            "  parley check --conf conf/parley.json",
            "  parley check --conf conf/parley.json --json > effective.json",
            "  PARLEY_MYSQL_POOL_SIZE=8 parley check --conf conf/parley.json --origins",
            "",
            "Exit codes: 0 usable, 2 not usable."
        })
public final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfFile conf;

    @ArgGroup
    private Form form = new Form();

    /** At most one of them. */
    private static final class Form {

        @Option(names = "--json", description = "Print it as JSON, for another program.")
        private boolean json;

        @Option(names = "--origins", description = "Print one line a key, with who set it, for grep.")
        private boolean origins;
    }

    @Override
    public Integer call() {
        EffectiveConfig effective = conf.readEffective();
        PrintWriter out = spec.commandLine().getOut();
        if (form.json) {
            out.println(effective.json());
        } else if (form.origins) {
            effective.origins().forEach(line -> out.println(PlainText.of(line)));
        } else {
            print(effective.entries(), out);
        }
        out.flush();
        spec.commandLine()
                .getErr()
                .println(Messages.of(spec)
                        .text("check.usable", PlainText.of(conf.file().toString())));
        return ExitCode.OK;
    }

    /** A paragraph a section; what nobody set says nothing about who did. */
    private static void print(List<Entry> entries, PrintWriter out) {
        Map<String, List<List<String>>> sections = new LinkedHashMap<>();
        for (Entry entry : entries) {
            int dot = entry.path().indexOf('.');
            sections.computeIfAbsent(dot < 0 ? "" : entry.path().substring(0, dot), name -> new ArrayList<>())
                    .add(List.of(
                            entry.path().substring(dot + 1),
                            PlainText.of(entry.value()),
                            entry.isDefault() ? "" : "(" + PlainText.of(entry.origin()) + ")"));
        }
        sections.forEach((name, rows) -> {
            out.println(name);
            Table.lines(rows).forEach(line -> out.println("  " + line));
            out.println();
        });
    }
}
