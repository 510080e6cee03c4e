package io.parley.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page and the template say what the table of keys says. */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("src/site/markdown/operations.md");
    private static final Path TEMPLATE = Path.of("conf/parley.json");
    private static final Path EXPECTED = Path.of("target/keys.md");

    @TempDir
    Path directory;

    private static String table() {
        return Keys.ALL.stream()
                .map(ConfigurationPageTest::row)
                .collect(Collectors.joining("\n", "| key | allowed | default | |\n|---|---|---|---|\n", "\n"));
    }

    private static String row(Key<?> key) {
        String fallback =
                key.need() == Key.Need.REQUIRED && key.defaultText().isEmpty() ? "**required**" : key.defaultText();
        return "| `%s` | %s | %s | %s |".formatted(key.path(), key.kind().allowed(), fallback, key.doc());
    }

    @Test
    void theTableOfThePageIsTheTableOfTheCode() throws IOException {
        Files.createDirectories(EXPECTED.getParent());
        Files.writeString(EXPECTED, table());
        String page = Files.readString(PAGE);
        String onPage = page.substring(
                page.indexOf("-->\n", page.indexOf("<!-- keys: begin")) + 4, page.indexOf("<!-- keys: end"));
        assertThat(onPage).as("copy %s between the marks of %s", EXPECTED, PAGE).isEqualTo(table());
    }

    @Test
    void theTemplateIsUsableWhenTheFilesItNamesExist() throws IOException {
        for (String name : List.of("server.crt", "server.key", "mysql-ca.crt", "redis-ca.crt")) {
            write("tls/" + name, "pem");
        }
        write("secrets/mysql-password", "one");
        write("secrets/redis-password", "two");
        write("secrets/token-secret", Sample.SECRET + "\n");
        NodeConfig node = template().in(directory).read();
        assertThat(node.mysql().password()).isEqualTo("one");
        assertThat(node.redis().password()).isEqualTo("two");
        assertThat(node.auth().token().secret()).isEqualTo(Sample.SECRET);
        assertThat(node.tls().key()).isEqualTo(directory.resolve("tls/server.key"));
    }

    /** So that whoever copies the template changes nothing by it; what has no default is for the reader to fill in. */
    @Test
    void theTemplateSaysTheDefaults() throws IOException {
        JsonObject template = new JsonObject(Files.readString(TEMPLATE));
        for (Key<?> key : Keys.ALL) {
            Object said = in(template, key.path());
            if (said != null
                    && key != Keys.NODE_ID
                    && key != Keys.HASH_THREADS
                    && key != Keys.HTTP_HOST
                    && !key.defaultText().isEmpty()) {
                assertThat(key.kind().fromJson(said)).as(key.path()).hasValue(unchecked(key));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T unchecked(Key<?> key) {
        return (T) key.fallback().get();
    }

    private static Object in(JsonObject object, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return object.getValue(path);
        }
        String name = path.substring(0, dot);
        JsonObject section = name.equals("listeners[]")
                ? object.getJsonArray("listeners").getJsonObject(0)
                : object.getJsonObject(name);
        return section == null ? null : in(section, path.substring(dot + 1));
    }

    private static Sample template() throws IOException {
        return new Sample(new JsonObject(Files.readString(TEMPLATE)));
    }

    private void write(String name, String content) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
