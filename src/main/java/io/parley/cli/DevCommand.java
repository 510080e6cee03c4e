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
import io.parley.schema.Migrations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
            "Run a node with all that it needs, to try Parley on this machine.",
            "It brings a MariaDB, a Redis, a certificate and demo accounts, and listens on",
            "127.0.0.1 only. The data is kept between runs. Ctrl-C stops all of it."
        },
        footer = {
            "",
            "Examples:",
            "  ./mvnw compile exec:java           (in a checkout; the same as: parley dev)",
            "  parley dev --port-offset 1000 --data /tmp/other",
            "  parley dev --stores    (then: parley serve --conf target/dev/node-1.json)",
            "",
            "Exit codes: 0 stopped by a signal, 1 could not start."
        })
public final class DevCommand implements Callable<Integer> {

    private static final int CLUSTER_NODES = 3;

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

    @Option(
            names = "--stores",
            description = "Only the stores, and configurations for nodes of one cluster, to run with parley serve.")
    private boolean storesOnly;

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
        try {
            TlsConfig tls = DevCertificate.in(data);
            Path launcher = Launcher.write(data, Parley.class);
            if (storesOnly) {
                offerStores(services, tls, launcher);
            } else {
                runNode(services, tls, launcher);
            }
        } catch (IOException | RuntimeException failure) {
            services.stop();
            throw failure;
        }
        Lifetime.await();
        return ExitCode.OK;
    }

    private void runNode(DevServices services, TlsConfig tls, Path launcher) throws IOException {
        NodeConfig config = DevConfig.of(data, tls, services.mysql(), services.redis(), portOffset);
        Node node = Node.start(config).await();
        addAccounts(config);
        Lifetime.begin(node::stop, node.longestStop(), services::stop);
        int port = node.ports().get("json");
        say("dev.ready", port, launcher, tls.certificate(), portOffset == 0 ? "" : " --port " + port);
        Map<String, Integer> ports = node.ports();
        say("dev.listeners", ports.get("text"), ports.get("line"), ports.get("line-guests"), ports.get("guests"));
        say("http.ready", config.http().host(), node.httpPort().orElseThrow());
        say("dev.accounts", DevAccounts.list(), DevAccounts.PASSWORD);
    }

    private void offerStores(DevServices services, TlsConfig tls, Path launcher) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        addAccounts(DevConfig.of(data, tls, services.mysql(), services.redis(), portOffset));
        List<Path> files = DevConfig.writeCluster(
                data, DevConfig.json(data, tls, services.mysql(), services.redis()), CLUSTER_NODES, portOffset);
        Lifetime.begin(Future::succeededFuture, Duration.ZERO, services::stop);
        say("dev.stores");
        files.forEach(file -> out.println("  " + launcher + " serve --conf " + file));
        say("dev.accounts", DevAccounts.list(), DevAccounts.PASSWORD);
    }

    private void say(String key, Object... values) {
        spec.commandLine().getOut().println(Messages.of(spec).text(key, values));
        spec.commandLine().getOut().flush();
    }

    private static void addAccounts(NodeConfig config) {
        Vertx vertx = Vertx.vertx();
        AccountAdmin admin = AccountAdmin.open(vertx, config.auth(), config.mysql(), config.redis());
        try {
            Migrations.of(vertx, config.mysql(), true).apply().await();
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
