package io.parley.cli;

import io.parley.config.ConfigFile;
import io.parley.config.EffectiveConfig;
import io.parley.config.NodeConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --conf} of every command that needs a node's configuration. */
final class ConfFile {

    @Option(
            names = {"-c", "--conf"},
            required = true,
            paramLabel = "FILE",
            descriptionKey = "help.conf",
            description = "The configuration file of the node (JSON).")
    private Path file;

    Path file() {
        return file;
    }

    /** Throws {@link io.parley.config.ConfigFaults} when it is not usable. */
    NodeConfig read() {
        return readEffective().node();
    }

    EffectiveConfig readEffective() {
        Vertx vertx = Vertx.vertx();
        try {
            return ConfigFile.readEffective(vertx, file).await();
        } finally {
            vertx.close().await();
        }
    }
}
