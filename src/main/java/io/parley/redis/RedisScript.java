package io.parley.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lua that Redis runs as one step, called by its hash. A {@link RedisLink} loads it at the start of each connection, so
 * Redis lacks it only after SCRIPT FLUSH; then it is sent along once. Commands that were in flight at such a moment may
 * change places with it; nothing in Parley sends two that mind without awaiting the first.
 */
public final class RedisScript {

    private final String source;
    private final String sha1;

    private RedisScript(String source) {
        this.source = source;
        this.sha1 = sha1(source);
    }

    /**
     * @param resources the files' paths among the resources, such as {@code mailbox/claim.lua}; joined in this order
     */
    public static RedisScript of(String... resources) {
        return new RedisScript(Stream.of(resources).map(RedisScript::read).collect(Collectors.joining("\n")));
    }

    /** @param arguments strings or integers, in the order that the file documents */
    public Future<Response> run(RedisLink link, List<String> keys, Object... arguments) {
        return run(link, null, keys, arguments);
    }

    /** @param undo see {@link RedisLink#send(Request, Request)} */
    public Future<Response> run(RedisLink link, Request undo, List<String> keys, Object... arguments) {
        return link.send(request(Command.EVALSHA, sha1, keys, arguments), undo)
                .recover(failure ->
                        isUnknown(failure) ? link.send(whole(keys, arguments), undo) : Future.failedFuture(failure));
    }

    /** The command that runs the script on any connection, loaded or not. */
    public Request whole(List<String> keys, Object... arguments) {
        return request(Command.EVAL, source, keys, arguments);
    }

    Request loading() {
        return Request.cmd(Command.SCRIPT).arg("LOAD").arg(source);
    }

    private static Request request(Command command, String script, List<String> keys, Object... arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        for (Object argument : arguments) {
            request.arg(argument.toString());
        }
        return request;
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof Response && failure.getMessage().startsWith("NOSCRIPT");
    }

    private static String read(String resource) {
        try (InputStream file = RedisScript.class.getClassLoader().getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalArgumentException("no such resource: " + resource);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
