package io.parley.cli;

import io.parley.auth.AccountAdmin;
import io.parley.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** The accounts of the node that {@code --conf} describes, whether that node runs or not. */
final class AccountStore {

    @Mixin
    private ConfFile conf;

    private NodeConfig config;

    /**
     * Read once. A command that asks a person for something reads it before: nobody types a password to be told then
     * that the configuration is not usable.
     */
    NodeConfig config() {
        if (config == null) {
            config = conf.read();
        }
        return config;
    }

    /** Waits for what {@code work} answers, or throws what it fails with. */
    <T> T with(Function<AccountAdmin, Future<T>> work) {
        NodeConfig node = config();
        Vertx vertx = Vertx.vertx();
        try {
            AccountAdmin admin = AccountAdmin.open(vertx, node.auth(), node.mysql(), node.redis());
            return work.apply(admin).eventually(admin::close).await();
        } finally {
            vertx.close().await();
        }
    }
}
