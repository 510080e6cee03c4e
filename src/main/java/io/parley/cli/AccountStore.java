package io.parley.cli;

import io.parley.auth.AccountAdmin;
import io.parley.config.ConfigFile;
import io.parley.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** The option {@code --conf} of a command that works on a node's accounts, whether the node runs or not. */
final class AccountStore {

    @Option(
            names = {"-c", "--conf"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration file of the node (JSON).")
    private Path conf;

    /** Waits for what {@code work} answers, or throws what it fails with. */
    <T> T with(BiFunction<AccountAdmin, NodeConfig, Future<T>> work) {
        Vertx vertx = Vertx.vertx();
        try {
            NodeConfig config = ConfigFile.read(vertx, conf).await();
            AccountAdmin admin = AccountAdmin.open(vertx, config.auth(), config.mysql(), config.redis());
            return work.apply(admin, config).eventually(admin::close).await();
        } finally {
            vertx.close().await();
        }
    }
}
