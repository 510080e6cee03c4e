package io.parley.bench;

import io.parley.client.ClientOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is to do.
 *
 * @param servers      the nodes: senders connect to the first and recipients to the last, others one after the other
 * @param ca           PEM file of the authority to trust; null for the JDK's own
 * @param accounts     at least as many as connections
 * @param metrics      the pages of the nodes whose use of CPU and memory counts; may be empty
 * @param connections  how many clients
 * @param window       messages that each sender keeps unanswered
 * @param payload      bytes of a message's text
 * @param duration     how long it sends, or holds its connections
 * @param warmup       how long it sends before it measures, where a scenario measures a steady state
 * @param rate         messages a second, all senders together; 0 for as fast as the window allows
 * @param messages     for each recipient, where a scenario counts them
 * @param senders      how many speak, where all are in one room
 * @param storeInto    offline only stores, and notes what in this file; null to do both
 * @param replayFrom   offline only replays what this file says was stored; null to do both
 * @param password     of every account, to log in with instead of the token; null for the token
 * @param sources      local addresses to connect from, in turn; empty for whatever the system takes
 */
public record Load(
        List<ClientOptions.Server> servers,
        Path ca,
        List<Account> accounts,
        List<URI> metrics,
        int connections,
        int window,
        int payload,
        Duration duration,
        Duration warmup,
        int rate,
        int messages,
        int senders,
        Path storeInto,
        Path replayFrom,
        String password,
        List<String> sources) {

    /**
     * Messages that each client remembers: twice the default ack window of a node. The usual number, for 1,000 clients,
     * is a gigabyte that the garbage collector goes through again and again, on the core that makes the load. What this
     * lets through, the {@link Books} count.
     */
    private static final int REMEMBERED = 512;

    public Load {
        servers = List.copyOf(servers);
        accounts = List.copyOf(accounts);
        metrics = List.copyOf(metrics);
        sources = List.copyOf(sources);
        if (accounts.size() < connections) {
            throw new IllegalArgumentException(
                    connections + " connections need as many accounts, there are " + accounts.size());
        }
    }

    ClientOptions options(Account account, ClientOptions.Server server) {
        ClientOptions.Patience usual = ClientOptions.Patience.DEFAULT;
        ClientOptions options =
                ClientOptions.of(server.host(), server.port(), account.userId()).trusting(ca);
        return (password == null ? options.withToken(account.token()) : options.withPassword(password))
                .with(new ClientOptions.Patience(
                        true,
                        usual.backoffFrom(),
                        usual.backoffTo(),
                        usual.answerTimeout(),
                        usual.loginTimeout(),
                        Math.max(usual.maxUnanswered(), window),
                        REMEMBERED));
    }

    ClientOptions.Server first() {
        return servers.get(0);
    }

    ClientOptions.Server last() {
        return servers.get(servers.size() - 1);
    }
}
