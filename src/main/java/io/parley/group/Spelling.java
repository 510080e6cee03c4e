package io.parley.group;

import io.parley.bus.Addresses;
import io.parley.bus.Bus;
import io.parley.bus.Failures;
import io.parley.bus.Lookup;
import io.parley.bus.Turnstile;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks auth for accounts as their rows spell them. Belongs to one event loop. */
final class Spelling {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Leaves room for logins, which ask the same database. */
    private static final int AT_A_TIME = 32;

    private static final int MAX_WAITING = 100_000;

    /** A sentence must not grow with what a client sends. */
    private static final int NAMED = 10;

    private final Bus bus;
    private final Turnstile questions = new Turnstile(AT_A_TIME, MAX_WAITING);

    Spelling(Bus bus) {
        this.bus = bus;
    }

    /** Each of the accounts once; fails with {@code unknown_user}, which names those that do not exist. */
    Future<Set<String>> ofAccounts(Collection<String> userIds) {
        List<String> unknown = new ArrayList<>();
        return all(userIds, unknown)
                .compose(spelt -> unknown.isEmpty()
                        ? Future.succeededFuture(spelt)
                        : Future.failedFuture(new Refusal(ErrorCode.UNKNOWN_USER, sentence(unknown))));
    }

    /** The same, but an id without an account, which may have had one, stays as it is. */
    Future<Set<String>> ofFormerAccountsToo(Collection<String> userIds) {
        return all(userIds, new ArrayList<>());
    }

    /** Joined: the sentence names every unknown one. */
    private Future<Set<String>> all(Collection<String> userIds, List<String> unknown) {
        List<Future<String>> asked =
                userIds.stream().map(id -> one(id, unknown)).toList();
        return Future.join(asked).map(all -> {
            Set<String> spelt = new LinkedHashSet<>();
            asked.forEach(each -> spelt.add(each.result()));
            return spelt;
        });
    }

    private Future<String> one(String userId, List<String> unknown) {
        return questions
                .pass(() -> bus.<Lookup.Found>request(Addresses.AUTH, new Lookup(userId), PATIENCE))
                .map(Lookup.Found::userId)
                .recover(failure -> {
                    if (Failures.refusal(failure).code() != ErrorCode.UNKNOWN_USER) {
                        return Future.failedFuture(failure);
                    }
                    unknown.add(userId);
                    return Future.succeededFuture(userId);
                });
    }

    private static String sentence(List<String> unknown) {
        String named = String.join(", ", unknown.subList(0, Math.min(NAMED, unknown.size())));
        int more = unknown.size() - NAMED;
        return "there is no account " + named + (more > 0 ? " and " + more + " more" : "");
    }
}
