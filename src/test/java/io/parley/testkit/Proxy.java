package io.parley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A bad network on demand, between a client and a node or a node and its store: connect to {@link #port} instead of the
 * target, then {@link #cut}, {@link #refuse} or {@link #stall}. Two threads a connection, all methods from any thread.
 */
public final class Proxy implements AutoCloseable {
    private final InetSocketAddress target;
    private final int port;
    private final Set<Link> links = new HashSet<>();
    private ServerSocket server;
    private Thread acceptor;
    private boolean stalled;

    private Proxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.server = listen(0);
        this.port = server.getLocalPort();
    }

    public static Proxy to(String host, int port) {
        try {
            return new Proxy(new InetSocketAddress(host, port));
        } catch (IOException listenFailed) {
            throw new UncheckedIOException(listenFailed);
        }
    }

    /** On 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Resets all connections, at both ends; new ones are still welcome. */
    public void cut() {
        List<Link> present;
        synchronized (this) {
            present = List.copyOf(links);
        }
        present.forEach(Link::reset);
    }

    /** New connections fail at once, as if nobody listened; present ones go on. */
    public synchronized void refuse() {
        try {
            server.close();
            // A thread that is still inside accept() keeps the port open for a moment.
            acceptor.join();
        } catch (IOException closeFailed) {
            throw new UncheckedIOException(closeFailed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Nothing passes any more, in either direction, and nobody is told: the silence of a dead machine or a pulled
     * cable.
     */
    public synchronized void stall() {
        stalled = true;
    }

    /** Takes back {@link #refuse} and {@link #stall}; what waited passes on, in order. */
    public synchronized void resume() {
        stalled = false;
        notifyAll();
        if (server.isClosed()) {
            try {
                server = listen(port);
            } catch (IOException listenFailed) {
                throw new UncheckedIOException(listenFailed);
            }
        }
    }

    @Override
    public void close() {
        refuse();
        cut();
    }

    private ServerSocket listen(int wanted) throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted));
        acceptor = start("accept", () -> {
            while (true) {
                Socket client = listening.accept();
                start("connect", () -> connect(client));
            }
        });
        return listening;
    }

    private void connect(Socket client) throws IOException {
        Socket upstream = new Socket();
        Link link = new Link(client, upstream);
        synchronized (this) {
            links.add(link);
        }
        try {
            awaitFlow(link);
            upstream.connect(target);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            start("up", () -> pump(link, client, upstream));
            pump(link, upstream, client);
        } catch (IOException connectFailed) {
            link.reset();
        }
    }

    private void pump(Link link, Socket from, Socket to) {
        byte[] chunk = new byte[16 * 1024];
        try {
            int length;
            while ((length = from.getInputStream().read(chunk)) >= 0) {
                awaitFlow(link);
                to.getOutputStream().write(chunk, 0, length);
            }
            awaitFlow(link);
            to.shutdownOutput();
            link.ended();
        } catch (IOException brokenOrCut) {
            link.reset();
        }
    }

    private synchronized void awaitFlow(Link link) throws IOException {
        while (stalled && !link.gone) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                throw new IOException("interrupted", interrupted);
            }
        }
    }

    private static Thread start(String name, Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        step.run();
                    } catch (IOException closed) {
                        // The end of listening; connections end in their pumps.
                    }
                },
                "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** One client's connection and the one to the target that serves it. */
    private final class Link {
        private final Socket client;
        private final Socket upstream;
        private int endedDirections;
        private boolean gone;

        Link(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        /** One direction has come to its polite end; with the second the link is over. */
        void ended() throws IOException {
            synchronized (Proxy.this) {
                if (++endedDirections < 2) {
                    return;
                }
                links.remove(this);
            }
            client.close();
            upstream.close();
        }

        void reset() {
            synchronized (Proxy.this) {
                gone = true;
                links.remove(this);
                Proxy.this.notifyAll();
            }
            for (Socket socket : List.of(client, upstream)) {
                try {
                    socket.setSoLinger(true, 0); // So that close sends a reset
                    socket.close();
                } catch (IOException closedAlready) {
                    // What was wanted
                }
            }
        }
    }

    /** What one of the threads does. */
    private interface Step {
        void run() throws IOException;
    }
}
