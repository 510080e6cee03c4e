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

/**
 * Everybody in one room: the first members speak, and all others hear them. A speaker goes on when everybody has heard
 * enough of what it said before: a node skips a member that has fallen behind, as rooms promise a message at most once
 * (DESIGN section 2), and so nobody falls behind. What a member misses all the same is the node's fault.
 */
final class FanOut implements Scenario {

    private static final int SETTLE_MILLIS = 10_000;
    /** How long a speaker waits for somebody who does not hear. Chosen: many times the latency of a loaded node. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Members that enter at once: each is announced to all who are there, and nobody is to fall behind by that. */
    private static final int ENTERING = 8;

    private final Vertx vertx;
    private final Load load;
    /** Begins every text of this run: an account may still get what an earlier run has stored for it. */
    private final String mark = UUID.randomUUID().toString().substring(0, 8) + ' ';

    private final String room = "bench-" + UUID.randomUUID();
    private final Measurement measurement;
    private final List<Talk> talks;
    private final Promise<Void> entered = Promise.promise();
    private Fleet members;
    private int entering;
    private int inside;
    private boolean speaking;
    private long patience;
    /** Null when each speaker goes on as soon as it may. */
    private Pacer pacer;

    FanOut(Vertx vertx, Load load) {
        this.vertx = vertx;
        this.load = load;
        this.measurement = new Measurement(vertx, load, this::heard);
        this.talks = IntStream.range(
                        0, Math.min(load.traffic().senders(), load.who().connections()))
                .mapToObj(speaker -> new Talk(speaker, load.who().connections()))
                .toList();
    }

    @Override
    public String progress() {
        if (members == null) {
            return "connecting";
        }
        return inside < load.who().connections() ? "entered " + inside : "heard " + sum(Talk::heard);
    }

    @Override
    public Future<Report> run() {
        List<ClientOptions> options = load.everybody();
        return measurement
                .prepare()
                .compose(prepared ->
                        Fleet.open(vertx, options, load.where().sources(), member -> text -> read(member, text)))
                .compose(opened -> {
                    members = opened;
                    return enter();
                })
                .compose(inside -> {
                    start();
                    return measurement.run();
                })
                .compose(measured -> settled())
                .map(settled -> report())
                .eventually(() -> members == null ? Future.succeededFuture() : members.close());
    }

    private Future<Void> enter() {
        IntStream.range(0, ENTERING).forEach(i -> enterNext());
        return entered.future();
    }

    private void enterNext() {
        if (inside == load.who().connections()) {
            entered.tryComplete();
        } else if (entering < load.who().connections()) {
            members.client(entering++)
                    .join(room)
                    .onSuccess(in -> {
                        inside++;
                        enterNext();
                    })
                    .onFailure(entered::tryFail);
        }
    }

    private void start() {
        speaking = true;
        patience = vertx.setPeriodic(1_000, tick -> giveUp());
        if (load.traffic().rate() > 0) {
            pacer = new Pacer(vertx, load.traffic().rate(), talks.size(), this::speakIfAllowed);
        }
        goOnAll();
    }

    private Future<Void> settled() {
        speaking = false;
        vertx.cancelTimer(patience);
        if (pacer != null) {
            pacer.stop();
        }
        return Settling.until(vertx, SETTLE_MILLIS, () -> sum(Talk::open) == 0);
    }

    private void giveUp() {
        talks.forEach(talk -> talk.giveUp(System.nanoTime() - PATIENCE_NANOS));
        goOnAll();
    }

    private void goOnAll() {
        IntStream.range(0, talks.size()).forEach(this::goOn);
    }

    /** Unless it is the pacer who says when. */
    private void goOn(int speaker) {
        while (speaking
                && pacer == null
                && talks.get(speaker).open() < load.traffic().window()) {
            speak(speaker, System.nanoTime());
        }
    }

    private boolean speakIfAllowed(int speaker, long dueNanos) {
        if (talks.get(speaker).open() >= load.traffic().window()) {
            return false;
        }
        speak(speaker, dueNanos);
        return true;
    }

    private void speak(int speaker, long dueNanos) {
        Talk own = talks.get(speaker);
        int number = own.said();
        members.client(speaker)
                .say(room, mark + own.next(speaker, load.traffic().payload() - mark.length(), dueNanos))
                .onSuccess(receipt -> {
                    own.receipted(number, receipt);
                    goOn(speaker);
                });
    }

    private void read(int member, String text) {
        if (text.startsWith(mark)) {
            hear(member, text.substring(mark.length()));
        }
    }

    private void hear(int member, String text) {
        int speaker = Talk.of(text);
        long nanos = talks.get(speaker).heard(member, text);
        if (nanos >= 0) {
            measurement.latencies().add(nanos);
        }
        goOn(speaker);
    }

    private long heard() {
        return sum(Talk::heard);
    }

    private long sum(ToLongFunction<Talk> figure) {
        return talks.stream().mapToLong(figure).sum();
    }

    private Report report() {
        Report.Builder report = new Report.Builder("fanout")
                .with("members", load.who().connections())
                .with("senders", talks.size())
                .with("window", load.traffic().window())
                .with("payload_bytes", load.traffic().payload())
                .with("said", sum(Talk::said))
                .with("heard", heard())
                .mustBeZero("without_receipt", sum(Talk::withoutReceipt))
                .mustBeZero("refused", sum(Talk::refused))
                .mustBeZero("missed", sum(Talk::missed))
                .mustBeZero("repeated", sum(Talk::repeated))
                .mustBeZero("disordered", sum(Talk::disordered));
        measurement.tell(report, "delivery", "deliveries");
        if (pacer != null) {
            report.with("unsent", pacer.unsent());
        }
        return report.build();
    }
}
