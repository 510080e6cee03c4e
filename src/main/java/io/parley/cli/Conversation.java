package io.parley.cli;

import io.parley.client.ClientState;
import io.parley.client.ParleyClient;
import io.parley.protocol.Refusal;
import io.parley.protocol.UserId;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The course of a chat: typed lines go out, what arrives is shown, until the person leaves, the input ends or the node
 * says so. Lines are read by a thread of their own, since a read cannot be interrupted when the node ends the session.
 */
final class Conversation {

    /** Chosen: sends without a receipt at which reading pauses, so that a large file can be piped in. */
    private static final int MOST_UNANSWERED = 200;

    private final ParleyClient client;
    private final Input input;
    private final Screen screen;
    private final Semaphore unanswered = new Semaphore(MOST_UNANSWERED);
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final AtomicBoolean leaving = new AtomicBoolean();

    /** Who plain lines go to; belongs to the reading thread. */
    private String partner;

    Conversation(ParleyClient client, Input input, Screen screen) {
        this.client = client;
        this.input = input;
        this.screen = screen;
    }

    /** Returns the exit code when the chat is over: 0 when the person ended it, 1 when anything else did. */
    int run() {
        Thread reader = new Thread(this::read, "input");
        reader.setDaemon(true);
        client.onMessage(screen::message).onState(this::state);
        client.connect().onSuccess(verified -> reader.start());
        return exit.join();
    }

    /** The first connection's failure comes here too, as an end. */
    private void state(ClientState state) {
        boolean ended = state instanceof ClientState.Ended;
        if (!ended || !leaving.get()) {
            screen.state(state);
        }
        if (ended) {
            exit.complete(leaving.get() ? 0 : 1);
        }
    }

    private void read() {
        try {
            boolean more = true;
            while (more) {
                String line = input.line();
                more = line != null && take(line.strip());
            }
            unanswered.acquire(MOST_UNANSWERED);
        } catch (IOException | InterruptedException cause) {
            screen.failure(cause);
        }
        leaving.set(true);
        client.logout();
    }

    /** Whether there may be another line. */
    private boolean take(String line) throws InterruptedException {
        if (line.isEmpty()) {
            return true;
        }
        if (!line.startsWith("/") || line.startsWith("//")) {
            say(line.startsWith("//") ? line.substring(1) : line);
            return true;
        }
        String[] words = line.split("\\s+", 3);
        switch (words[0]) {
            case "/quit" -> {
                return false;
            }
            case "/help" -> screen.say("chat.help");
            case "/msg" -> message(words);
            case "/online" -> online(List.of(line.split("\\s+")));
            default -> screen.say("chat.unknown", PlainText.of(words[0]));
        }
        return true;
    }

    private void message(String[] words) throws InterruptedException {
        if (words.length < 2 || !UserId.isValid(words[1])) {
            screen.say("chat.msg.usage");
            return;
        }
        partner = words[1];
        if (words.length == 3) {
            say(words[2]);
        } else {
            screen.say("chat.partner", partner);
        }
    }

    private void say(String text) throws InterruptedException {
        if (partner == null) {
            screen.say("chat.nobody");
            return;
        }
        String to = partner;
        unanswered.acquire();
        client.send(to, text)
                .onSuccess(receipt -> screen.receipt(to, receipt))
                .onFailure(cause -> {
                    if (cause instanceof Refusal) {
                        screen.notSent(to, cause);
                    } else {
                        screen.noReceipt(to, cause);
                    }
                })
                .onComplete(answered -> unanswered.release());
    }

    private void online(List<String> words) {
        List<String> userIds = words.subList(1, words.size());
        if (userIds.isEmpty() || userIds.size() > 100 || !userIds.stream().allMatch(UserId::isValid)) {
            screen.say("chat.online.usage");
            return;
        }
        Future<?> answer = client.online(userIds).onSuccess(screen::online);
        answer.onFailure(screen::failure);
    }
}
