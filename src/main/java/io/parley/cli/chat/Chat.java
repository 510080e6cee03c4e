package io.parley.cli.chat;

import io.parley.cli.ClientSentences;
import io.parley.client.ClientState;
import io.parley.client.ParleyClient;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The course of a chat: connects, lets the person type, and is over when they leave, their input ends or the node says
 * so. What is said meanwhile is the business of {@link Conversations}, and what typed lines do, of {@link Typed}.
 */
final class Chat {

    private static final int PATIENCE_SECONDS = 1;

    private final ParleyClient client;
    private final Keyboard keyboard;
    private final View view;
    private final ChatThread thread;
    private final ClientSentences sentences;
    private final About about;
    private final Conversations conversations;
    private final Visits visits;
    private final Typed typed;
    private final Typist typist;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    private boolean leaving;

    Chat(ParleyClient client, Keyboard keyboard, View view, ChatThread thread, ClientSentences sentences, Clock clock) {
        this.client = client;
        this.keyboard = keyboard;
        this.view = view;
        this.thread = thread;
        this.sentences = sentences;
        this.about = new About(sentences, clock);
        Answers answers = new Answers(thread, this::showStanding);
        AboutPlaces places = new AboutPlaces(sentences);
        Talks talks = new Talks();
        Groups groups = new Groups(client, view, thread, places, talks, answers);
        this.visits = new Visits(client, view, places, answers);
        this.conversations =
                new Conversations(client, view, about, new Fates(sentences), clock, talks, groups, answers);
        this.typed = new Typed(client, view, about, conversations, visits, groups, answers);
        this.typist = new Typist(keyboard, thread, typed::take, this::awaitReceipts, this::leave);
    }

    /**
     * Returns the exit code when the chat is over: 0 when the person ended it and every message had its receipt, else
     * 1. Fails when the output cannot be written any more.
     */
    int run() throws InterruptedException, ExecutionException {
        thread.broken().onFailure(exit::completeExceptionally);
        client.onMessageAsync(incoming -> thread.run(() -> conversations.arrived(incoming)));
        client.onRoom(news -> thread.run(() -> visits.happened(news)));
        client.onState(state -> thread.run(() -> changed(state)));
        client.connect();
        try {
            return exit.get();
        } finally {
            keyboard.close();
            client.close();
        }
    }

    /** The person wants to leave now, receipts or not; when told so twice, without a word to the node. */
    void leaveNow() {
        thread.run(() -> {
            if (leaving) {
                client.close();
            } else {
                leave();
            }
        });
    }

    /** The program is being ended from outside: leaves the terminal as it was, and on it what nobody has read yet. */
    void hangUp() {
        thread.run(() -> finish(1));
        try {
            exit.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException nothingToShow) {
            // There is no time for more.
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        keyboard.close();
    }

    /** The first connection's failure comes here too, as an end. */
    private void changed(ClientState state) {
        if (state instanceof ClientState.Connected connected) {
            view.tell(about.connected(connected));
            conversations.online(true);
            if (!connected.again()) {
                typist.start();
            }
        } else if (state instanceof ClientState.Lost lost) {
            if (conversations.isOnline()) {
                view.warn(about.lost(lost)); // Once, however many tries it takes to come back
            }
            conversations.online(false);
        } else if (state instanceof ClientState.Ended ended) {
            if (!leaving) {
                view.fail(sentences.of(ended.cause()));
            }
            finish(leaving && conversations.allAnswered() ? 0 : 1);
        }
    }

    private void showStanding() {
        conversations.showStanding();
    }

    private void awaitReceipts(int unanswered) {
        if (unanswered > 0 && view.keepsApart()) {
            view.tell(sentences.messages().text("chat.waiting", unanswered));
        }
    }

    private void leave() {
        if (!leaving) {
            leaving = true;
            client.logout();
        }
    }

    private void finish(int code) {
        if (!exit.isDone()) {
            view.end(conversations.takeUnread());
            exit.complete(code);
        }
    }
}
