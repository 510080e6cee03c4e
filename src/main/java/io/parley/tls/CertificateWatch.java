package io.parley.tls;

import io.parley.config.TlsConfig;
import io.parley.tls.CertificateFault.Problem;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that is served now, and the watch over its files: a renewed pair is given to the listeners, a broken
 * one is complained about while the old one goes on.
 *
 * <p>Files are compared by content, as Kubernetes swaps a directory under their names and others keep the time of
 * change. Some write the two files one after the other, so what is wrong is complained about only when the next look
 * finds it again, and then once.
 */
public final class CertificateWatch extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);

    private static final Duration WARN_BEFORE_END = Duration.ofDays(14);
    private static final Duration WARN_EVERY = Duration.ofDays(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    private final TlsConfig files;
    private final Clock clock;
    private final Function<ServerCertificate, Future<?>> listeners;
    private volatile ServerCertificate served;
    private CertificateFiles reader;
    private CertificateFault found;
    private CertificateFault said;
    private Instant warnedAt = Instant.MIN;
    private Future<?> looking = Future.succeededFuture();
    private boolean stopped;

    /**
     * @param files      null when no listener speaks TLS: then there is nothing to watch
     * @param listeners  gives a renewed certificate to them; fails when they do not take it
     */
    public CertificateWatch(TlsConfig files, Clock clock, Function<ServerCertificate, Future<?>> listeners) {
        this.files = files;
        this.clock = clock;
        this.listeners = listeners;
    }

    /** Reads it for the first time, before the listeners open; fails with a {@link CertificateFault}. */
    public Future<Void> load(Vertx loader) {
        if (files == null) {
            return Future.succeededFuture();
        }
        return loader.executeBlocking(() -> new CertificateFiles(loader, files, clock).read(null))
                .map(first -> {
                    served = first;
                    log.info("certificate loaded ends={} serial={}", first.expiresAt(), first.serial());
                    return null;
                });
    }

    /** Null without TLS. For any thread. */
    public ServerCertificate served() {
        return served;
    }

    /** When the served certificate ends; null without TLS. For any thread. */
    public Instant expiresAt() {
        ServerCertificate now = served;
        return now == null ? null : now.expiresAt();
    }

    /** Begins the watch; {@link #load} has succeeded, and the listeners are open. */
    @Override
    public Future<?> start() {
        if (files != null) {
            reader = new CertificateFiles(vertx, files, clock);
            warnOfTheEnd();
            lookLater();
        }
        return Future.succeededFuture();
    }

    /** Ends behind the look that is under way; not behind a file system that hangs. */
    @Override
    public Future<?> stop() {
        stopped = true;
        return looking.timeout(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    /** The next look begins when this one has ended: a file system that hangs holds up one thread, not many. */
    private void lookLater() {
        if (!stopped) {
            vertx.setTimer(files.reloadInterval().toMillis(), timer -> look());
        }
    }

    private void look() {
        looking = vertx.executeBlocking(() -> reader.read(served))
                .compose(read -> read == served ? Future.succeededFuture(read) : serve(read))
                .onComplete(this::right, this::wrong)
                .onComplete(looked -> {
                    warnOfTheEnd();
                    lookLater();
                });
    }

    private Future<ServerCertificate> serve(ServerCertificate renewed) {
        return listeners.apply(renewed).map(taken -> {
            served = renewed;
            said = null;
            warnedAt = Instant.MIN;
            log.info("certificate renewed ends={} serial={}", renewed.expiresAt(), renewed.serial());
            return renewed;
        });
    }

    private void right(ServerCertificate now) {
        if (said != null) {
            log.info("certificate files right again ends={} serial={}", now.expiresAt(), now.serial());
        }
        found = null;
        said = null;
    }

    private void wrong(Throwable failure) {
        CertificateFault fault = failure instanceof CertificateFault known
                ? known
                : new CertificateFault(Problem.REFUSED, files.certificate(), String.valueOf(failure));
        if (fault.isSameAs(found) && !fault.isSameAs(said)) {
            log.warn("certificate not renewed, the old one goes on ends={} reason={}", expiresAt(), fault.getMessage());
            said = fault;
        }
        found = fault;
    }

    private void warnOfTheEnd() {
        Instant now = clock.instant();
        Duration left = Duration.between(now, served.expiresAt());
        if (left.compareTo(WARN_BEFORE_END) >= 0 || now.isBefore(warnedAt.plus(WARN_EVERY))) {
            return;
        }
        warnedAt = now;
        if (left.isNegative()) {
            log.error("certificate has ended, clients refuse it ended={} file={}", expiresAt(), files.certificate());
        } else {
            log.warn("certificate ends soon days={} ends={} file={}", left.toDays(), expiresAt(), files.certificate());
        }
    }
}
