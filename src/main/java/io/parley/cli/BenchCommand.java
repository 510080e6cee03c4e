package io.parley.cli;

import io.parley.bench.Load;
import io.parley.bench.Report;
import io.parley.bench.Scenario;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parley bench}: load, and what it costs. */
@Command(
        name = "bench",
        subcommands = BenchPrepareCommand.class,
        description = {
            "Put nodes under load, and say what that costs and what is lost.",
            "direct: pairs of clients, one writes and the other acknowledges; with two",
            "servers across both. fanout: all in one room, the first ones speak; each goes",
            "on when everybody has heard it, so that nobody falls behind and is skipped by",
            "design: what a member misses counts as lost. offline: messages for accounts",
            "that are not there; then these log in and get them. idle: connections that do",
            "nothing. login: full TLS handshakes and logins."
        },
        footer = {
            "",
            "Examples:",
            "  parley bench prepare --accounts 1000 --conf target/dev/node-1.json > bench.txt",
            "  parley bench direct --accounts bench.txt --server localhost:7441 \\",
            "      --ca target/dev/tls/server.crt",
            "  parley bench direct --accounts bench.txt --window 16 --json \\",
            "      --server localhost:7441 --server localhost:7442 \\",
            "      --ca target/dev/tls/server.crt --metrics http://127.0.0.1:8081/metrics",
            "  parley bench offline --store stored.txt ...",
            "  parley bench offline --replay stored.txt ...",
            "",
            "Exit codes: 0 done and nothing lost, repeated or out of order; 1 otherwise; 2 wrong usage."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final int PROGRESS_MILLIS = 500;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            descriptionKey = "scenario",
            description = "direct, fanout, offline, idle or login.")
    private Scenario.Kind scenario;

    @Mixin
    private BenchArguments arguments = new BenchArguments();

    @Option(names = "--json", description = "Print the figures as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Load load = arguments.load(scenario);
        // One event loop: the load must not take the cores of the node that it measures.
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        try {
            Promise<Report> report = Promise.promise();
            vertx.runOnContext(onLoop -> start(vertx, load).onComplete(report));
            Report found = report.future().await();
            PrintWriter out = spec.commandLine().getOut();
            out.print(json ? found.json().encode() + "\n" : found.table());
            out.flush();
            return found.clean() ? ExitCode.OK : ExitCode.SOFTWARE;
        } finally {
            vertx.close().await();
        }
    }

    private Future<Report> start(Vertx vertx, Load load) {
        Scenario run = scenario.on(vertx, load);
        if (Terminal.console() == null) {
            return run.run();
        }
        StatusLine line = new StatusLine(spec.commandLine().getErr());
        long timer = vertx.setPeriodic(PROGRESS_MILLIS, tick -> line.show(run.progress()));
        return run.run().onComplete(over -> {
            vertx.cancelTimer(timer);
            line.erase();
        });
    }
}
