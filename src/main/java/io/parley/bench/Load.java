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
 * @param rate         messages a second, all senders together; 0 for as fast as the window allows
 * @param messages     for each recipient, where a scenario counts them
 * @param storeInto    offline only stores, and notes what in this file; null to do both
 * @param replayFrom   offline only replays what this file says was stored; null to do both
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
        int rate,
        int messages,
        Path storeInto,
        Path replayFrom) {

    public Load {
        servers = List.copyOf(servers);
        accounts = List.copyOf(accounts);
        metrics = List.copyOf(metrics);
        if (accounts.size() < connections) {
            throw new IllegalArgumentException(
                    connections + " connections need as many accounts, there are " + accounts.size());
        }
    }

    ClientOptions options(Account account, ClientOptions.Server server) {
        ClientOptions.Patience usual = ClientOptions.Patience.DEFAULT;
        return ClientOptions.of(server.host(), server.port(), account.userId())
                .trusting(ca)
                .withToken(account.token())
                .with(new ClientOptions.Patience(
                        true,
                        usual.backoffFrom(),
                        usual.backoffTo(),
                        usual.answerTimeout(),
                        usual.loginTimeout(),
                        Math.max(usual.maxUnanswered(), window)));
    }

    ClientOptions.Server first() {
        return servers.get(0);
    }

    ClientOptions.Server last() {
        return servers.get(servers.size() - 1);
    }
}
