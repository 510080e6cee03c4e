package io.parley.gateway;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/** Tasks for the end of the current turn of the event loop, in one scheduling for all of them. */
final class EndOfTurn {

    private final Context context;
    private List<Runnable> tasks = new ArrayList<>();

    EndOfTurn(Context context) {
        this.context = context;
    }

    void add(Runnable task) {
        if (tasks.isEmpty()) {
            context.runOnContext(end -> run());
        }
        tasks.add(task);
    }

    private void run() {
        List<Runnable> ready = tasks;
        tasks = new ArrayList<>();
        ready.forEach(Runnable::run);
    }
}
