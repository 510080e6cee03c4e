package io.parley.bench;

import io.parley.client.ClientOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sends to accounts that are not connected, until each has as many messages as it is to have. */
final class Storing {

    private final Vertx vertx;
    private final Load load;
    private final String mark;
    private final List<String> recipients;
    private final List<Books> books;
    /** Who has failed, once for each send. */
    private final List<Integer> failed = new ArrayList<>();

    private Fleet senders;

    /**
     * @param mark   what all texts begin with
     * @param books  one for each recipient, who has a sender of its own
     */
    Storing(Vertx vertx, Load load, String mark, List<String> recipients, List<Books> books) {
        this.vertx = vertx;
        this.load = load;
        this.mark = mark;
        this.recipients = recipients;
        this.books = books;
    }

    /** With the logins of the senders. */
    Future<Void> run() {
        List<ClientOptions> from = IntStream.range(0, books.size())
                .mapToObj(pair -> load.options(
                        load.who().accounts().get(2 * pair), load.where().first()))
                .toList();
        return Fleet.open(vertx, from, load.where().sources(), pair -> text -> {})
                .compose(opened -> {
                    senders = opened;
                    for (int pair = 0; pair < books.size(); pair++) {
                        for (int i = 0; i < load.traffic().window(); i++) {
                            send(pair);
                        }
                    }
                    return Settling.until(vertx, Integer.MAX_VALUE, this::isStored);
                })
                .eventually(() -> senders == null ? Future.succeededFuture() : senders.close());
    }

    /** A sender whose node is gone does not go on: what it could not send is counted. */
    private void send(int pair) {
        Books own = books.get(pair);
        if (own.sent() == load.traffic().messages() || failed.contains(pair)) {
            return;
        }
        int number = own.sent();
        senders.client(pair)
                .send(recipients.get(pair), mark + own.next(load.traffic().payload() - mark.length()))
                .onSuccess(receipt -> {
                    own.receipted(number, receipt);
                    send(pair);
                })
                .onFailure(lost -> failed.add(pair));
    }

    /** Whether each send is answered or has failed; the client fails it when its time is over. */
    private boolean isStored() {
        long unanswered = books.stream().mapToLong(b -> b.sent() - b.receipts()).sum() - failed.size();
        return unanswered == 0
                && IntStream.range(0, books.size())
                        .allMatch(
                                pair -> books.get(pair).sent() == load.traffic().messages() || failed.contains(pair));
    }
}
