package io.parley.cli;

import io.parley.Node;
import io.parley.config.NodeConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley serve}: a node, on MySQL, Redis and a certificate that exist. */
@Command(
        name = "serve",
        description = {
            "Run a node, on a MySQL, a Redis and a certificate that exist.",
            "It waits for MySQL and Redis as long as they do not answer. SIGTERM stops it in",
            "order: every client is told, what was in flight is stored, exit code 0. A second",
            "one ends it at once, exit code 1."
        },
        footer = {
            "",
            "Examples:",
            "  parley serve --conf conf/parley.json",
            "  PARLEY_MYSQL_PASSWORD_FILE=/run/secrets/mysql parley serve -c parley.json",
            "",
            "Exit codes: 0 stopped by a signal, 1 could not start or stop in order, 2 the configuration is not usable."
        })
public final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfFile conf;

    @Override
    public Integer call() throws InterruptedException {
        NodeConfig config = conf.read();
        Node node = Node.start(config).await();
        Lifetime.begin(node::stop, node.longestStop(), () -> {});
        Messages messages = Messages.of(spec);
        PrintWriter out = spec.commandLine().getOut();
        out.println(messages.text("serve.ready", node.ports()));
        node.httpPort()
                .ifPresent(port ->
                        out.println(messages.text("http.ready", config.http().host(), port)));
        Lifetime.await();
        return ExitCode.OK;
    }
}
