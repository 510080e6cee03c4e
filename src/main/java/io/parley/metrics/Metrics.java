package io.parley.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.protocol.ErrorCode;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * All meters of one node; made once, in {@code Node}, and handed to those who count. What they count with is made here
 * beforehand, one counter for each value of a label, so that counting is an addition and a label can have no other
 * values than these. Safe for use by several threads.
 */
public final class Metrics {

    /** Of what {@link #scrape} returns. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final SessionMeters sessions = new SessionMeters(this);
    private final MessageMeters messages = new MessageMeters(this);
    private final DeliveryMeters deliveries = new DeliveryMeters(this);
    private final MailboxMeters mailboxes = new MailboxMeters(this);
    private final RoomMeters rooms = new RoomMeters(this);

    public SessionMeters sessions() {
        return sessions;
    }

    public MessageMeters messages() {
        return messages;
    }

    public DeliveryMeters deliveries() {
        return deliveries;
    }

    public MailboxMeters mailboxes() {
        return mailboxes;
    }

    public RoomMeters rooms() {
        return rooms;
    }

    /** What Vert.x is to be made with, and these options, so that it counts here too. */
    public VertxMetricsFactory countIn(VertxOptions options) {
        return VertxMeters.in(registry, new BusMeters(this), options);
    }

    /** Memory, garbage collection, threads and CPU, until {@link #close}. */
    public void watchJvm() {
        new JvmMemoryMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        FunctionCounter.builder("process.cpu", ProcessHandle.current(), Metrics::cpuSeconds)
                .baseUnit("seconds")
                .description("CPU time that this process has used, user and system.")
                .register(registry);
        Gauge.builder("process.resident.memory", ResidentMemory::bytes)
                .baseUnit("bytes")
                .description("Memory of the machine that this process has, the whole heap included.")
                .register(registry);
    }

    private static double cpuSeconds(ProcessHandle self) {
        return self.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
    }

    /** @param loop which one, from 0 */
    public Lag lag(int loop) {
        return new Lag(Timer.builder("parley.event.loop.lag")
                .description("How late an event loop ran a task that was due, looked at ten times a second.")
                .tag("loop", String.valueOf(loop))
                .register(registry));
    }

    /** @param number how many passwords wait to be checked; from any thread */
    public void passwordsWaiting(IntSupplier number) {
        Gauge.builder("parley.passwords.waiting", number::getAsInt)
                .description("Logins that wait for a thread that checks their password.")
                .register(registry);
    }

    /** @param up whether the check was well when it was last asked; from any thread */
    public void check(String name, BooleanSupplier up) {
        Gauge.builder("parley.check.up", () -> up.getAsBoolean() ? 1 : 0)
                .description("Whether a check of /health/ready is well: 1, or 0.")
                .tag("check", name)
                .register(registry);
    }

    /** @param end of the certificate that the listeners show now; from any thread */
    public void certificate(Supplier<Instant> end) {
        Gauge.builder(
                        "parley.certificate.days.left",
                        () -> Duration.between(Instant.now(), end.get()).toSeconds() / SECONDS_A_DAY)
                .description("Days until the listeners' certificate, or one of its chain, expires; negative after.")
                .register(registry);
    }

    /** Everything, as Prometheus reads it. Takes some milliseconds: not for an event loop. */
    public String scrape() {
        return registry.scrape();
    }

    /** Lets go of the JVM, which would hold on to these meters for ever. */
    public void close() {
        garbageCollection.close();
        registry.close();
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** @param labels names and values in turn */
    Counter counter(String name, String description, String... labels) {
        return Counter.builder(name).description(description).tags(labels).register(registry);
    }

    /** One for each code, in a label {@code error}. */
    Map<ErrorCode, Counter> countersByError(String name, String description) {
        Map<ErrorCode, Counter> counters = new EnumMap<>(ErrorCode.class);
        for (ErrorCode code : ErrorCode.values()) {
            counters.put(code, counter(name, description, "error", code.code()));
        }
        return counters;
    }

    /** @param labels names and values in turn */
    Level level(String name, String description, String... labels) {
        Level level = new Level();
        Gauge.builder(name, level, Level::value)
                .strongReference(true)
                .description(description)
                .tags(labels)
                .register(registry);
        return level;
    }
}
