package io.parley.group;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is in which group, asked for every message to one and therefore remembered for a while. A change is forgotten at
 * once where it is made and, by a notice, on the other nodes; when the notice is lost, after the while.
 *
 * <p>Owned by one event loop.
 */
final class Membership {

    /** Members of all remembered groups together: about 50 MB. */
    private static final long REMEMBERED = 500_000;

    /** Said in protocol.md: a change counts on every node within a minute. */
    private static final Duration WHILE = Duration.ofMinutes(1);

    private final Groups groups;
    private final Cache<String, List<String>> known = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED)
            .weigher((String group, List<String> members) -> members.size())
            .expireAfterWrite(WHILE)
            .executor(Runnable::run)
            .build();

    /** One query for all who ask for the same group at the same time; bounded by what may wait for MySQL. */
    private final Map<String, Future<List<String>>> asking = new HashMap<>();

    Membership(Groups groups) {
        this.groups = groups;
    }

    /** The members of a group; fails with {@code not_member} when the asker is none, and as {@link Groups#members}. */
    Future<List<String>> of(String group, String asker) {
        return of(group)
                .compose(members -> Collections.binarySearch(members, asker) >= 0
                        ? Future.succeededFuture(members)
                        : Future.failedFuture(new Refusal(ErrorCode.NOT_MEMBER, "you are not in the group " + group)));
    }

    private Future<List<String>> of(String group) {
        List<String> members = known.getIfPresent(group);
        if (members != null) {
            return Future.succeededFuture(members);
        }
        Future<List<String>> asked = asking.get(group);
        if (asked == null) {
            Future<List<String>> answer = groups.members(group);
            asking.put(group, answer);
            answer.onSuccess(found -> remember(group, answer, found)).onComplete(done -> asking.remove(group, answer));
            asked = answer;
        }
        return asked;
    }

    /** Unless the group has changed since MySQL was asked. */
    private void remember(String group, Future<List<String>> answer, List<String> found) {
        if (asking.get(group) == answer) {
            known.put(group, found);
        }
    }

    /** The group has changed. */
    void forget(String group) {
        known.invalidate(group);
        asking.remove(group);
    }
}
