package io.parley;

import io.parley.cli.Messages;
import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.testkit.Services;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Where the tests of {@code parley account} type: on real stores, with a database of its own. */
final class AdminConsole {

    final MySqlConfig mysql = Services.database();
    final RedisConfig redis = Services.redis();
    private final Path directory;
    private JsonObject configuration;
    private Path conf;
    private String out = "";
    private String err = "";

    AdminConsole(Path directory) throws IOException {
        this.directory = directory;
        configure(config());
    }

    /** What the last command printed. */
    String out() {
        return out;
    }

    /** What it complained of. */
    String err() {
        return err;
    }

    int run(String... arguments) {
        return run(Locale.ENGLISH, arguments);
    }

    /** Returns the exit code; adds {@code --conf} where there is a subcommand that takes it. */
    int run(Locale locale, String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        boolean takesConf = arguments.length > 1 || arguments[0].equals("migrate");
        String[] all = takesConf
                ? Stream.concat(Stream.of(arguments), Stream.of("--conf", conf.toString()))
                        .toArray(String[]::new)
                : arguments;
        int code = Parley.run(new PrintWriter(outText), new PrintWriter(errText), Messages.of(locale), all);
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    /** From now on. */
    void configure(JsonObject config) throws IOException {
        configuration = config;
        conf = write("parley.json", config.encode());
    }

    JsonObject configuration() {
        return configuration;
    }

    Path conf() {
        return conf;
    }

    Path write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    JsonObject config() {
        JsonObject listener =
                new JsonObject().put("name", "main").put("port", 0).put("tls", false);
        JsonObject token = new JsonObject().put("secret", "the secret of the tests, 32 bytes long");
        return new JsonObject()
                .put("listeners", new JsonArray().add(listener))
                .put(
                        "mysql",
                        new JsonObject()
                                .put("host", mysql.host())
                                .put("port", mysql.port())
                                .put("database", mysql.database())
                                .put("user", mysql.user())
                                .put("password", mysql.password())
                                .put("tls", "disabled"))
                .put(
                        "redis",
                        new JsonObject()
                                .put("host", redis.host())
                                .put("port", redis.port())
                                .put("password", redis.password())
                                .put("tls", false))
                .put("auth", new JsonObject().put("token", token));
    }
}
