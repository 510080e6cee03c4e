package io.parley.gateway;

import io.parley.bus.Members;
import io.parley.mailbox.Locations;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Identity;
import io.parley.protocol.Location;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import io.parley.session.Session;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers what clients ask beside their messages: who is online, rooms, groups. */
final class Questions {

    private final Locations locations;
    private final Members members;
    private final RoomDesk rooms;
    private final GroupBook groups;

    Questions(Locations locations, Members members, RoomDesk rooms, GroupBook groups) {
        this.locations = locations;
        this.members = members;
        this.rooms = rooms;
        this.groups = groups;
    }

    /** Completes with null when the answer comes to everybody in a room. */
    Future<Event> answer(Session session, Identity asker, Question question) {
        if (question instanceof Question.Online online) {
            return online(online.userIds());
        } else if (question instanceof Question.Join join) {
            return rooms.join(session, asker, join.room());
        } else if (question instanceof Question.Leave leave) {
            return rooms.leave(session, leave.room());
        } else if (question instanceof Question.Look look) {
            return rooms.look(session, look);
        } else if (question instanceof Question.GroupCreate
                || question instanceof Question.GroupChange
                || question instanceof Question.GroupList) {
            return groups.ask(asker.userId(), question);
        } else {
            return Future.failedFuture(new Refusal(ErrorCode.UNAVAILABLE, "rooms and groups are not there yet"));
        }
    }

    private Future<Event> online(List<String> userIds) {
        return locations.locate(userIds).map(found -> {
            Map<String, Boolean> online = new HashMap<>();
            userIds.forEach(id -> online.put(id, isHere(found.get(id))));
            return new Event.OnlineAnswer(online);
        });
    }

    /** What a node that was killed left behind counts as absent. */
    private boolean isHere(Location location) {
        return location != null && members.reach(location.gateway());
    }
}
