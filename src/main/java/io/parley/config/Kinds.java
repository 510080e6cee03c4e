package io.parley.config;

import io.parley.config.Amount.Span;
import io.parley.config.Amount.Whole;
import io.parley.config.Kind.File;
import io.parley.config.Kind.Flag;
import io.parley.config.Kind.Text;
import java.nio.file.Path;
import java.time.Duration;

/** The kinds of value that several keys share. */
final class Kinds {

    static final int KIB = 1024;
    static final long MIB = 1024 * 1024;
    static final Kind<Duration> TIME = new Span(Duration.ofMillis(1), Duration.ofHours(1));
    static final Kind<Duration> TIME_OR_NONE = new Span(Duration.ZERO, Duration.ofHours(1));
    static final Kind<Duration> LONG_TIME = new Span(Duration.ofSeconds(1), Duration.ofDays(366));
    static final Kind<Path> FILE = new File();
    static final Kind<Boolean> FLAG = new Flag();
    static final Kind<Integer> PORT = new Whole(1, 65535);
    static final Kind<Integer> PORT_OR_FREE = new Whole(0, 65535);
    static final Kind<String> HOST = Text.matching("[\\p{L}\\p{N}._:%-]{1,253}", "host name or address");
    static final Kind<String> WORD = Text.matching("\\P{C}{1,255}", "1 .. 255 characters");
    static final Kind<String> ID = Text.matching("[A-Za-z0-9.-]{1,64}", "1 .. 64 of A-Z a-z 0-9 . -");
    static final Kind<String> LISTENER = Text.matching("[a-z][a-z0-9-]{0,31}", "1 .. 32 of a-z 0-9 -, first a-z");
    static final Kind<String> SQL = Text.matching("[^?\\x00]*\\?[^?\\x00]*", "SQL with one ?");
    static final Kind<String> ANY_SECRET = Text.matching("[^\\x00]{0,4096}", "0 .. 4096 characters");
    static final Kind<String> SECRET = Text.matching("[^\\x00]{1,4096}", "1 .. 4096 characters");
    static final Kind<String> LONG_SECRET = Text.matching("[^\\x00]{32,4096}", "32 .. 4096 characters");

    private Kinds() {}
}
