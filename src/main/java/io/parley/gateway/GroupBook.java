package io.parley.gateway;

import io.parley.bus.Addresses;
import io.parley.bus.AskGroups;
import io.parley.bus.AskMembers;
import io.parley.bus.Bus;
import io.parley.protocol.Event;
import io.parley.protocol.Question;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** The durable groups, as a gateway asks about them on behalf of an account. Every wait is bounded. */
final class GroupBook {

    /** MySQL's own time-out ends a wait earlier. */
    private static final Duration MEMBERS_PATIENCE = Duration.ofSeconds(10);

    /** 500 accounts to look up, and a transaction. */
    private static final Duration CHANGE_PATIENCE = Duration.ofSeconds(20);

    private final Bus bus;

    GroupBook(Bus bus) {
        this.bus = bus;
    }

    /** Sorted; fails with {@code unknown_group}, {@code not_member}, {@code unavailable}. */
    Future<List<String>> members(String group, String asker) {
        return bus.<AskMembers.Found>request(Addresses.GROUPS, new AskMembers(asker, group), MEMBERS_PATIENCE)
                .map(AskMembers.Found::members);
    }

    /** Makes, changes or lists groups. */
    Future<Event> ask(String asker, Question question) {
        return bus.request(Addresses.GROUPS, new AskGroups(asker, question), CHANGE_PATIENCE);
    }
}
