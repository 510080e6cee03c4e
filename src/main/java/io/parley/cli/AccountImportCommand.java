package io.parley.cli;

import io.parley.auth.BadLines;
import io.parley.auth.ImportProgress;
import io.parley.auth.Imported;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley account import}: many accounts at once, from a file. */
@Command(
        name = "import",
        description = {
            "Make the accounts of a CSV file.",
            "All of them, or none when a line is at fault. One account a line, in UTF-8:",
            "id,name,password[,roles]. Values with a comma or a quote are quoted, and so are",
            "several roles: ann,\"Bee, Ann\",secret,\"admin,broadcaster\""
        },
        footer = {
            "",
            "Examples:",
            "  parley account import accounts.csv --conf conf/parley.json",
            "  parley account import accounts.csv --skip-bad --conf conf/parley.json",
            "",
            "Exit codes: 0 done, 1 no account was made, 2 wrong usage or configuration."
        })
final class AccountImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AccountStore store;

    @Option(
            names = "--skip-bad",
            description = "Make the accounts of the other lines when some are at fault; list those.")
    private boolean skipBad;

    @Parameters(paramLabel = "FILE.csv", descriptionKey = "file", description = "The file.")
    private Path file;

    @Override
    public Integer call() {
        Messages messages = Messages.of(spec);
        ProgressBar bar = Terminal.console() == null
                ? null
                : new ProgressBar(spec.commandLine().getOut(), messages);
        Imported imported;
        try {
            imported = store.with(
                    admin -> admin.addAll(file, skipBad ? BadLines.SKIP : BadLines.STOP, progress(bar, messages)));
        } finally {
            if (bar != null) {
                bar.clear();
            }
        }
        if (imported.faults() != null) {
            new Failures(messages).print(imported.faults(), spec.commandLine().getErr());
        }
        String key = imported.skipped() == 0 ? "account.imported" : "account.imported.skipped";
        spec.commandLine().getOut().println(messages.text(key, imported.made(), imported.skipped()));
        return imported.made() == 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private static ImportProgress progress(ProgressBar bar, Messages messages) {
        return bar == null
                ? (step, done, total) -> {}
                : (step, done, total) -> bar.show(messages.text("import." + step), done, total);
    }
}
