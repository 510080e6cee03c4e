package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyTest {
    private ServerSocket echo;
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Thread accepting = new Thread(this::acceptAndEcho);
        accepting.setDaemon(true);
        accepting.start();
        proxy = Proxy.to("127.0.0.1", echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void passesBothWaysAndPassesOnTheEnd() throws IOException {
        try (Socket client = connect()) {
            assertThat(roundTrip(client, 'a')).isEqualTo('a');
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void cutResetsWhatIsThereAndLetsNewOnesIn() throws IOException {
        try (Socket before = connect()) {
            roundTrip(before, 'a');
            proxy.cut();
            assertThatThrownBy(() -> roundTrip(before, 'b')).isInstanceOf(SocketException.class);
        }
        try (Socket after = connect()) {
            assertThat(roundTrip(after, 'c')).isEqualTo('c');
        }
    }

    @Test
    void refusesNewOnesUntilItResumes() throws IOException {
        try (Socket before = connect()) {
            roundTrip(before, 'a');
            proxy.refuse();
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            assertThat(roundTrip(before, 'b')).isEqualTo('b');
        }
        proxy.resume();
        try (Socket after = connect()) {
            assertThat(roundTrip(after, 'c')).isEqualTo('c');
        }
    }

    @Test
    void stalledItKeepsEverythingAndPassesItOnInOrderWhenItResumes() throws IOException {
        try (Socket client = connect()) {
            roundTrip(client, 'a');
            proxy.stall();
            client.setSoTimeout(200);
            assertThatThrownBy(() -> roundTrip(client, 'b')).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(10_000);
            client.getOutputStream().write('c');
            proxy.resume();
            assertThat(client.getInputStream().readNBytes(2)).containsExactly('b', 'c');
        }
    }

    @Test
    void stalledItCanStillBeCut() throws IOException {
        try (Socket client = connect()) {
            roundTrip(client, 'a');
            proxy.stall();
            client.getOutputStream().write('b');
            proxy.cut();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket("127.0.0.1", proxy.port());
        client.setSoTimeout(10_000);
        return client;
    }

    private static int roundTrip(Socket client, int sent) throws IOException {
        client.getOutputStream().write(sent);
        return client.getInputStream().read();
    }

    private void acceptAndEcho() {
        try {
            while (true) {
                Socket client = echo.accept();
                Thread echoing = new Thread(() -> {
                    try (client) {
                        client.getInputStream().transferTo(client.getOutputStream());
                    } catch (IOException clientGone) {
                        // Its test sees it
                    }
                });
                echoing.setDaemon(true);
                echoing.start();
            }
        } catch (IOException closed) {
            // The end of the test
        }
    }
}
