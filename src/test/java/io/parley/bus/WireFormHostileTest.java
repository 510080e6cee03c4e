package io.parley.bus;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that no version ever wrote: they are {@link Unreadable} or mean something, and cost no more than they are. */
class WireFormHostileTest {

    /** Java's strings and lists for items of a few bytes each. */
    private static final int BYTES_FOR_A_BYTE = 40;

    /** Mostly what the JVM needs for itself at the first time. */
    private static final int BYTES_FOR_ANY = 1 << 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Whether they could be read. */
    private boolean isReadable(Buffer bytes) {
        long before = threads.getCurrentThreadAllocatedBytes();
        boolean readable;
        try {
            assertThat(WireForm.decode(bytes)).isNotNull();
            readable = true;
        } catch (Unreadable wrong) {
            readable = false;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated)
                .as("bytes allocated for %d of input", bytes.length())
                .isLessThan(BYTES_FOR_ANY + (long) BYTES_FOR_A_BYTE * bytes.length());
        return readable;
    }

    @Test
    void noPartOfARecordIsReadableAsIfItWereWhole() {
        forAll(500, random -> {
            Buffer whole = WireForm.encode(new RandomCrossings(random).next());
            for (int length = 0; length < whole.length(); length++) {
                if (isReadable(whole.getBuffer(0, length))) {
                    fail(length + " of " + whole.length() + " bytes");
                }
            }
            assertThat(isReadable(whole)).isTrue();
        });
    }

    @Test
    void randomBytesDoNoHarm() {
        forAll(20_000, random -> {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextInt(4) > 0) {
                bytes[0] = 1;
                bytes[1] = (byte) random.nextInt(25);
            }
            isReadable(Buffer.buffer(bytes));
        });
    }

    @Test
    void damagedRecordsDoNoHarm() {
        forAll(20_000, random -> {
            Buffer bytes = WireForm.encode(new RandomCrossings(random).next()).copy();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                int at = random.nextInt(bytes.length());
                bytes.setByte(at, (byte) (bytes.getByte(at) ^ 1 << random.nextInt(8)));
            }
            isReadable(bytes);
        });
    }

    @Test
    void lengthsAndCountsAreNotBelieved() {
        int[] lies = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 0x00ff_ffff, 1_000_000};
        forAll(2_000, random -> {
            Buffer bytes = WireForm.encode(new RandomCrossings(random).next()).copy();
            if (bytes.length() >= 6) {
                bytes.setInt(2 + random.nextInt(bytes.length() - 5), lies[random.nextInt(lies.length)]);
                isReadable(bytes);
            }
        });
    }

    @Test
    void eachLieInTheFirstLengthOfEachKindIsFoundOut() {
        for (int kind : new int[] {1, 2, 3, 4, 5, 6, 7, 20, 21, 22, 23}) {
            for (int lie : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30}) {
                Buffer bytes = Buffer.buffer(new byte[] {1, (byte) kind}).appendInt(lie);
                boolean sessionState = kind == 5;
                assertThat(isReadable(bytes)).as("kind %d count %d", kind, lie).isEqualTo(sessionState);
            }
        }
    }

    @Test
    void manySmallItemsCostLittle() {
        Random random = new Random(1);
        Buffer bytes = Buffer.buffer(new byte[] {1, 6}).appendInt(100_000);
        for (int i = 0; i < 100_000; i++) {
            bytes.appendInt(Integer.BYTES).appendInt(0);
        }
        assertThat(isReadable(bytes)).isTrue();
        bytes.setInt(2, 100_001 + random.nextInt(1_000_000));
        assertThat(isReadable(bytes)).isFalse();
    }
}
