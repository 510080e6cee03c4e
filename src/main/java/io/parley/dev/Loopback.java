package io.parley.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports of this machine's own address, where the servers of {@code parley dev} listen and nobody else can reach them.
 */
final class Loopback {
    static final String HOST = "127.0.0.1";

    /** Between finding a port free and a server's taking it somebody else may take it; not often three times. */
    private static final int TRIES = 3;

    private Loopback() {}

    /** Starts a server on a free port, on another one when that was taken meanwhile. Other failures are final. */
    static <T> T onFreePort(OnPort<T> server) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return server.start(freePort());
            } catch (IOException startFailed) {
                // What the system says, and both servers log; our errors carry the end of the log.
                boolean taken = String.valueOf(startFailed.getMessage()).contains("Address already in use");
                if (!taken || tries == TRIES) {
                    throw startFailed;
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    /** Starts something on a port. */
    interface OnPort<T> {
        T start(int port) throws IOException;
    }
}
