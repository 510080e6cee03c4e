package io.parley.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.parley.config.Fault.Problem;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.FileSystemException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads a node's configuration once, at start: a JSON file, then environment variables ({@code PARLEY_MYSQL_HOST}),
 * then system properties ({@code -Dparley.mysql.host}); the later wins. Either everything is right, or {@link
 * ConfigFaults} lists all that is wrong. operations.md, Configuration, has the keys.
 */
public final class ConfigFile {

    private ConfigFile() {}

    /** Fails with {@link ConfigFaults}. */
    public static Future<NodeConfig> read(Vertx vertx, Path file) {
        return readEffective(vertx, file).map(EffectiveConfig::node);
    }

    /** Fails with {@link ConfigFaults}. */
    public static Future<EffectiveConfig> readEffective(Vertx vertx, Path file) {
        JsonObject raw = new JsonObject().put("raw-data", true);
        Future<JsonObject> json = layer(vertx, "file", new JsonObject().put("path", file.toString()))
                .recover(failure -> Future.failedFuture(asFault(file, failure)));
        Future<JsonObject> environment = layer(vertx, "env", raw);
        Future<JsonObject> properties = layer(vertx, "sys", raw);
        Path directory = file.toAbsolutePath().getParent();
        return Future.all(json, environment, properties)
                .compose(all -> vertx.executeBlocking(() -> check(
                        json.result(), texts("", environment.result()), texts("-D", properties.result()), directory)));
    }

    /** The same checks and defaults for a configuration that code makes; throws {@link ConfigFaults}. */
    public static NodeConfig parse(JsonObject config) {
        return check(config, Map.of(), Map.of(), Path.of("").toAbsolutePath()).node();
    }

    /**
     * @param properties  by their names on the command line, {@code -Dparley.mysql.host}
     * @param directory   where relative paths start
     */
    static EffectiveConfig check(
            JsonObject file, Map<String, String> environment, Map<String, String> properties, Path directory) {
        Settings settings = new Settings(new Sources(file, environment, properties), directory);
        Rules.apply(settings);
        if (!settings.faults().isEmpty()) {
            throw new ConfigFaults(settings.faults());
        }
        return new EffectiveConfig(Assembly.of(settings), settings);
    }

    /** One retriever a layer, as a merged result no longer tells who said what. */
    private static Future<JsonObject> layer(Vertx vertx, String type, JsonObject config) {
        ConfigStoreOptions store = new ConfigStoreOptions().setType(type).setConfig(config);
        ConfigRetriever retriever = ConfigRetriever.create(
                vertx, new ConfigRetrieverOptions().setScanPeriod(-1).addStore(store));
        return retriever.getConfig().eventually(retriever::close);
    }

    private static Map<String, String> texts(String prefix, JsonObject layer) {
        return layer.stream()
                .collect(Collectors.toMap(entry -> prefix + entry.getKey(), entry -> String.valueOf(entry.getValue())));
    }

    /** Without the parser's own sentence, which quotes what it stumbled over: that may be a secret. */
    private static Throwable asFault(Path file, Throwable failure) {
        if (failure instanceof FileSystemException) {
            return new ConfigFaults(List.of(new Fault(Problem.UNREADABLE, "--conf", "", file.toString(), "")));
        }
        if (failure instanceof DecodeException || failure instanceof ClassCastException) {
            String place = failure.getCause() instanceof JsonProcessingException syntax && syntax.getLocation() != null
                    ? syntax.getLocation().getLineNr() + ":"
                            + syntax.getLocation().getColumnNr()
                    : "1:1";
            return new ConfigFaults(List.of(new Fault(Problem.SYNTAX, file.toString(), "", place, "")));
        }
        return failure;
    }
}
