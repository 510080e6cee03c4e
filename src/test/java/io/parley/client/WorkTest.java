package io.parley.client;

import static io.parley.testkit.FakeNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** In which order a client does what it is asked for, and when it answers. */
class WorkTest {

    private static Vertx vertx;

    private final Promise<Void> over = Promise.promise();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    private void onContext(Runnable test) {
        vertx.runOnContext(turn -> Future.succeededFuture()
                .map(begun -> {
                    test.run();
                    return (Void) null;
                })
                .onFailure(over::tryFail));
        await(over.future());
    }

    @Test
    void whatComesFromTheContextIsDoneAtOnceUnlessSomethingWaits() {
        onContext(() -> {
            Work work = new Work(vertx);
            List<Integer> done = new ArrayList<>();
            assertThat(work.soon(() -> Future.succeededFuture(done.add(1))).isComplete())
                    .isTrue();
            work.later(() -> Future.succeededFuture(done.add(2)));
            work.soon(() -> Future.succeededFuture(done.add(3)));
            assertThat(done).containsExactly(1);
            work.later(() -> {
                        assertThat(done).containsExactly(1, 2, 3);
                        return Future.<Void>succeededFuture();
                    })
                    .onComplete(over);
        });
    }

    @Test
    void aFailureComesInATurnOfItsOwn() {
        onContext(() -> {
            Future<Void> failed = new Work(vertx).soon(() -> {
                throw new IllegalStateException("no");
            });
            assertThat(failed.isComplete()).isFalse();
            failed.onFailure(failure -> over.complete());
        });
    }

    @Test
    void whatComesFromAnotherThreadIsDoneOnTheContext() {
        Promise<Work> made = Promise.promise();
        vertx.runOnContext(turn -> made.complete(new Work(vertx)));
        Work work = await(made.future());
        assertThat(await(work.soon(() -> Future.succeededFuture(Vertx.currentContext()))))
                .isNotNull();
    }
}
