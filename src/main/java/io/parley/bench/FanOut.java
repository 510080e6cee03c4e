package io.parley.bench;

import io.parley.client.ClientOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Everybody in one room: the first members speak, and all others hear them. A speaker goes on when everybody has heard
 * enough of what it said before: a node skips a member that has fallen behind, as rooms promise a message at most once
 * (DESIGN section 2), and so nobody falls behind. What a member misses all the same is the node's fault.
 */
final class FanOut implements Scenario {

    private static final int TICK_MILLIS = 1;
    private static final int SETTLE_MILLIS = 10_000;
    /** How long a speaker waits for somebody who does not hear. Chosen: many times the latency of a loaded node. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Members that enter at once: each is announced to all who are there, and nobody is to fall behind by that. */
    private static final int ENTERING = 8;

    private final Vertx vertx;
    private final Load load;
    private final String room = "bench-" + UUID.randomUUID();
    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
    private final List<Talk> talks;
    private final Promise<Void> entered = Promise.promise();
    private Fleet members;
    private int entering;
    private int inside;
    private boolean speaking;
    /** Of a paced run: what may be said now, and whose turn it is. */
    private double allowance;

    private int turn;

    FanOut(Vertx vertx, Load load) {
        this.vertx = vertx;
        this.load = load;
        this.talks = IntStream.range(0, Math.min(load.senders(), load.connections()))
                .mapToObj(speaker -> new Talk(speaker, load.connections()))
                .toList();
    }

    @Override
    public String progress() {
        if (members == null) {
            return "connecting";
        }
        return inside < load.connections() ? "entered " + inside : "heard " + sum(Talk::heard);
    }

    @Override
    public Future<Report> run() {
        List<ClientOptions> options = IntStream.range(0, load.connections())
                .mapToObj(i -> load.options(
                        load.accounts().get(i),
                        load.servers().get(i % load.servers().size())))
                .toList();
        return Fleet.open(vertx, options, member -> text -> hear(member, text))
                .compose(opened -> {
                    members = opened;
                    return enter();
                })
                .compose(inside -> NodeUsage.read(vertx, load.metrics()))
                .compose(this::measure)
                .eventually(() -> members == null ? Future.succeededFuture() : members.close());
    }

    private Future<Void> enter() {
        IntStream.range(0, ENTERING).forEach(i -> enterNext());
        return entered.future();
    }

    private void enterNext() {
        if (inside == load.connections()) {
            entered.tryComplete();
        } else if (entering < load.connections()) {
            members.client(entering++)
                    .join(room)
                    .onSuccess(in -> {
                        inside++;
                        enterNext();
                    })
                    .onFailure(entered::tryFail);
        }
    }

    private Future<Report> measure(NodeUsage before) {
        long begun = System.nanoTime();
        speaking = true;
        long ticker = vertx.setPeriodic(TICK_MILLIS, tick -> tick());
        goOn();
        return vertx.timer(load.duration().toMillis(), TimeUnit.MILLISECONDS)
                .compose(over -> {
                    speaking = false;
                    return Settling.until(vertx, SETTLE_MILLIS, () -> sum(Talk::open) == 0);
                })
                .onComplete(over -> vertx.cancelTimer(ticker))
                .compose(settled -> NodeUsage.read(vertx, load.metrics()))
                .map(after -> report(after.cpuMicrosSince(before), (System.nanoTime() - begun) / 1e9));
    }

    private void tick() {
        talks.forEach(talk -> talk.giveUp(System.nanoTime() - PATIENCE_NANOS));
        allowance = Math.min(allowance + load.rate() * TICK_MILLIS / 1e3, load.rate());
        goOn();
    }

    /** Lets everybody speak who may, one message each in turn. */
    private void goOn() {
        for (int silent = 0; speaking && silent < talks.size(); silent++) {
            int speaker = turn++ % talks.size();
            if (talks.get(speaker).open() < load.window() && (load.rate() == 0 || allowance >= 1)) {
                allowance--;
                speak(speaker);
                silent = -1;
            }
        }
    }

    private void speak(int speaker) {
        Talk own = talks.get(speaker);
        int number = own.said();
        members.client(speaker).say(room, own.next(speaker, load.payload())).onSuccess(receipt -> {
            own.receipted(number, receipt);
            goOn();
        });
    }

    private void hear(int member, String text) {
        Talk talk = talks.get(Talk.of(text));
        long nanos = talk.heard(member, text);
        if (nanos >= 0) {
            latencies.recordValue(nanos / 1_000);
        }
        if (talk.open() < load.window()) {
            goOn();
        }
    }

    private long sum(ToLongFunction<Talk> figure) {
        return talks.stream().mapToLong(figure).sum();
    }

    private Report report(double cpuMicros, double seconds) {
        long heard = sum(Talk::heard);
        Report.Builder report = new Report.Builder("fanout")
                .with("members", load.connections())
                .with("senders", talks.size())
                .with("window", load.window())
                .with("payload_bytes", load.payload())
                .with("seconds", seconds)
                .with("said", sum(Talk::said))
                .with("heard", heard)
                .mustBeZero("without_receipt", sum(Talk::withoutReceipt))
                .mustBeZero("refused", sum(Talk::refused))
                .mustBeZero("missed", sum(Talk::missed))
                .mustBeZero("repeated", sum(Talk::repeated))
                .mustBeZero("disordered", sum(Talk::disordered))
                .with("deliveries_a_second", heard / seconds)
                .latencies(latencies);
        if (!load.metrics().isEmpty()) {
            report.with("node_cpu_us_a_delivery", cpuMicros / Math.max(1, heard));
        }
        return report.build();
    }
}
