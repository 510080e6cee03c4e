package io.parley.bus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bus.Answers.Answer;
import io.parley.bus.Answers.Verdict;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Person;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The bytes in {@code wire/format-1.txt}, which nodes of this or an earlier version have written: they must be readable
 * for ever, as the nodes of a cluster are not upgraded at once. Who changes what is written adds lines there, and
 * changes none.
 */
class WireFormatsTest {

    private static final Map<String, Crossing> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put(
                "parcel",
                new Parcel(
                        "courier.node-1a2b3c4d.1",
                        List.of(
                                new Parcel.Push("s-1", 1, new Envelope("01J", "{\"chat_content\":\"你好\"}")),
                                new Parcel.Nudge("s-1"),
                                new Parcel.Readmit("s-2"),
                                new Parcel.Push("s-3", Long.MAX_VALUE, new Envelope("01K", "{}")))));
        MEANINGS.put("parcel-empty", new Parcel("courier.node-1a2b3c4d.1", List.of()));
        MEANINGS.put("parcel-newer", new Parcel("c", List.of(new Parcel.Unknown("s-1", 5), new Parcel.Nudge("s-2"))));
        MEANINGS.put(
                "answers",
                new Answers(List.of(
                        new Answer(1, Verdict.TAKEN, null),
                        new Answer(2, Verdict.REFUSED, null),
                        new Answer(3, Verdict.NOT_HERE, null),
                        new Answer(1, Verdict.ACKED, null),
                        new Answer(4, Verdict.STORED, null),
                        new Answer(
                                Long.MAX_VALUE,
                                Verdict.FAILED,
                                new Refusal(ErrorCode.UNAVAILABLE, "redis is down", Duration.ofSeconds(5))))));
        for (ByeReason reason : ByeReason.values()) {
            MEANINGS.put("end-session-" + reason.code(), new EndSession("s-1", reason));
        }
        MEANINGS.put("ask-session", new AskSession("s-1"));
        MEANINGS.put("alive", SessionState.ALIVE);
        MEANINGS.put("gone", SessionState.GONE);
        MEANINGS.put("witness", new Crossing.Witness(List.of("gateway.n-1.0", "courier.n-1.0")));
        MEANINGS.put("unreached", new Crossing.Unreached(List.of("gateway.n-1.0")));
        MEANINGS.put(
                "room-news",
                new RoomNews(
                        "n-1",
                        List.of(
                                new RoomNews.Opened("r"),
                                new RoomNews.Entered("r", "s-1", new Person("u", "张三")),
                                new RoomNews.Said("r", "s-1", new Envelope("01J", "{\"chat_content\":\"你好\"}")),
                                new RoomNews.Broadcast("s-1", new Envelope("01K", "{}")),
                                new RoomNews.Left("r", "s-1", new Person("u", "张三")),
                                new RoomNews.Closed("r"))));
        MEANINGS.put("room-news-newer", new RoomNews("n", List.of(new RoomNews.Unknown(), new RoomNews.Opened("r"))));
        MEANINGS.put("rooms-here", new RoomsHere("n-1", true, false, List.of("r", "大厅")));
        MEANINGS.put("rooms-here-last", new RoomsHere("n-1", false, true, List.of()));
        MEANINGS.put("ask-rooms", new AskRooms(List.of("r", "s")));
        MEANINGS.put(
                "room-names",
                new RoomNames(List.of(
                        new RoomNames.People("r", List.of("张三", "李四"), 10_000),
                        new RoomNames.People("s", List.of(), 0))));
        MEANINGS.put("ping", new Crossing.Ping());
        MEANINGS.put("pong", new Crossing.Pong());
        MEANINGS.put("group-changed", new Crossing.GroupChanged("0k2v9x3n5q7r1t4w6y8z"));
    }

    /** A name, and the bytes in hexadecimal; a name may have several lines. */
    private record Line(String name, Buffer bytes) {}

    private static List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        try (InputStream file = WireFormatsTest.class.getResourceAsStream("/wire/format-1.txt")) {
            new String(file.readAllBytes(), US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(parts -> lines.add(
                            new Line(parts[0], Buffer.buffer(HexFormat.of().parseHex(parts[1])))));
        }
        return lines;
    }

    @Test
    void whatWasEverWrittenIsRead() throws IOException {
        assertThat(lines()).isNotEmpty().allSatisfy(line -> assertThat(WireForm.decode(line.bytes()))
                .as(line.name())
                .isEqualTo(MEANINGS.get(line.name())));
        assertThat(lines()).extracting(Line::name).containsAll(MEANINGS.keySet());
    }

    @Test
    void whatIsWrittenNowIsOnFile() throws IOException {
        List<Line> lines = lines();
        assertThat(MEANINGS.entrySet())
                .filteredOn(each -> !each.getKey().endsWith("-newer"))
                .allSatisfy(each -> assertThat(lines)
                        .as("%s is written as %s", each.getKey(), hex(each.getValue()))
                        .contains(new Line(each.getKey(), WireForm.encode(each.getValue()))));
    }

    private static String hex(Crossing record) {
        return HexFormat.of().formatHex(WireForm.encode(record).getBytes());
    }
}
