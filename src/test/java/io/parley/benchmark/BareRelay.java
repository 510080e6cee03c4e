package io.parley.benchmark;

import com.sun.net.httpserver.HttpServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The floor (performance.md): relays direct messages and what is said in rooms as a node does, with the same frames,
 * acknowledgements and receipts, but knows no accounts, stores nothing and checks nothing. What a message costs here is
 * what TLS, sockets and Netty cost on this machine; the rest of what it costs on a node is Parley.
 */
final class BareRelay {

    private static final int MAX_FRAME = 65_536;

    private final Map<String, Client> clients = new HashMap<>();
    private final Map<String, Map<String, Client>> rooms = new HashMap<>();
    private List<Client> touched = new ArrayList<>();
    private long messages;

    private BareRelay() {}

    /** Arguments: port, certificate, its key, port of a page with the CPU time as a node's metrics say it. */
    public static void main(String[] arguments) throws Exception {
        SslContext tls = SslContextBuilder.forServer(new File(arguments[1]), new File(arguments[2]))
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .build();
        BareRelay relay = new BareRelay();
        EventLoopGroup one = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        new ServerBootstrap()
                .group(one)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        tls.newHandler(channel.alloc()),
                                        new LengthFieldBasedFrameDecoder(MAX_FRAME, 0, 4, -4, 0),
                                        relay.new Client());
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync();
        serveUsage(Integer.parseInt(arguments[3]));
        System.out.println("relay ready");
    }

    private static void serveUsage(int port) throws Exception {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        HttpServer http = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 8);
        http.createContext("/metrics", exchange -> {
            byte[] page = ("process_cpu_seconds_total " + system.getProcessCpuTime() / 1e9 + "\n")
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        http.start();
    }

    /** The text of a field, which must be there and have no escapes: the load writes none. */
    private static String field(String json, String name) {
        int from = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return json.substring(from, json.indexOf('"', from));
    }

    private void flush() {
        List<Client> ready = touched;
        touched = new ArrayList<>();
        for (Client each : ready) {
            each.isTouched = false;
            each.context.flush();
        }
    }

    private record Unacknowledged(Client sender, String receipt) {}

    /** One connection; all of them live on one event loop. */
    private final class Client extends SimpleChannelInboundHandler<ByteBuf> {
        private final Deque<Unacknowledged> inFlight = new ArrayDeque<>();
        private ChannelHandlerContext context;
        private String userId;
        private boolean isTouched;
        private long lastSeq;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext from, ByteBuf frame) {
            int command = frame.getInt(8);
            String json = frame.toString(12, frame.readableBytes() - 12, StandardCharsets.UTF_8);
            switch (command) {
                case 1 -> verify(json);
                case 2 -> single(json);
                case 5 -> logout();
                case 6 -> write(106, json);
                case 7 -> acknowledge(Long.parseLong(json.substring(json.indexOf(':') + 1, json.indexOf('}'))));
                case 8 -> join(field(json, "room"));
                case 10 -> say(json);
                default -> throw new IllegalArgumentException("no command of the load: " + command);
            }
        }

        private void verify(String json) {
            userId = field(json, "user_id");
            clients.put(userId, this);
            write(
                    101,
                    "{\"code\":1,\"user_id\":\"" + userId + "\",\"user_name\":\"" + userId
                            + "\",\"heartbeat_s\":30,\"ack_window\":256,\"waiting\":0}");
        }

        private void single(String json) {
            String id = "0" + ++messages;
            Client recipient = clients.get(field(json, "chat_to"));
            recipient.inFlight.add(new Unacknowledged(this, receipt(json, id, "delivered")));
            recipient.write(102, "{\"seq\":" + ++recipient.lastSeq + "," + delivery(102, json, id) + "}");
        }

        private void say(String json) {
            String id = "0" + ++messages;
            String room = field(json, "room");
            String heard = "{" + delivery(110, json, id) + ",\"room\":\"" + room + "\"}";
            for (Client each : rooms.get(room).values()) {
                if (each != this) {
                    each.write(110, heard);
                }
            }
            write(120, receipt(json, id, "sent"));
        }

        private String delivery(int command, String json, String id) {
            return "\"command\":" + command + ",\"message_id\":\"" + id + "\",\"client_id\":\""
                    + field(json, "client_id") + "\",\"chat_from\":\"" + userId + "\",\"from_name\":\"" + userId
                    + "\",\"chat_content\":\"" + field(json, "chat_content") + "\",\"sent_at\":1700000000000";
        }

        private static String receipt(String json, String id, String status) {
            return "{\"client_id\":\"" + field(json, "client_id") + "\",\"message_id\":\"" + id + "\",\"status\":\""
                    + status + "\"}";
        }

        private void acknowledge(long seq) {
            for (long first = lastSeq - inFlight.size() + 1; first <= seq; first++) {
                Unacknowledged acknowledged = inFlight.remove();
                acknowledged.sender.write(120, acknowledged.receipt);
            }
        }

        private void join(String room) {
            rooms.computeIfAbsent(room, first -> new LinkedHashMap<>()).put(userId, this);
            write(108, "{\"room\":\"" + room + "\",\"user_id\":\"" + userId + "\",\"user_name\":\"" + userId + "\"}");
        }

        private void logout() {
            clients.remove(userId, this);
            rooms.values().forEach(each -> each.remove(userId, this));
            write(105, "{\"reason\":\"logout\"}");
            context.executor().execute(context::close);
        }

        private void write(int command, String json) {
            ByteBuf frame = context.alloc().buffer(12 + json.length());
            frame.writeInt(12 + json.length()).writeInt(1).writeInt(command);
            frame.writeCharSequence(json, StandardCharsets.US_ASCII);
            context.write(frame, context.voidPromise());
            if (!isTouched) {
                isTouched = true;
                if (touched.isEmpty()) {
                    context.executor().execute(BareRelay.this::flush);
                }
                touched.add(this);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
            from.close();
        }
    }
}
