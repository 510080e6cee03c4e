package io.parley.chaos;

import io.parley.client.ClientOptions;
import io.parley.client.ParleyClient;
import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.testkit.ClusterConf;
import io.parley.testkit.NodeProcess;
import io.parley.testkit.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The nodes of one cluster, each a process. On each there is a scout, an account that is connected there and nowhere
 * else: its answers about who is online say which other nodes its own one sees.
 */
final class Nodes implements AutoCloseable {

    private static final int ANSWER_SECONDS = 3;

    private final ClusterConf conf;
    private final Path directory;
    private final List<NodeProcess> processes = new ArrayList<>();
    private final List<String> scouts;
    private final Map<Integer, ParleyClient> present = new HashMap<>();
    private final Vertx vertx = Vertx.vertx();
    /** The oldest member first. */
    private final List<Integer> members = new ArrayList<>();

    /** @param directory for their logs */
    Nodes(int number, MySqlConfig mysql, RedisConfig redis, JsonObject different, Path directory) {
        this.conf = new ClusterConf(number);
        this.directory = directory;
        this.scouts = TestNode.fresh(number).stream().map("scout-"::concat).toList();
        try {
            Files.createDirectories(directory);
            for (int i = 0; i < number; i++) {
                Files.deleteIfExists(log(i));
                JsonObject json = conf.node(i).mergeIn(different, true);
                processes.add(NodeProcess.prepare(mysql, redis, json).small().loggingTo(log(i)));
            }
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    private Path log(int node) {
        return directory.resolve("node-" + node + ".log");
    }

    /** All of them, with these accounts. */
    void begin(List<String> accounts) {
        processes.get(0).start();
        processes.get(0).add(accounts);
        processes.get(0).add(scouts);
        members.add(0);
        restart(Stream.iterate(1, i -> i + 1).limit(processes.size() - 1).toList());
    }

    /** Starts these at once; comes back when they accept clients. */
    void restart(List<Integer> dead) {
        List<CompletableFuture<Void>> starting =
                dead.stream().map(node -> processes.get(node).launch()).toList();
        starting.forEach(CompletableFuture::join);
        members.addAll(dead);
    }

    void kill(List<Integer> victims) {
        members.removeAll(victims);
        victims.forEach(node -> processes.get(node).kill());
    }

    /** @return the exit code */
    int terminate(int node) {
        members.remove((Integer) node);
        return processes.get(node).terminate();
    }

    void freeze(int node) {
        processes.get(node).freeze();
    }

    void thaw(int node) {
        processes.get(node).thaw();
        // The others have put it out; it joins them again.
        members.remove((Integer) node);
        members.add(node);
    }

    int oldest() {
        return members.get(0);
    }

    List<Integer> ports() {
        return processes.stream().map(NodeProcess::port).toList();
    }

    /** How a node's name begins in the addresses of its gateways. */
    List<String> ids() {
        return Stream.iterate(0, i -> i + 1)
                .limit(processes.size())
                .map(conf::id)
                .toList();
    }

    /**
     * Resets every connection between the nodes' event buses, with a tool of the system.
     *
     * @return what it said that it reset
     */
    long cutBus() {
        try {
            long reset = 0;
            for (int i = 0; i < processes.size(); i++) {
                Process ss = new ProcessBuilder("ss", "-K", "-H", "-t", "dport", "=", ":" + conf.busPort(i))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                reset += ss.inputReader()
                        .lines()
                        .filter(line -> line.contains("ESTAB"))
                        .count();
                ss.waitFor();
            }
            return reset;
        } catch (IOException | InterruptedException noSuchTool) {
            return 0;
        }
    }

    /** Whether every node answers, and sees all the others. */
    boolean isWhole() {
        boolean whole = true;
        for (int i = 0; i < processes.size(); i++) {
            whole &= seesAll(i);
        }
        return whole;
    }

    private boolean seesAll(int node) {
        ParleyClient scout = present.get(node);
        if (scout == null) {
            scout = new ParleyClient(
                    vertx, TestNode.options(ports().get(node), scouts.get(node)).with(patience()));
            if (!TestNode.await(scout.connect().map(true).otherwise(false))) {
                return false;
            }
            present.put(node, scout);
        }
        return TestNode.await(scout.online(scouts)
                .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .map(online -> !online.containsValue(false))
                .otherwise(false));
    }

    private static ClientOptions.Patience patience() {
        return TestNode.restless(1, "anybody").patience();
    }

    /** What the nodes logged as errors, as far as it concerns us. */
    List<String> errors() {
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            new NodeLog(log(i)).errors().forEach(errors::add);
        }
        return errors;
    }

    @Override
    public void close() {
        present.values().forEach(ParleyClient::close);
        processes.forEach(NodeProcess::close);
        TestNode.await(vertx.close());
    }
}
