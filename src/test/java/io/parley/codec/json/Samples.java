package io.parley.codec.json;

import io.parley.protocol.Audience;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Message;
import io.parley.protocol.Person;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random commands, events and texts, and random ways to cut bytes. */
final class Samples {

    private static final int[] INTERESTING = {
        'a', 'Z', '0', '"', '\\', '/', '\n', '\t', 0, 0x1f, 0x7f, 'é', '张', 0x2028, 0xfffd, 0x1f600, 0x10ffff
    };

    private Samples() {}

    static Command command(RandomGenerator random) {
        return switch (random.nextInt(16)) {
            case 0 -> new Command.Verify(id(random), text(random), null);
            case 1 -> new Command.Verify(id(random), null, text(random));
            case 2 -> new Command.Single(id(random), id(random), text(random));
            case 3 -> new Command.Logout();
            case 4 -> new Command.Ping(random.nextBoolean() ? "" : "{ \"n\" : [" + random.nextLong() + ", {}] }");
            case 5 -> new Command.Ack(random.nextLong(1, (1L << 53) + 1));
            case 6 -> new Command.Verify(id(random), null, null);
            case 7 -> new Command.Group(id(random), ids(random, 500), null, text(random));
            case 8 -> new Command.Group(id(random), List.of(), id(random), text(random));
            case 9 -> new Command.Broadcast(id(random), text(random));
            case 10 -> new Question.Join(id(random));
            case 11 -> new Question.Leave(id(random));
            case 12 -> new Command.Say(id(random), id(random), text(random));
            case 13 -> new Question.Look(random.nextBoolean() ? null : id(random));
            case 14 -> groups(random);
            default -> new Question.Online(ids(random, 100));
        };
    }

    private static Command groups(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Question.GroupCreate(id(random), "name " + id(random), ids(random, 500));
            case 1 ->
                random.nextBoolean()
                        ? new Question.GroupChange(id(random), ids(random, 500), List.of())
                        : new Question.GroupChange(id(random), List.of(), ids(random, 500));
            default -> new Question.GroupList();
        };
    }

    private static List<String> ids(RandomGenerator random, int most) {
        return Stream.generate(() -> id(random))
                .limit(random.nextInt(1, most + 1))
                .distinct()
                .toList();
    }

    static Event event(RandomGenerator random) {
        return switch (random.nextInt(16)) {
            case 0 -> verified(random);
            case 1 -> new Event.NotVerified(refusal(random));
            case 2 ->
                new Event.Delivery(
                        random.nextLong(1, 1L << 53), random.nextBoolean(), MessageJson.envelope(message(random)));
            case 3 -> new Event.Bye(pick(ByeReason.values(), random), Duration.ofMillis(random.nextInt(5000)));
            case 4 -> new Event.Receipted(receipt(random));
            case 5 -> new Event.Failed(refusal(random), random.nextInt(), random.nextBoolean() ? null : id(random));
            case 6 -> new Event.Pong(random.nextBoolean() ? "" : "{\"a\":1}");
            case 7 -> new Event.Heard(MessageJson.envelope(message(random, Audience.EVERYBODY)));
            case 8 -> new Event.Heard(MessageJson.envelope(message(random, Audience.room(id(random)))));
            case 9 ->
                new Event.Delivery(
                        7, random.nextBoolean(), MessageJson.envelope(message(random, Audience.group(id(random)))));
            case 10 -> new Event.Entered(id(random), person(random));
            case 11 -> new Event.Left(id(random), person(random));
            case 12 -> new Event.LookAnswer(Map.of(id(random), ids(random, 9)), Map.of(id(random), 7));
            case 13 -> new Event.GroupCreated(id(random), id(random));
            case 14 ->
                random.nextBoolean()
                        ? new Event.GroupChanged(id(random))
                        : new Event.GroupsAnswer(
                                List.of(new GroupInfo(id(random), text(random), id(random), random.nextInt(1, 5001))));
            default -> online(random);
        };
    }

    static Message message(RandomGenerator random) {
        return message(random, random.nextBoolean() ? Audience.ONE : Audience.group(null));
    }

    private static Message message(RandomGenerator random, Audience audience) {
        long sentAt = random.nextLong(0, 1L << 53);
        return new Message(id(random), id(random), id(random), text(random), text(random), sentAt, audience);
    }

    private static Person person(RandomGenerator random) {
        return new Person(id(random), text(random));
    }

    static String text(RandomGenerator random) {
        return random.ints(random.nextInt(40), 0, INTERESTING.length)
                .mapToObj(i -> Character.toString(INTERESTING[i]))
                .collect(Collectors.joining());
    }

    /** Valid as a user id and as a client_id. */
    static String id(RandomGenerator random) {
        return random.ints(random.nextInt(1, 65), '!', '{')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** The bytes, cut at random places; mostly into small pieces, sometimes not at all. */
    static List<Buffer> cuts(Buffer bytes, RandomGenerator random) {
        int longest = random.nextBoolean() ? random.nextInt(1, 20) : bytes.length() + 1;
        List<Buffer> cuts = new ArrayList<>();
        for (int from = 0; from < bytes.length(); ) {
            int to = Math.min(bytes.length(), from + random.nextInt(1, longest + 1));
            cuts.add(bytes.getBuffer(from, to));
            from = to;
        }
        return cuts;
    }

    static List<Buffer> chunks(Buffer bytes, int size) {
        List<Buffer> chunks = new ArrayList<>();
        for (int from = 0; from < bytes.length(); from += size) {
            chunks.add(bytes.getBuffer(from, Math.min(bytes.length(), from + size)));
        }
        return chunks;
    }

    private static Event verified(RandomGenerator random) {
        boolean withToken = random.nextBoolean();
        return new Event.Verified(
                id(random),
                text(random),
                withToken ? text(random) : null,
                withToken ? random.nextLong(1L << 53) : 0,
                Duration.ofSeconds(random.nextInt(1000)),
                random.nextInt(1000),
                random.nextInt(1000));
    }

    private static Receipt receipt(RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> Receipt.delivered(id(random), id(random));
            case 2 -> Receipt.sent(id(random), id(random));
            case 3 ->
                Receipt.delivered(id(random), id(random))
                        .with(new Receipt.Spread(Map.of(), Map.of(), Map.of(Receipt.Status.DELIVERED, 500)));
            case 4 ->
                Receipt.refused(id(random), id(random), refusal(random))
                        .with(new Receipt.Spread(
                                Map.of("a", Receipt.Status.REFUSED, "b", Receipt.Status.STORED),
                                Map.of("a", ErrorCode.UNKNOWN_USER),
                                Map.of(Receipt.Status.REFUSED, 1, Receipt.Status.STORED, 1)));
            case 1 -> Receipt.stored(id(random), id(random), "replicated:2");
            default -> Receipt.refused(id(random), random.nextBoolean() ? null : id(random), refusal(random));
        };
    }

    private static Refusal refusal(RandomGenerator random) {
        return new Refusal(
                pick(ErrorCode.values(), random), text(random), Duration.ofMillis(random.nextInt(3) * 1000L));
    }

    private static Event online(RandomGenerator random) {
        Map<String, Boolean> online = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            online.put(id(random), random.nextBoolean());
        }
        return new Event.OnlineAnswer(online);
    }

    private static <T> T pick(T[] from, RandomGenerator random) {
        return from[random.nextInt(from.length)];
    }
}
