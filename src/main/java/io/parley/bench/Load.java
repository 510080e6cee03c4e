package io.parley.bench;

import io.parley.client.ClientOptions;
import io.parley.client.ClientOptions.Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** What a run is to do. */
public record Load(Where where, Who who, Traffic traffic, Times times, Journals journals) {

    /**
     * The nodes.
     *
     * @param servers  senders connect to the first and recipients to the last, others one after the other
     * @param ca       PEM file of the authority to trust; null for the JDK's own
     * @param sources  local addresses to connect from, in turn; empty for whatever the system takes
     * @param metrics  the pages of the nodes whose use of CPU and memory counts; may be empty
     */
    public record Where(List<Server> servers, Path ca, List<String> sources, List<URI> metrics) {
        public Where {
            servers = List.copyOf(servers);
            sources = List.copyOf(sources);
            metrics = List.copyOf(metrics);
        }

        Server first() {
            return servers.get(0);
        }

        Server last() {
            return servers.get(servers.size() - 1);
        }

        /** For the n-th of several clients that are all alike. */
        Server ofClient(int index) {
            return servers.get(index % servers.size());
        }
    }

    /**
     * The clients.
     *
     * @param connections  how many
     * @param accounts     at least as many
     * @param password     of every account, to log in with instead of the token; null for the token
     */
    public record Who(int connections, List<Account> accounts, String password) {
        public Who {
            accounts = List.copyOf(accounts);
            if (accounts.size() < connections) {
                throw new IllegalArgumentException(
                        connections + " connections need as many accounts, there are " + accounts.size());
            }
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "Who[" + connections + " of " + accounts.size() + "]";
        }
    }

    /**
     * What they send. What a scenario does not name it does not use.
     *
     * @param window    messages that each sender keeps unanswered
     * @param payload   bytes of a message's text
     * @param rate      messages a second, all senders together; 0 for as fast as the window allows
     * @param messages  for each recipient, where a scenario counts them
     * @param senders   how many speak, where all are in one room
     */
    public record Traffic(int window, int payload, int rate, int messages, int senders) {}

    /**
     * How long.
     *
     * @param warmup    how long it sends before it measures, where a scenario measures a steady state
     * @param duration  how long it is measured, or holds its connections
     */
    public record Times(Duration warmup, Duration duration) {}

    /**
     * Where an offline run ends, or goes on. Both null to do all in one.
     *
     * @param storeInto   only stores, and notes what in this file
     * @param replayFrom  only replays what this file says was stored
     */
    public record Journals(Path storeInto, Path replayFrom) {
        public static final Journals NONE = new Journals(null, null);
    }

    /**
     * Messages that each client remembers: twice the default ack window of a node. The usual number, for 1,000 clients,
     * is a gigabyte. What this lets through, the {@link Books} count.
     */
    private static final int REMEMBERED = 512;

    /** The clients, one after the other at each of the nodes. */
    List<ClientOptions> everybody() {
        return IntStream.range(0, who.connections)
                .mapToObj(i -> options(who.accounts.get(i), where.ofClient(i)))
                .toList();
    }

    ClientOptions options(Account account, Server server) {
        ClientOptions.Patience usual = ClientOptions.Patience.DEFAULT;
        ClientOptions options =
                ClientOptions.of(server.host(), server.port(), account.userId()).trusting(where.ca);
        return (who.password == null ? options.withToken(account.token()) : options.withPassword(who.password))
                .with(new ClientOptions.Patience(
                        true,
                        usual.backoffFrom(),
                        usual.backoffTo(),
                        usual.answerTimeout(),
                        usual.loginTimeout(),
                        Math.max(usual.maxUnanswered(), traffic.window),
                        REMEMBERED));
    }
}
