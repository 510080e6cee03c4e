package io.parley.cli;

import io.parley.Node;
import io.parley.Parley;
import io.parley.auth.AccountAdmin;
import io.parley.config.NodeConfig;
import io.parley.config.TlsConfig;
import io.parley.dev.DevAccounts;
import io.parley.dev.DevCertificate;
import io.parley.dev.DevConfig;
import io.parley.dev.DevServices;
import io.parley.dev.Launcher;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parley dev}: everything that a first conversation needs, on this machine only. */
@Command(
        name = "dev",
        description = {
            "Run a node with a MariaDB, a Redis, a certificate and demo accounts of its own, on 127.0.0.1 only.",
            "The data is kept between runs. Ctrl-C stops all of it."
        },
        footer = {
            "",
            "Examples:",
            "  ./mvnw compile exec:java           (in a checkout; the same as: parley dev)",
            "  parley dev --port-offset 1000 --data /tmp/other",
            "",
            "Exit codes: 0 stopped by a signal, 1 could not start."
        })
public final class DevCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "target/dev",
            description = "Where databases, certificate and secrets are kept (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Added to every port, so that two can run side by side.")
    private int portOffset;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Messages messages = Messages.of(spec);
        if (!hasServices()) {
            spec.commandLine().getErr().println(messages.text("dev.no_services"));
            return ExitCode.SOFTWARE;
        }
        DevServices services = DevServices.start(data, line -> {
            out.println("  " + line);
            out.flush();
        });
        Node node;
        TlsConfig tls;
        try {
            tls = DevCertificate.in(data);
            NodeConfig config = DevConfig.of(data, tls, services.mysql(), services.redis(), portOffset);
            node = Node.start(config).await();
            addAccounts(config);
        } catch (IOException | RuntimeException failure) {
            services.stop();
            throw failure;
        }
        Path launcher = Launcher.write(data, Parley.class);
        String port = portOffset == 0 ? "" : " --port " + node.ports().get("json");
        Lifetime.begin(node, services::stop);
        out.println(messages.text("dev.ready", node.ports().get("json"), launcher, tls.certificate(), port));
        out.println(messages.text("dev.accounts", DevAccounts.list(), DevAccounts.PASSWORD));
        out.flush();
        Lifetime.await();
        return ExitCode.OK;
    }

    private static void addAccounts(NodeConfig config) {
        Vertx vertx = Vertx.vertx();
        AccountAdmin admin = AccountAdmin.open(vertx, config.auth(), config.mysql(), config.redis());
        try {
            DevAccounts.addTo(admin).await();
        } finally {
            admin.close().await();
            vertx.close().await();
        }
    }

    /** The shipped jar has no databases in it. */
    private static boolean hasServices() {
        try {
            Class.forName("redis.embedded.RedisServer");
            return true;
        } catch (ClassNotFoundException shipped) {
            return false;
        }
    }
}
