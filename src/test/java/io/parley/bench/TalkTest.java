package io.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import org.junit.jupiter.api.Test;

class TalkTest {

    private final Talk talk = new Talk(0, 3);

    private static Receipt sent() {
        return Receipt.sent("c", "m");
    }

    @Test
    void aMessageIsOpenUntilItIsReceiptedAndEverybodyElseHasHeardIt() {
        String text = talk.next(7, 100);
        assertThat(text).hasSize(100);
        assertThat(Talk.of(text)).isEqualTo(7);
        assertThat(talk.heard(1, text)).isNotNegative();
        talk.receipted(0, sent());
        assertThat(talk.open()).isEqualTo(1);
        assertThat(talk.missed()).isEqualTo(1);
        assertThat(talk.heard(2, text)).isNotNegative();
        assertThat(talk.open()).isZero();
        assertThat(talk.missed()).isZero();
        assertThat(talk.heard()).isEqualTo(2);
        assertThat(talk.withoutReceipt()).isZero();
    }

    @Test
    void whatWasHeardTwiceOrByItsSpeakerIsRepeated() {
        String text = talk.next(0, 1);
        talk.heard(1, text);
        assertThat(talk.heard(1, text)).isNegative();
        assertThat(talk.heard(0, text)).isNegative();
        assertThat(talk.repeated()).isEqualTo(2);
        assertThat(talk.heard()).isEqualTo(1);
    }

    @Test
    void anOlderMessageBehindANewerOneIsDisordered() {
        String first = talk.next(0, 1);
        String second = talk.next(0, 1);
        talk.heard(1, second);
        talk.heard(2, first);
        assertThat(talk.disordered()).isZero();
        talk.heard(1, first);
        assertThat(talk.disordered()).isEqualTo(1);
    }

    @Test
    void whatWasRefusedIsNotMissedAndWhatIsGivenUpIs() {
        talk.next(0, 1);
        talk.next(0, 1);
        talk.receipted(0, Receipt.refused("c", null, new Refusal(ErrorCode.NOT_MEMBER, "not in the room")));
        talk.receipted(1, sent());
        assertThat(talk.refused()).isEqualTo(1);
        assertThat(talk.open()).isEqualTo(1);
        talk.giveUp(System.nanoTime() + 1);
        assertThat(talk.open()).isZero();
        assertThat(talk.missed()).isEqualTo(2);
    }
}
