package io.parley.client;

import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.util.List;

/** Connects to the nodes, each time to the next one; fails with a {@link LinkFailure} only. */
final class Dialer {

    private final TlsNet net;
    private final List<ClientOptions.Server> servers;
    private int dialled;

    Dialer(TlsNet net, List<ClientOptions.Server> servers) {
        this.net = net;
        this.servers = servers;
    }

    Future<NetSocket> dial() {
        dialled++;
        ClientOptions.Server server = server();
        return net.client().compose(client -> client.connect(server.port(), server.host())
                .recover(cause -> Future.failedFuture(LinkFailure.whileConnecting(cause))));
    }

    /** The one that was dialled last. */
    ClientOptions.Server server() {
        return servers.get((dialled - 1) % servers.size());
    }

    /** Whether each of them was dialled. */
    boolean hasTriedAll() {
        return dialled >= servers.size();
    }
}
