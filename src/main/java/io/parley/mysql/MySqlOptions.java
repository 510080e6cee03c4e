package io.parley.mysql;

import io.parley.config.MySqlConfig;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.SslMode;
import io.vertx.sqlclient.PoolOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a {@link MySqlConfig} means to the MySQL client. The client's own defaults are not safe here: no TLS, an
 * unbounded queue, a statement prepared anew for each query, connections that live for ever (VERTX.md section 4).
 */
public final class MySqlOptions {

    private static final int CONNECT_SECONDS = 5;
    private static final int IDLE_MINUTES = 5;
    private static final int LIFETIME_MINUTES = 30;

    /**
     * A connection that hangs is given up after this time without a byte from the server, so that it frees its place in
     * the pool; nothing else would cut it. The price is that an idle connection is opened again for the next query.
     */
    private static final int SILENCE_SECONDS = 30;

    private MySqlOptions() {}

    /** For one connection. TLS runs on the JDK's engine, as OpenSSL clients fail on JDK 25 (FACTS.md section 1). */
    public static MySQLConnectOptions connection(MySqlConfig config) {
        MySQLConnectOptions options = new MySQLConnectOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setDatabase(config.database())
                .setUser(config.user())
                .setPassword(config.password() == null ? "" : config.password())
                .setSslMode(SslMode.valueOf(config.tls().name()))
                .setCachePreparedStatements(true);
        if (config.tls() != MySqlConfig.Tls.DISABLED) {
            options.setSslOptions(ssl(config));
        }
        return options;
    }

    static PoolOptions pool(MySqlConfig config) {
        // Some minutes more or less, so that connections opened together are not replaced together.
        int lifetime = LIFETIME_MINUTES + ThreadLocalRandom.current().nextInt(5);
        return new PoolOptions()
                .setMaxSize(config.poolSize())
                .setMaxWaitQueueSize(config.waitQueue())
                .setConnectionTimeout(CONNECT_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(IDLE_MINUTES)
                .setIdleTimeoutUnit(TimeUnit.MINUTES)
                .setMaxLifetime(lifetime)
                .setMaxLifetimeUnit(TimeUnit.MINUTES);
    }

    static NetClientOptions transport() {
        return new NetClientOptions()
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(CONNECT_SECONDS))
                .setReadIdleTimeout(SILENCE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private static ClientSSLOptions ssl(MySqlConfig config) {
        ClientSSLOptions ssl = new ClientSSLOptions();
        if (config.tls() == MySqlConfig.Tls.REQUIRED) {
            return ssl.setTrustAll(true).setHostnameVerificationAlgorithm("");
        }
        boolean checkName = config.tls() == MySqlConfig.Tls.VERIFY_IDENTITY;
        return ssl.setTrustOptions(trusted(config)).setHostnameVerificationAlgorithm(checkName ? "HTTPS" : "");
    }

    private static TrustOptions trusted(MySqlConfig config) {
        if (config.ca() != null) {
            return new PemTrustOptions().addCertPath(config.ca().toString());
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return TrustOptions.wrap(factory);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no default trust store", e);
        }
    }
}
