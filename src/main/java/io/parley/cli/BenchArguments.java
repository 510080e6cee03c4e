package io.parley.cli;

import io.parley.bench.Account;
import io.parley.bench.Load;
import io.parley.bench.Scenario;
import io.parley.client.ClientOptions.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code parley bench}, and the load that they ask for. */
public final class BenchArguments {

    private static final int USUAL_CONNECTIONS = 1_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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

    /** What they ask for; fails when a file cannot be read, and as wrong usage when a value cannot be. */
    Load load(Scenario.Kind scenario) throws IOException {
        // Not by picocli: what it requires here it would require of `bench prepare` too.
        check(scenario != null, "say which: direct, fanout, offline, idle or login");
        check(!servers.isEmpty(), "--server is missing");
        check(accounts != null, "--accounts is missing; `parley bench prepare` makes that file");
        Load.Where where = new Load.Where(servers.stream().map(this::server).toList(), ca, sources, metrics);
        Load.Who who = who();
        return new Load(where, who, traffic(who.connections()), times(), journals(scenario));
    }

    private Load.Who who() throws IOException {
        List<Account> all = Account.read(accounts);
        int wanted = connections == null ? Math.min(all.size(), USUAL_CONNECTIONS) : connections;
        check(wanted >= 2 && wanted <= all.size(), "--connections must be 2 to " + all.size());
        String password = passwordFile == null ? null : BenchPrepareCommand.password(spec, passwordFile);
        return new Load.Who(wanted, all, password);
    }

    private Load.Traffic traffic(int clients) {
        check(window >= 1 && window <= 1024, "--window must be 1 to 1024");
        check(payload >= 1 && payload <= 60_000, "--payload must be 1 to 60000");
        check(rate >= 0 && rate <= 1_000_000, "--rate must be 0 to 1000000");
        check(messages >= 1 && messages <= 100_000, "--messages must be 1 to 100000");
        check(senders >= 1 && senders <= clients, "--senders must be 1 to " + clients);
        return new Load.Traffic(window, payload, rate, messages, senders);
    }

    private Load.Times times() {
        check(seconds >= 1 && seconds <= 86_400, "--seconds must be 1 to 86400");
        check(warmup >= 0 && warmup <= 3_600, "--warmup must be 0 to 3600");
        return new Load.Times(Duration.ofSeconds(warmup), Duration.ofSeconds(seconds));
    }

    private Load.Journals journals(Scenario.Kind scenario) {
        check(storeInto == null || replayFrom == null, "--store and --replay are two runs");
        check(
                scenario == Scenario.Kind.offline || (storeInto == null && replayFrom == null),
                "--store and --replay are for offline");
        return new Load.Journals(storeInto, replayFrom);
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
