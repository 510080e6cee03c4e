package io.parley.cli;

import io.parley.config.NodeConfig;
import io.parley.schema.Migrations;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code parley migrate}: brings the database to the schema of this program, or prints the SQL for somebody who may.
 */
@Command(
        name = "migrate",
        description = {"Bring the database to the schema of this version.", "A node does so by itself when it starts."},
        footer = {
            "",
            "Examples:",
            "  parley migrate --conf conf/parley.json",
            "  parley migrate --conf conf/parley.json --print > schema.sql",
            "",
            "Exit codes: 0 done, 1 not done, 2 wrong usage or configuration."
        })
public final class MigrateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfFile conf;

    @Option(names = "--print", description = "Print the SQL and touch nothing.")
    private boolean print;

    @Override
    public Integer call() {
        NodeConfig config = conf.read();
        Vertx vertx = Vertx.vertx();
        try {
            boolean ownAccounts = config.auth().accountQuery() == null;
            PrintWriter out = spec.commandLine().getOut();
            if (print) {
                out.print(Migrations.print(ownAccounts));
                out.flush();
            } else {
                List<String> applied = Migrations.of(vertx, config.mysql(), ownAccounts)
                        .apply()
                        .await();
                String key = applied.isEmpty() ? "migrate.nothing" : "migrate.applied";
                out.println(Messages.of(spec).text(key, String.join(", ", applied)));
            }
            return ExitCode.OK;
        } finally {
            vertx.close().await();
        }
    }
}
