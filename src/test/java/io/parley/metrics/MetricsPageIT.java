package io.parley.metrics;

import static io.parley.testkit.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ParleyClient;
import io.parley.testkit.Eventually;
import io.parley.testkit.Scrape;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page says what a running node serves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsPageIT {

    private static final Path PAGE = Path.of("src/site/markdown/metrics.md");
    private static final Path EXPECTED = Path.of("target/metrics.md");
    private static final Pattern FOREIGN = Pattern.compile("`((?:jvm|process|system|vertx)_\\w+)`");
    private static final Pattern NAME = Pattern.compile("\\b(?:parley|jvm|process|system|vertx)_\\w+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private Scrape scrape;
    private String page;

    @BeforeAll
    void read() throws IOException {
        page = Files.readString(PAGE);
        Vertx vertx = Vertx.vertx();
        try (TestNode node = TestNode.start()) {
            String ann = TestNode.fresh(1).get(0);
            node.add(ann);
            ParleyClient client = new ParleyClient(vertx, TestNode.options(node.port(), ann));
            await(client.connect());
            // Vert.x makes its meters when it first needs them.
            Eventually.holds("a connection is counted", () -> {
                scrape = Scrape.of(node.httpPort());
                return scrape.types().containsKey("vertx_net_server_active_connections");
            });
            await(client.close());
        } finally {
            await(vertx.close());
        }
    }

    private String table() {
        return scrape.types().entrySet().stream()
                .filter(each -> each.getKey().startsWith("parley_"))
                .map(this::row)
                .collect(
                        Collectors.joining("\n", "| metric | type | unit | labels | |\n|---|---|---|---|---|\n", "\n"));
    }

    private String row(Map.Entry<String, String> metric) {
        String name = metric.getKey();
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(name, metric.getValue(), unit(name), String.join(", ", labels(name)), help(name));
    }

    private String help(String name) {
        return scrape.help(name) + (name.endsWith("_max") ? " The longest of about the last minute." : "");
    }

    private static String unit(String name) {
        return List.of("seconds", "bytes", "days").stream()
                .filter(unit -> name.matches(".*_" + unit + "(_.*)?"))
                .findFirst()
                .orElse("");
    }

    /** But those that Prometheus' types bring along. */
    private Set<String> labels(String name) {
        return scrape.samples().keySet().stream()
                .filter(sample -> sample.matches(name + "(_bucket|_count|_sum)?([{].*)?"))
                .flatMap(sample -> LABEL.matcher(sample).results().map(label -> label.group(1)))
                .filter(label -> !label.equals("le"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theTableOfThePageIsWhatANodeServes() throws IOException {
        Files.createDirectories(EXPECTED.getParent());
        Files.writeString(EXPECTED, table());
        String onPage = page.substring(
                page.indexOf("-->\n", page.indexOf("<!-- metrics: begin")) + 4, page.indexOf("<!-- metrics: end"));
        assertThat(onPage).as("copy %s between the marks of %s", EXPECTED, PAGE).isEqualTo(table());
    }

    @Test
    void whatThePageNamesOfOthersIsServedToo() {
        List<String> named =
                FOREIGN.matcher(page).results().map(match -> match.group(1)).toList();
        assertThat(named).hasSizeGreaterThan(10);
        assertThat(scrape.types().keySet()).containsAll(named);
    }

    /** A label that no series has would make an alert that is never raised. */
    @Test
    void alertsAskForWhatThereIs() {
        String rules = page.substring(page.indexOf("```yaml"), page.indexOf("```", page.indexOf("```yaml") + 7));
        List<String> expressions = rules.lines()
                .filter(line -> line.contains("expr:"))
                .map(line -> line.substring(line.indexOf("expr:")))
                .toList();
        assertThat(expressions).hasSizeGreaterThan(8);
        for (String expression : expressions) {
            assertThat(NAME.matcher(expression).results().map(MatchResult::group))
                    .as(expression)
                    .isNotEmpty()
                    .allMatch(name -> scrape.types().containsKey(name)
                            || scrape.types().containsKey(name.replaceFirst("_(bucket|count|sum)$", "")));
            LABEL.matcher(expression).results().map(label -> label.group(1)).forEach(label -> assertThat(
                            scrape.samples().keySet())
                    .as(expression)
                    .anyMatch(sample -> sample.contains(label + "=\"")));
        }
    }
}
