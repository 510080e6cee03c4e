package io.parley.bus;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.bus.Answers.Answer;
import io.parley.bus.Answers.Verdict;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one version writes and another reads. */
class WireFormTest {

    private static final int PARCEL = 1;
    private static final int ANSWERS = 2;
    private static final int END_SESSION = 3;

    private static WireWriter begin(int kind) {
        return new WireWriter(64).u8(1).u8(kind);
    }

    private static Crossing decode(WireWriter written) {
        return WireForm.decode(written.buffer());
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        forAll(5_000, random -> {
            Crossing record = new RandomCrossings(random).next();
            assertThat(WireForm.decode(WireForm.encode(record))).isEqualTo(record);
        });
    }

    /** A record without an encoding would be written as the last kind of all. */
    @Test
    void everyRecordThatMayCrossHasAKindOfItsOwn() {
        List<Crossing> oneOfEach = List.of(
                new Parcel("c", List.of()),
                new Answers(List.of()),
                new EndSession("s", ByeReason.KICKED),
                new AskSession("s"),
                SessionState.ALIVE,
                new Crossing.Witness(List.of()),
                new Crossing.Unreached(List.of()),
                new RoomNews("n", List.of()),
                new RoomsHere("n", true, true, List.of()),
                new AskRooms(List.of()),
                new RoomNames(List.of()),
                new Crossing.Ping(),
                new Crossing.Pong(),
                new Crossing.GroupChanged("g"));
        assertThat(oneOfEach)
                .extracting(record -> (Object) record.getClass())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList((Object[]) Crossing.class.getPermittedSubclasses()));
        assertThat(oneOfEach)
                .extracting(record -> WireForm.encode(record).getByte(1))
                .doesNotHaveDuplicates();
        assertThat(oneOfEach).allSatisfy(record -> assertThat(WireForm.decode(WireForm.encode(record)))
                .isEqualTo(record));
    }

    @Test
    void anItemOfAnUnknownKindIsKnownBySessionAndNumber() {
        Parcel.Nudge nudge = new Parcel.Nudge("s2");
        WireWriter parcel = begin(PARCEL).text("courier.a.0").list(List.of(1, 2), (out, item) -> {
            if (item == 1) {
                out.u8(77).text("s1").i64(42).text("of a newer version").i64(7);
            } else {
                out.u8(2).text("s2").i64(0);
            }
        });
        assertThat(decode(parcel)).isEqualTo(new Parcel("courier.a.0", List.of(new Parcel.Unknown("s1", 42), nudge)));
    }

    @Test
    void whatANewerVersionWroteBehindAnItemIsSteppedOver() {
        Parcel.Push push = new Parcel.Push("s1", 42, new Envelope("m1", "{}"));
        WireWriter parcel = begin(PARCEL).text("courier.a.0").list(List.of(1, 2), (out, item) -> {
            out.u8(1).text("s1").i64(42).text("m1").text("{}");
            out.text("more").u8(255).i64(-1);
        });
        assertThat(decode(parcel)).isEqualTo(new Parcel("courier.a.0", List.of(push, push)));
    }

    @Test
    void whatANewerVersionWroteBehindAnAnswerIsSteppedOver() {
        Refusal full = new Refusal(ErrorCode.MAILBOX_FULL, "full", Duration.ofSeconds(3));
        Answers known = new Answers(List.of(new Answer(1, Verdict.TAKEN, null), new Answer(2, Verdict.FAILED, full)));
        WireWriter answers = begin(ANSWERS).list(known.items(), (out, answer) -> {
            WireForm.answer(out, answer);
            out.i64(99).text("more");
        });
        assertThat(decode(answers)).isEqualTo(known);
    }

    @Test
    void whatANewerVersionWroteBehindARecordIsSteppedOver() {
        forAll(500, random -> {
            Crossing record = new RandomCrossings(random).next();
            Buffer longer = WireForm.encode(record).copy().appendString("and more");
            assertThat(WireForm.decode(longer)).isEqualTo(record);
        });
    }

    /** Then the message is stored, which is never wrong. */
    @Test
    void anUnknownVerdictCountsAsFailed() {
        Answers sent = new Answers(List.of(new Answer(7, Verdict.TAKEN, null)));
        for (int verdict : List.of(Verdict.values().length, 100, 255)) {
            Buffer bytes = WireForm.encode(sent).copy();
            int verdictAt = 2 + Integer.BYTES + Integer.BYTES;
            bytes.setByte(verdictAt, (byte) verdict);
            assertThat(WireForm.decode(bytes)).isEqualTo(new Answers(List.of(new Answer(7, Verdict.FAILED, null))));
        }
    }

    @Test
    void codesAndReasonsOfANewerVersionHaveAMeaningHere() {
        WireWriter answers = begin(ANSWERS).list(List.of(1), (out, item) -> out.u8(5)
                .i64(7)
                .u8(1)
                .text("of_a_newer_version")
                .text("detail")
                .i64(-5));
        assertThat(decode(answers))
                .isEqualTo(
                        new Answers(List.of(new Answer(7, Verdict.FAILED, new Refusal(ErrorCode.INTERNAL, "detail")))));
        assertThat(decode(begin(END_SESSION).text("s").text("of_a_newer_version")))
                .isEqualTo(new EndSession("s", ByeReason.DRAINING));
    }

    @Test
    void anUnknownRecordOrFormatIsNotReadable() {
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> decode(begin(200)))
                .withMessage("record 200");
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> WireForm.decode(
                        WireForm.encode(new Crossing.Ping()).copy().setByte(0, (byte) 2)))
                .withMessage("format 2");
    }
}
