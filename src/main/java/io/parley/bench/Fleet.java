package io.parley.bench;

import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.parley.client.TlsNet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Connected clients, opened a few at a time so that the load is not a storm of logins. Lives on the context on which it
 * is opened.
 */
final class Fleet {

    /** Handshakes under way at once. */
    private static final int AT_ONCE = 32;

    private final List<ParleyClient> clients = new ArrayList<>();
    private final Promise<Fleet> opened = Promise.promise();
    private final Iterator<ClientOptions> waiting;
    private final Function<Integer, Consumer<String>> readers;
    private final Vertx vertx;
    /** One for each address that is connected from. */
    private final List<TlsNet> nets;

    private final int size;
    private int ready;

    private Fleet(
            Vertx vertx,
            List<ClientOptions> options,
            List<String> sources,
            Function<Integer, Consumer<String>> readers) {
        this.vertx = vertx;
        this.nets = nets(vertx, options.get(0), sources);
        this.size = options.size();
        this.waiting = options.iterator();
        this.readers = readers;
    }

    private static List<TlsNet> nets(Vertx vertx, ClientOptions like, List<String> sources) {
        return sources.isEmpty()
                ? List.of(new TlsNet(vertx, like).preferringOpenSsl())
                : sources.stream()
                        .map(source ->
                                new TlsNet(vertx, like).preferringOpenSsl().from(source))
                        .toList();
    }

    /**
     * Connects a client for each of the options.
     *
     * @param sources  the local addresses, in turn; empty for whatever the system takes
     * @param readers  gives the reader of the texts that the n-th client receives
     * @return fails when one of them cannot connect
     */
    static Future<Fleet> open(
            Vertx vertx,
            List<ClientOptions> options,
            List<String> sources,
            Function<Integer, Consumer<String>> readers) {
        Fleet fleet = new Fleet(vertx, options, sources, readers);
        for (int i = 0; i < AT_ONCE; i++) {
            fleet.openNext();
        }
        return fleet.opened.future();
    }

    private void openNext() {
        if (ready == size) {
            opened.tryComplete(this);
        }
        if (!waiting.hasNext()) {
            return;
        }
        Consumer<String> reader = readers.apply(clients.size());
        ParleyClient client = new ParleyClient(vertx, waiting.next(), nets.get(clients.size() % nets.size()))
                .onMessage(incoming -> reader.accept(incoming.message().content()));
        clients.add(client);
        client.connect()
                .onSuccess(verified -> {
                    ready++;
                    openNext();
                })
                .onFailure(opened::tryFail);
    }

    int ready() {
        return ready;
    }

    ParleyClient client(int index) {
        return clients.get(index);
    }

    Future<Void> close() {
        return Future.join(clients.stream().map(ParleyClient::logout).toList())
                .eventually(() -> Future.join(nets.stream().map(TlsNet::close).toList()))
                .mapEmpty();
    }
}
