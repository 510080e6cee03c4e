package io.parley.bus;

import io.parley.bus.Answers.Answer;
import io.parley.bus.Answers.Verdict;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Person;
import io.parley.protocol.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Every kind of {@link Crossing}, with content that a node might send and some that it never would. */
final class RandomCrossings {

    /** Of one, two, three and four bytes in UTF-8, and what other formats trip over. */
    private static final String[] LETTERS = {"a", "7", " ", "\"", "\\", "\0", "\n", "é", "你", "😀", "\uffff"};

    private final Random random;

    RandomCrossings(Random random) {
        this.random = random;
    }

    Crossing next() {
        return switch (random.nextInt(15)) {
            case 0, 1 -> new Parcel(text(), several(this::item));
            case 2 -> new Answers(several(this::answer));
            case 3 -> new EndSession(text(), ByeReason.values()[random.nextInt(ByeReason.values().length)]);
            case 4 -> new AskSession(text());
            case 5 -> random.nextBoolean() ? SessionState.ALIVE : SessionState.GONE;
            case 6 -> new Crossing.Witness(several(this::text));
            case 7 -> new Crossing.Unreached(several(this::text));
            case 8, 9 -> new RoomNews(text(), several(this::roomItem));
            case 10 -> new RoomsHere(text(), random.nextBoolean(), random.nextBoolean(), several(this::text));
            case 11 -> new AskRooms(several(this::text));
            case 12 ->
                new RoomNames(several(
                        () -> new RoomNames.People(text(), several(this::text), random.nextInt(Integer.MAX_VALUE))));
            case 13 -> new Crossing.GroupChanged(text());
            default -> random.nextBoolean() ? new Crossing.Ping() : new Crossing.Pong();
        };
    }

    Parcel.Item item() {
        return switch (random.nextInt(4)) {
            case 0 -> new Parcel.Nudge(text());
            case 1 -> new Parcel.Readmit(text());
            default -> new Parcel.Push(text(), random.nextLong(), new Envelope(text(), text()));
        };
    }

    RoomNews.Item roomItem() {
        return switch (random.nextInt(6)) {
            case 0 -> new RoomNews.Entered(text(), text(), new Person(text(), text()));
            case 1 -> new RoomNews.Left(text(), text(), new Person(text(), text()));
            case 2 -> new RoomNews.Said(text(), text(), new Envelope(text(), text()));
            case 3 -> new RoomNews.Broadcast(text(), new Envelope(text(), text()));
            case 4 -> new RoomNews.Opened(text());
            default -> new RoomNews.Closed(text());
        };
    }

    Answer answer() {
        Verdict verdict = Verdict.values()[random.nextInt(Verdict.values().length)];
        return new Answer(random.nextLong(), verdict, random.nextBoolean() ? null : refusal());
    }

    private Refusal refusal() {
        ErrorCode code = ErrorCode.values()[random.nextInt(ErrorCode.values().length)];
        return new Refusal(code, text(), Duration.ofMillis(random.nextInt(100_000)));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(20); left > 0; left--) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    <T> List<T> several(Supplier<T> one) {
        List<T> several = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            several.add(one.get());
        }
        return several;
    }
}
