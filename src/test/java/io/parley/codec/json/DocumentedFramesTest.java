package io.parley.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of protocol.md are what the code reads and writes. */
class DocumentedFramesTest {

    private static final int FIRST_EVENT = 100;

    @Test
    void theFramesInHexAreTheCommandsAboveThem() throws IOException {
        Heard heard = new Heard();
        examples("```hex\\n([0-9a-f \\n]+)```").forEach(example -> new JsonCodec(65_536)
                .decoder(heard)
                .feed(Buffer.buffer(HexFormat.of().parseHex(example.group(1).replaceAll("\\s", "")))));
        assertThat(heard.commands)
                .containsExactly(
                        new Command.Verify("10001", "123456", null),
                        new Command.Single("c1", "10002", "你好"),
                        new Command.Logout());
    }

    @Test
    void everyContentIsUnderstoodAndWrittenJustSo() throws IOException {
        List<MatchResult> examples = examples("```json (\\d+)\\n(.+)\\n```");
        assertThat(examples).hasSizeGreaterThan(34);
        for (MatchResult example : examples) {
            Buffer frame = Frame.bytes(1, Integer.parseInt(example.group(1)), example.group(2));
            boolean isEvent = Integer.parseInt(example.group(1)) > FIRST_EVENT;
            assertThat(isEvent ? eventAgain(frame) : commandAgain(frame))
                    .as(example.group(2))
                    .isEqualTo(frame);
        }
    }

    private static Buffer commandAgain(Buffer frame) {
        Heard heard = new Heard();
        new JsonCodec(65_536).decoder(heard).feed(frame);
        assertThat(heard.refused).isEmpty();
        return JsonCommands.encode(heard.commands.get(0));
    }

    private static Buffer eventAgain(Buffer frame) {
        List<Event> events = new ArrayList<>();
        new JsonEventReader(65_536, new JsonEventReader.Sink() {
                    @Override
                    public void event(Event event) {
                        events.add(event);
                    }

                    @Override
                    public void broken(Refusal refusal) {
                        fail(refusal.toString());
                    }
                })
                .feed(frame);
        return hasMaps(events.get(0)) ? frame : events.get(0).to(new JsonEvents());
    }

    /** Their maps have no order. */
    private static boolean hasMaps(Event event) {
        return event instanceof Event.OnlineAnswer
                || event instanceof Event.Receipted receipted
                        && receipted.receipt().spread() != null;
    }

    private static List<MatchResult> examples(String pattern) throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/protocol.md"));
        return Pattern.compile(pattern).matcher(page).results().toList();
    }
}
