package io.parley.cli;

import io.parley.auth.LoadAccounts;
import io.parley.config.NodeConfig;
import io.parley.protocol.UserId;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley bench prepare}: accounts for a load, with tokens, so that logging in costs no password hash. */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        description = {
            "Make accounts for the load, and print each with a token.",
            "Only those that are missing are made: bench-1 and so on. Without a password file",
            "nobody knows their password. The token is good for a whole day."
        },
        footer = {"", "Examples:", "  parley bench prepare --accounts 1000 --conf target/dev/node-1.json > bench.txt"})
public final class BenchPrepareCommand implements Callable<Integer> {

    private static final int MOST = 100_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfFile conf;

    @Option(names = "--accounts", required = true, paramLabel = "N", description = "How many: 2 to " + MOST + ".")
    private int accounts;

    @Option(
            names = "--prefix",
            defaultValue = "bench-",
            paramLabel = "TEXT",
            description = "What their ids begin with (default: ${DEFAULT-VALUE}).")
    private String prefix;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File with a password in its first line, for those that are made.")
    private Path passwordFile;

    @Override
    public Integer call() throws IOException {
        if (accounts < 2 || accounts > MOST) {
            throw new ParameterException(spec.commandLine(), "--accounts must be 2 to " + MOST);
        }
        if (!UserId.isValid(prefix + MOST)) {
            throw new ParameterException(spec.commandLine(), "--prefix and a number " + UserId.RULE);
        }
        String password = passwordFile == null ? null : password(spec, passwordFile);
        List<String> ids =
                IntStream.rangeClosed(1, accounts).mapToObj(n -> prefix + n).toList();
        NodeConfig config = conf.read();
        Vertx vertx = Vertx.vertx();
        List<String> tokens;
        try {
            tokens = LoadAccounts.prepare(vertx, config.auth(), config.mysql(), ids, password)
                    .await();
        } finally {
            vertx.close().await();
        }
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < accounts; i++) {
            out.println(ids.get(i) + ' ' + tokens.get(i));
        }
        out.flush();
        return ExitCode.OK;
    }

    /** The first line of a file; a wrong usage when it has none. */
    static String password(CommandSpec spec, Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst()
                    .orElseThrow(() -> new ParameterException(spec.commandLine(), file + " has no password"));
        }
    }
}
