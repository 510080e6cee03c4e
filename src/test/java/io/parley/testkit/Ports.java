package io.parley.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of this machine that stay free while nobody listens: below those that the system hands out for outgoing
 * connections, so that a process finds its own port again when it is started a second time.
 */
public final class Ports {

    /** Of each JVM that runs tests beside others: a port of a node that is being restarted looks free to them. */
    private static final int SHARE = 4_000;

    private static final int FROM = 20_000 + Integer.parseInt(System.getProperty("parley.fork", "0")) % 3 * SHARE;

    private Ports() {}

    /** So many, all different; another test may take one of them all the same. */
    public static List<Integer> free(int number) {
        Set<Integer> free = new LinkedHashSet<>();
        while (free.size() < number) {
            int port = ThreadLocalRandom.current().nextInt(FROM, FROM + SHARE);
            try (ServerSocket listening = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                free.add(listening.getLocalPort());
            } catch (IOException taken) {
                // The next one
            }
        }
        return List.copyOf(free);
    }
}
