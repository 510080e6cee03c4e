package io.parley.codec.line;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.CodecPeer;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final int MAX = 20;
    private static final int ENDLESS = 100;

    private final List<String> heard = new ArrayList<>();
    private final Lines lines = lines(heard);

    private static Lines lines(List<String> heard) {
        return new Lines(MAX, ENDLESS, sink(heard));
    }

    private static Lines.Sink sink(List<String> heard) {
        return new Lines.Sink() {
            @Override
            public void line(Buffer line) {
                heard.add("line " + line);
            }

            @Override
            public void tooLong() {
                heard.add("too long");
            }

            @Override
            public void endless() {
                heard.add("endless");
            }
        };
    }

    private static Buffer bytes(String text) {
        return Buffer.buffer(text);
    }

    private static Buffer random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append("x".repeat(random.nextInt(2) * random.nextInt(MAX + 15)));
            text.append(random.nextBoolean() ? "\n" : "\r\n");
        }
        return bytes(text.toString());
    }

    @Test
    void anyCutYieldsTheSameLinesAlsoBetweenCrAndLf() {
        forAll(500, random -> {
            Buffer all = random(random);
            List<String> whole = new ArrayList<>();
            lines(whole).feed(all);
            List<String> cut = new ArrayList<>();
            Lines lines = lines(cut);
            CodecPeer.cuts(all, random).forEach(lines::feed);
            assertThat(cut).isEqualTo(whole);
        });
    }

    @Test
    void aPauseFromInsideTheSinkHoldsBackTheRestAndLosesNothing() {
        forAll(500, random -> {
            Buffer all = random(random);
            List<String> whole = new ArrayList<>();
            lines(whole).feed(all);
            List<String> paused = new ArrayList<>();
            Lines[] lines = new Lines[1];
            boolean[] isPaused = {false};
            Lines.Sink plain = sink(paused);
            lines[0] = new Lines(MAX, ENDLESS, new Lines.Sink() {
                @Override
                public void line(Buffer line) {
                    assertThat(isPaused[0]).isFalse();
                    plain.line(line);
                    isPaused[0] = true;
                    lines[0].pause();
                }

                @Override
                public void tooLong() {
                    plain.tooLong();
                }

                @Override
                public void endless() {
                    plain.endless();
                }
            });
            for (Buffer each : CodecPeer.cuts(all, random)) {
                lines[0].feed(each);
                if (random.nextBoolean()) {
                    isPaused[0] = false;
                    lines[0].resume();
                }
            }
            for (int i = 0; i < 12; i++) {
                isPaused[0] = false;
                lines[0].resume();
            }
            assertThat(paused).isEqualTo(whole);
        });
    }

    @Test
    void aSinkMayFeedAndResumeInTheMidstOfALine() {
        Lines[] nested = new Lines[1];
        nested[0] = new Lines(MAX, ENDLESS, new Lines.Sink() {
            @Override
            public void line(Buffer line) {
                heard.add(line.toString());
                if (heard.size() == 1) {
                    nested[0].pause();
                    nested[0].feed(bytes("c\n"));
                    nested[0].resume();
                }
            }

            @Override
            public void tooLong() {
                heard.add("too long");
            }

            @Override
            public void endless() {
                heard.add("endless");
            }
        });
        nested[0].feed(bytes("a\nb\n"));
        assertThat(heard).containsExactly("a", "b", "c");
    }

    @Test
    void aLineMayHaveItsWholeLengthWithEitherEnd() {
        lines.feed(bytes("x".repeat(MAX) + "\r\n" + "y".repeat(MAX) + "\n"));
        assertThat(heard).containsExactly("line " + "x".repeat(MAX), "line " + "y".repeat(MAX));
    }

    @Test
    void aLineThatIsTooLongIsToldOnceAndTheNextOneIsRead() {
        lines.feed(bytes("x".repeat(MAX + 1) + "\nnext\n" + "x".repeat(MAX + 2)));
        assertThat(heard).containsExactly("too long", "line next", "too long");
        lines.feed(bytes("xxx"));
        lines.feed(bytes("x\nlast\r\n"));
        assertThat(heard).containsExactly("too long", "line next", "too long", "line last");
    }

    @Test
    void aLineWithoutAnEndIsGivenUp() {
        for (int i = 0; i < 30; i++) {
            lines.feed(bytes("xxxxx"));
        }
        lines.feed(bytes("\nnothing\n"));
        assertThat(heard).containsExactly("too long", "endless");
    }
}
