package io.parley.cli;

import io.parley.auth.AccountAdmin;
import io.parley.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;

/** The accounts of the node that {@code --conf} describes, whether that node runs or not. */
final class AccountStore {

    @Mixin
    private ConfFile conf;

    /** Waits for what {@code work} answers, or throws what it fails with. */
    <T> T with(BiFunction<AccountAdmin, NodeConfig, Future<T>> work) {
        NodeConfig config = conf.read();
        Vertx vertx = Vertx.vertx();
        try {
            AccountAdmin admin = AccountAdmin.open(vertx, config.auth(), config.mysql(), config.redis());
            return work.apply(admin, config).eventually(admin::close).await();
        } finally {
            vertx.close().await();
        }
    }
}
