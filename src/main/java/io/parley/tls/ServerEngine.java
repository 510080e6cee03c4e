package io.parley.tls;

import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/** OpenSSL for the listeners, with what Netty does for each connection by default done once, or smaller. */
public final class ServerEngine extends OpenSSLEngineOptions {

    /**
     * What OpenSSL writes while no buffer of ours is there to write to: the rest of a handshake that does not fit goes
     * out in a second step, and afterwards only alerts are written so. Each connection has this as long as it lives;
     * Netty's own choice is 2048.
     */
    private static final int UNASKED_BYTES = 512;

    private ServerEngine() {}

    private ServerEngine(ServerEngine other) {
        super(other);
    }

    /** OpenSSL where it is to be had, else the JDK's engine. */
    public static SSLEngineOptions best() {
        return isAvailable() ? new ServerEngine() : new JdkSSLEngineOptions();
    }

    @Override
    public ServerEngine copy() {
        return new ServerEngine(this);
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new DefaultSslContextFactory(SslProvider.OPENSSL, isSessionCacheEnabled()) {
            /** Without the cache key and chain are parsed anew for each handshake. */
            @Override
            public SslContextFactory keyMananagerFactory(KeyManagerFactory keys) {
                return super.keyMananagerFactory(new OpenSslCachingX509KeyManagerFactory(keys));
            }

            @Override
            public SslContext create() throws SSLException {
                SslContext context = super.create();
                ((ReferenceCountedOpenSslContext) context).setBioNonApplicationBufferSize(UNASKED_BYTES);
                return context;
            }
        };
    }
}
