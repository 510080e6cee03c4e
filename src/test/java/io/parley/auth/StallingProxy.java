package io.parley.auth;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a server that can be made to hang: connections stay open, and not a byte of an answer comes. */
final class StallingProxy {

    private final NetClient client;
    private final NetServer server;
    private final List<NetSocket> answering = new CopyOnWriteArrayList<>();
    private volatile boolean stalled;

    private StallingProxy(Vertx vertx, String host, int port) {
        client = vertx.createNetClient();
        server = vertx.createNetServer().connectHandler(accepted -> {
            accepted.pause();
            client.connect(port, host)
                    .onSuccess(target -> forward(accepted, target))
                    .onFailure(refused -> accepted.close());
        });
    }

    static StallingProxy before(Vertx vertx, String host, int port) throws Exception {
        StallingProxy proxy = new StallingProxy(vertx, host, port);
        proxy.server.listen(0, "127.0.0.1").await(5, SECONDS);
        return proxy;
    }

    int port() {
        return server.actualPort();
    }

    void stall() {
        stalled = true;
        answering.forEach(NetSocket::pause);
    }

    void resume() {
        stalled = false;
        answering.forEach(NetSocket::resume);
    }

    private void forward(NetSocket accepted, NetSocket target) {
        answering.add(target);
        target.handler(accepted::write).closeHandler(closed -> accepted.close());
        accepted.handler(target::write).closeHandler(closed -> target.close());
        accepted.resume();
        if (stalled) {
            target.pause();
        }
    }
}
