package io.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the compiler and the formatter let pass. Each test lists every offender, so that one run shows all. */
class TidyTest {

    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");

    /** A type at the left margin is a top-level one. */
    private static final Pattern TOP_LEVEL_TYPE = Pattern.compile(
            "^(public )?(abstract |final |sealed |non-sealed )*(class|interface|record|enum|@interface) \\w+");

    private record Source(Path path, List<String> lines) {
        /** Not the lines: a failure names files. */
        @Override
        public String toString() {
            return path.toString();
        }

        boolean isIn(String... packages) {
            return Stream.of(packages).anyMatch(each -> path.startsWith(MAIN.resolve("io/parley/" + each)));
        }

        String name() {
            return path.getFileName().toString();
        }
    }

    private static List<Source> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Source> sources = new ArrayList<>();
            for (Path path : files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                sources.add(new Source(path, Files.readAllLines(path)));
            }
            assertThat(sources).isNotEmpty();
            return sources;
        }
    }

    private static List<Source> everything() throws IOException {
        return Stream.concat(sources(MAIN).stream(), sources(TESTS).stream()).toList();
    }

    /** {@code path:line} of each line of the sources that has the pattern. */
    private static List<String> offenders(List<Source> sources, String pattern) {
        Pattern banned = Pattern.compile(pattern);
        List<String> found = new ArrayList<>();
        for (Source source : sources) {
            for (int i = 0; i < source.lines().size(); i++) {
                if (banned.matcher(source.lines().get(i)).find()) {
                    found.add(source.path() + ":" + (i + 1) + " "
                            + source.lines().get(i).strip());
                }
            }
        }
        return found;
    }

    /** A longer file hides a second noun. */
    @Test
    void filesAreShort() throws IOException {
        assertThat(sources(MAIN))
                .allSatisfy(
                        source -> assertThat(source.lines()).as(source.name()).hasSizeLessThanOrEqualTo(300));
        assertThat(sources(TESTS))
                .allSatisfy(
                        source -> assertThat(source.lines()).as(source.name()).hasSizeLessThanOrEqualTo(400));
    }

    /** The formatter keeps code within 120 columns, but leaves comments and long words alone. */
    @Test
    void linesAreShort() throws IOException {
        assertThat(offenders(everything(), "^.{121,}$")).isEmpty();
    }

    @Test
    void nobodyPrintsPastTheCommandLine() throws IOException {
        List<Source> bound = sources(MAIN).stream()
                .filter(source -> !source.isIn("cli", "dev"))
                .toList();
        assertThat(offenders(bound, "^(?! *\\*).*(System\\.(out|err)\\b|\\.printStackTrace\\()"))
                .isEmpty();
    }

    /** The first two in pieces, as this file is looked at too. */
    @Test
    void nothingIsLeftForLaterOrSignedOrSilenced() throws IOException {
        assertThat(offenders(everything(), "\\b(TO" + "DO|FIX" + "ME)\\b|^\\s*(/\\*)?\\*+ @auth" + "or"))
                .isEmpty();
        assertThat(offenders(everything(), "@Disab" + "led|Thread\\.sle" + "ep\\("))
                .isEmpty();
    }

    @Test
    void namesSayWhatAThingIs() throws IOException {
        assertThat(everything().stream().map(Source::name))
                .noneMatch(name -> name.matches(".*(Util|Utils|Helper|Manager|Impl|Base|Common)\\.java"));
    }

    /** ArchUnit sees dependencies; a lock is a word. */
    @Test
    void whatAnEventLoopOwnsIsNotLocked() throws IOException {
        List<Source> owned = sources(MAIN).stream()
                .filter(source -> source.isIn("gateway", "session", "delivery", "room"))
                .toList();
        assertThat(owned).isNotEmpty();
        assertThat(offenders(owned, "^[^*/]*\\b(synchronized|volatile)\\b")).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItKnows() throws IOException {
        for (Source source : sources(MAIN)) {
            if (!source.path().getParent().equals(MAIN.resolve("io/parley"))) {
                assertThat(source.path().resolveSibling("package-info.java")).exists();
            }
        }
    }

    @Test
    void everyTopLevelTypeSaysWhatItIs() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Source source : sources(MAIN)) {
            int type = firstType(source.lines());
            if (type >= 0 && source.lines().subList(0, type).stream().noneMatch(line -> line.startsWith("/**"))) {
                silent.add(source.path().toString());
            }
        }
        assertThat(silent).isEmpty();
    }

    private static int firstType(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (TOP_LEVEL_TYPE.matcher(lines.get(i)).find()) {
                return i;
            }
        }
        return -1;
    }
}
