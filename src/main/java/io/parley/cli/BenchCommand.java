package io.parley.cli;

import io.parley.bench.Account;
import io.parley.bench.Load;
import io.parley.bench.Report;
import io.parley.bench.Scenario;
import io.parley.client.ClientOptions.Server;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "A node. With several, senders connect to the first and recipients to the last.")
    private List<String> servers = List.of();

    @Option(names = "--ca", paramLabel = "FILE", description = "PEM file of the authority to trust.")
    private Path ca;

    @Option(
            names = "--accounts",
            paramLabel = "FILE",
            description = "What `bench prepare` printed: a user id and a token in each line.")
    private Path accounts;

    @Option(
            names = "--metrics",
            paramLabel = "URL",
            description = "The metrics page of a node, to know its use of CPU and memory; once for each node.")
    private List<URI> metrics = List.of();

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "How many clients (default: as many as accounts, 1000 at most).")
    private Integer connections;

    @Option(
            names = "--window",
            defaultValue = "1",
            paramLabel = "N",
            description = "Messages that each sender keeps unanswered (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--payload",
            defaultValue = "100",
            paramLabel = "BYTES",
            description = "Size of a message's text (default: ${DEFAULT-VALUE}).")
    private int payload;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            paramLabel = "N",
            description = "How long it sends, or holds (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warmup",
            defaultValue = "5",
            paramLabel = "SECONDS",
            description = "direct, fanout, login: how long it runs before it measures (default: ${DEFAULT-VALUE}).")
    private int warmup;

    @Option(
            names = "--rate",
            defaultValue = "0",
            paramLabel = "N",
            description = "direct, fanout: messages a second, all senders together (default: as fast as it goes).")
    private int rate;

    @Option(
            names = "--messages",
            defaultValue = "100",
            paramLabel = "N",
            description = "offline: messages for each recipient (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--senders",
            defaultValue = "1",
            paramLabel = "N",
            description = "fanout: how many of the clients speak (default: ${DEFAULT-VALUE}).")
    private int senders;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "offline: only store, and note in FILE what was promised; then kill what you want.")
    private Path storeInto;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "offline: only log in, and count what FILE has and does not arrive.")
    private Path replayFrom;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File with the password of all accounts in its first line, to log in with that instead.")
    private Path passwordFile;

    @Option(
            names = "--source",
            paramLabel = "ADDRESS",
            description = "A local address to connect from; with several, in turn: each has about 28,000 ports.")
    private List<String> sources = List.of();

    @Option(names = "--json", description = "Print the figures as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Load load = load();
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

    private Load load() throws IOException {
        // Not by picocli: what it requires here it would require of `bench prepare` too.
        check(scenario != null, "say which: direct, fanout, offline, idle or login");
        check(!servers.isEmpty(), "--server is missing");
        check(accounts != null, "--accounts is missing; `parley bench prepare` makes that file");
        List<Account> all = Account.read(accounts);
        int wanted = connections == null ? Math.min(all.size(), 1000) : connections;
        check(wanted >= 2 && wanted <= all.size(), "--connections must be 2 to " + all.size());
        check(window >= 1 && window <= 1024, "--window must be 1 to 1024");
        check(payload >= 1 && payload <= 60_000, "--payload must be 1 to 60000");
        check(seconds >= 1 && seconds <= 86_400, "--seconds must be 1 to 86400");
        check(warmup >= 0 && warmup <= 3_600, "--warmup must be 0 to 3600");
        check(rate >= 0 && rate <= 1_000_000, "--rate must be 0 to 1000000");
        check(messages >= 1 && messages <= 100_000, "--messages must be 1 to 100000");
        check(senders >= 1 && senders <= wanted, "--senders must be 1 to " + wanted);
        check(storeInto == null || replayFrom == null, "--store and --replay are two runs");
        check(
                scenario == Scenario.Kind.offline || (storeInto == null && replayFrom == null),
                "--store and --replay are for offline");
        return new Load(
                servers.stream().map(this::server).toList(),
                ca,
                all,
                metrics,
                wanted,
                window,
                payload,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(warmup),
                rate,
                messages,
                senders,
                storeInto,
                replayFrom,
                passwordFile == null ? null : BenchPrepareCommand.password(spec, passwordFile),
                sources);
    }

    private Server server(String text) {
        int colon = text.lastIndexOf(':');
        check(text.matches(".+:[0-9]{1,5}"), "--server must be HOST:PORT");
        return new Server(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private void check(boolean fine, String rule) {
        if (!fine) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
