package io.parley.cli;

import io.parley.config.EffectiveConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
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
            "Read and check a configuration as `parley serve` would: the file, then environment variables",
            "(PARLEY_MYSQL_HOST), then system properties (-Dparley.mysql.host).",
            "Prints the effective one with secrets masked, or all faults."
        },
        footer = {
            "",
            "Examples:",
            "  parley check --conf conf/parley.json",
            "  PARLEY_MYSQL_POOL_SIZE=8 parley check --conf conf/parley.json --origins",
            "",
            "Exit codes: 0 usable, 2 not usable."
        })
public final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfFile conf;

    @Option(names = "--origins", description = "One line a key, with who said it, instead of JSON.")
    private boolean origins;

    @Override
    public Integer call() {
        EffectiveConfig effective = conf.readEffective();
        PrintWriter out = spec.commandLine().getOut();
        if (origins) {
            effective.origins().forEach(out::println);
        } else {
            out.println(effective.json());
        }
        spec.commandLine().getErr().println(Messages.of(spec).text("check.usable", conf.file()));
        return ExitCode.OK;
    }
}
