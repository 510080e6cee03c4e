package io.parley.tls;

import static io.parley.tls.CertificatePair.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class CertificateWatchTest {

    private static final Duration INTERVAL = Duration.ofMillis(5);
    private static final String NOT_RENEWED = "certificate not renewed";

    private final CapturedLog log = CapturedLog.ofParley();
    private final List<ServerCertificate> given = new CopyOnWriteArrayList<>();
    private final Looks looks = new Looks();
    private Path directory;
    private CertificatePair pair;
    private CertificateWatch watch;
    private volatile Future<Void> answer = Future.succeededFuture();

    /** The time that the test says; each look ends with a question for it, so that the test can count them. */
    private static final class Looks extends Clock {
        private final AtomicInteger ended = new AtomicInteger();
        private volatile Instant now = leaf("first").getNotBefore().toInstant().plus(Duration.ofDays(30));
        private volatile Runnable afterNext = () -> {};

        @Override
        public Instant instant() {
            if (Thread.currentThread().getName().contains("eventloop")) {
                Runnable task = afterNext;
                afterNext = () -> {};
                task.run();
                ended.incrementAndGet();
            }
            return now;
        }

        /** Until so many more have begun and ended. */
        void await(int number) {
            int enough = ended.get() + number + 1;
            Eventually.holds("looks", () -> ended.get() >= enough);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void begin(Vertx vertx, @TempDir Path directory) throws Exception {
        this.directory = directory;
        pair = CertificatePair.in(directory).put("first");
        start(vertx);
    }

    private void start(Vertx vertx) throws Exception {
        watch = new CertificateWatch(pair.config(INTERVAL), looks, renewed -> {
            given.add(renewed);
            return answer;
        });
        watch.load(vertx).compose(loaded -> vertx.deployVerticle(watch)).await(10, TimeUnit.SECONDS);
    }

    /** Before the directory goes, which would be complained about. */
    @AfterEach
    void close(Vertx vertx) throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
        log.close();
    }

    private void assertServed(String name) {
        assertThat(watch.served().leaf()).isEqualTo(leaf(name));
        assertThat(watch.expiresAt()).isEqualTo(leaf(name).getNotAfter().toInstant());
    }

    @Test
    void aRenewedPairIsGivenToTheListenersAndSaidOnce() {
        assertServed("first");
        looks.await(3);
        assertThat(given).isEmpty();

        pair.put("second");
        log.await(1, "certificate renewed");
        looks.await(5);
        assertServed("second");
        assertThat(given).extracting(ServerCertificate::leaf).containsExactly(leaf("second"));
        assertThat(log.lines("certificate renewed"))
                .containsExactly("certificate renewed ends=" + watch.expiresAt() + " serial="
                        + leaf("second").getSerialNumber().toString(16).toUpperCase(java.util.Locale.ROOT));
        assertThat(log.complaints()).isEmpty();
    }

    @Test
    void filesThatAreTouchedButSayTheSameAreNoRenewal() {
        pair.put("first");
        looks.await(5);
        assertThat(given).isEmpty();
    }

    /** As Kubernetes does it: the names lead through a link to a directory that is swapped as a whole. */
    @Test
    void aDirectoryThatIsSwappedUnderTheNamesIsARenewal() throws IOException {
        for (String name : List.of("first", "second")) {
            CertificatePair.in(Files.createDirectory(directory.resolve(".." + name)))
                    .put(name);
        }
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..first"));
        for (Path file : List.of(pair.certificate(), pair.key())) {
            Path link = Files.createSymbolicLink(
                    directory.resolve("link"), Path.of("..data").resolve(file.getFileName()));
            Files.move(link, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        }
        looks.await(3);
        assertServed("first");

        Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..second"));
        Files.move(next, data, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        log.await(1, "certificate renewed");
        assertServed("second");
    }

    @Test
    void aPairThatStaysHalfWrittenIsComplainedAboutOnceAndTakenWhenItIsWhole() {
        pair.putCertificate("second");
        log.await(1, NOT_RENEWED);
        looks.await(10);
        assertThat(log.complaints()).hasSize(1);
        assertThat(log.lines(NOT_RENEWED)).allSatisfy(line -> assertThat(line)
                .contains("ends=" + leaf("first").getNotAfter().toInstant())
                .contains(pair.key() + " is not the key of the first certificate"));
        assertServed("first");
        assertThat(given).isEmpty();

        pair.putKey("second");
        log.await(1, "certificate renewed");
        assertServed("second");
        looks.await(5);
        assertThat(log.complaints()).hasSize(1);
    }

    @Test
    void aPairThatIsWholeByTheNextLookIsNotComplainedAbout() {
        looks.afterNext = () -> {
            pair.putCertificate("second");
            looks.afterNext = () -> pair.putKey("second");
        };
        log.await(1, "certificate renewed");
        looks.await(3);
        assertServed("second");
        assertThat(log.complaints()).isEmpty();
    }

    @Test
    void eachFaultIsSaidOnceAndSoIsTheRecovery() throws IOException {
        pair.putKey("second");
        log.await(1, NOT_RENEWED);
        CertificatePair.write(pair.certificate(), "not a certificate");
        log.await(2, NOT_RENEWED);
        Files.delete(pair.certificate());
        log.await(3, NOT_RENEWED);
        looks.await(5);
        assertThat(log.complaints()).hasSize(3);
        assertThat(log.lines("certificate files right again")).isEmpty();
        assertServed("first");

        pair.put("first");
        log.await(1, "certificate files right again");
        looks.await(5);
        assertThat(log.lines("certificate files right again")).hasSize(1);
        assertThat(given).isEmpty();

        pair.putKey("second");
        log.await(4, NOT_RENEWED);
    }

    @Test
    void whatTheListenersDoNotTakeIsNotServedAndTriedAgain() {
        answer = Future.failedFuture("the engine says no");
        pair.put("second");
        log.await(1, NOT_RENEWED);
        looks.await(5);
        assertThat(log.lines(NOT_RENEWED)).singleElement().asString().contains("the engine says no");
        assertServed("first");

        answer = Future.succeededFuture();
        log.await(1, "certificate renewed");
        assertServed("second");
    }

    @Test
    void theEndIsWarnedOfFourteenDaysBeforeItAndThenOnceADay() {
        Instant end = watch.expiresAt();
        looks.now = end.minus(Duration.ofDays(14));
        looks.await(5);
        assertThat(log.complaints()).isEmpty();

        looks.now = end.minus(Duration.ofDays(14)).plusSeconds(1);
        log.await(1, "certificate ends soon days=13");
        looks.await(5);
        assertThat(log.complaints()).hasSize(1);

        looks.now = looks.now.plus(Duration.ofDays(1)).minusSeconds(1);
        looks.await(5);
        assertThat(log.complaints()).hasSize(1);
        looks.now = looks.now.plusSeconds(1);
        log.await(1, "certificate ends soon days=12");

        looks.now = end.plusSeconds(1);
        log.await(1, "certificate has ended");
        looks.await(5);
        assertThat(log.complaints())
                .filteredOn(line -> line.level() == Level.ERROR)
                .hasSize(1);
    }

    @Test
    void aRenewalEndsTheWarnings() {
        looks.now = watch.expiresAt().minus(Duration.ofDays(2));
        log.await(1, "certificate ends soon days=2");
        pair.put("second");
        log.await(1, "certificate renewed");
        looks.now = looks.now.plus(Duration.ofDays(1));
        looks.await(5);
        assertThat(log.complaints()).hasSize(1);
    }

    @Test
    void aBrokenPairFailsTheStartWithItsFault(Vertx vertx) {
        pair.putKey("second");
        assertThatThrownBy(() -> start(vertx))
                .isInstanceOf(CertificateFault.class)
                .hasMessageContaining("is not the key of the first certificate");
    }

    @Test
    void withoutTlsThereIsNothingToWatch(Vertx vertx) throws Exception {
        CertificateWatch none = new CertificateWatch(null, looks, renewed -> Future.failedFuture("not asked for"));
        none.load(vertx).compose(loaded -> vertx.deployVerticle(none)).await(10, TimeUnit.SECONDS);
        assertThat(none.served()).isNull();
        assertThat(none.expiresAt()).isNull();
    }
}
