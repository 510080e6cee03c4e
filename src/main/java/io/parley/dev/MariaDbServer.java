package io.parley.dev;

import io.parley.config.MySqlConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A real MariaDB (11.4) as a child process, on the loopback address. Its one user is {@code parley}, with a random
 * password and all rights on databases whose names begin with {@code parley}; the database {@code parley} exists.
 *
 * <p>A new data directory is installed in under a second, so nothing keeps a template of one. One thread at a time.
 */
public final class MariaDbServer {
    private static final String USER = "parley";
    private static final String DATABASE = "parley";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /** What {@code mariadb-install-db} runs, without help texts and test databases. */
    private static final List<String> INSTALL_SCRIPTS = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql");

    private final Path base;
    private final Path home;
    private final int port;
    private final String password;
    private ChildProcess process;

    private MariaDbServer(Path base, Path home, int port, String password) {
        this.base = base;
        this.home = home.toAbsolutePath();
        this.port = port;
        this.password = password;
    }

    /**
     * On a free port.
     *
     * @param home      its data, log and settings; what an earlier one kept there is there again
     * @param progress  told what takes seconds
     */
    public static MariaDbServer start(Path home, Consumer<String> progress) throws IOException {
        return Loopback.onFreePort(port -> start(home, port, progress));
    }

    public static MariaDbServer start(Path home, int port, Consumer<String> progress) throws IOException {
        MariaDbServer server =
                new MariaDbServer(Binaries.ofUser(home, progress).mariaDb(), home, port, Secrets.password());
        server.install();
        server.launch();
        return server;
    }

    /** For the database that is always there. */
    public MySqlConfig config() {
        return new MySqlConfig(
                Loopback.HOST,
                port,
                DATABASE,
                USER,
                password,
                MySqlConfig.Tls.DISABLED,
                null,
                4,
                256,
                Duration.ofSeconds(5));
    }

    /** Flushes its tables and ends. Idempotent. */
    public void stop() throws IOException {
        process.stop();
    }

    /** As {@code kill -9} or a crash would. Idempotent. */
    public void kill() throws IOException {
        process.kill();
    }

    /** Again on the same port, with the same data and password; stops it first if it runs. */
    public void restart() throws IOException {
        stop();
        launch();
    }

    /** Into a directory aside, renamed when it is whole: a killed installation leaves nothing that looks like data. */
    private void install() throws IOException {
        Path data = home.resolve("data");
        if (Files.isDirectory(data)) {
            return;
        }
        Path aside = home.resolve("data.installing");
        Directories.delete(aside);
        Files.createDirectories(aside);
        StringBuilder sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n");
        for (String script : INSTALL_SCRIPTS) {
            sql.append(Files.readString(base.resolve("share").resolve(script))).append('\n');
        }
        // No root without a password: only the server's own internal account stays.
        sql.append("DELETE FROM global_priv WHERE User <> 'mariadb.sys';\nDELETE FROM proxies_priv;\n");
        Files.writeString(home.resolve("install.sql"), sql);
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" <install.sql", "install"));
        command.addAll(arguments(aside));
        command.add("--bootstrap");
        ChildProcess.start("MariaDB installation", home, command).awaitSuccess(START_TIMEOUT);
        Files.move(aside, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void launch() throws IOException {
        // Run by the server at each start, before it listens; one statement a line.
        Secrets.write(home.resolve("init.sql"), """
                CREATE OR REPLACE USER %1$s@'%2$s' IDENTIFIED BY '%3$s';
                GRANT ALL ON `parley%%`.* TO %1$s@'%2$s';
                CREATE DATABASE IF NOT EXISTS %4$s CHARACTER SET utf8mb4;
                """.formatted(USER, Loopback.HOST, password, DATABASE));
        List<String> command = arguments(home.resolve("data"));
        command.add("--bind-address=" + Loopback.HOST);
        command.add("--port=" + port);
        // In the data directory, and short however deep that is: a socket's path has room for about 100 characters.
        command.add("--socket=socket");
        command.add("--pid-file=mariadbd.pid");
        command.add("--skip-name-resolve");
        command.add("--init-file=" + home.resolve("init.sql"));
        process = ChildProcess.start("MariaDB", home, command);
        process.awaitLogged("ready for connections", START_TIMEOUT);
    }

    private List<String> arguments(Path data) {
        List<String> arguments = new ArrayList<>(List.of(
                base.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + base,
                "--lc-messages-dir=" + base.resolve("share"),
                "--datadir=" + data,
                // Its own: in a shared one it deletes the temporary tables of every other server when it starts.
                "--tmpdir=" + home,
                "--character-set-server=utf8mb4",
                "--innodb-log-file-size=16M",
                "--innodb-buffer-pool-size=64M",
                // It would make itself an RSA key at each start: four seconds.
                "--skip-ssl"));
        if (System.getProperty("user.name").equals("root")) {
            arguments.add("--user=root"); // As root it starts only when told to by name.
        }
        return arguments;
    }
}
