package io.parley.room;

import io.parley.bus.Addresses;
import io.parley.bus.AskRooms;
import io.parley.bus.ClusterBus;
import io.parley.bus.Members;
import io.parley.bus.RoomNames;
import io.parley.bus.RoomNews;
import io.parley.bus.RoomNews.Item;
import io.parley.bus.RoomsHere;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rooms of the other nodes: which of them have people where, what they are told, and what they are asked. They tell
 * each other what changes, and all of it from time to time, as anything on its way may be lost.
 */
final class Neighbourhood {

    /** Chosen: so long may a room on another node hear nothing after something was lost. */
    private static final int LIST_SECONDS = 10;

    private static final Duration LOOK_PATIENCE = Duration.ofSeconds(1);

    private final ClusterBus cluster;
    private final Members members;
    private final OtherNodes nodes;
    private final Interests interests = new Interests();
    /** Those who have got a list since they came. */
    private final Set<String> informed = new HashSet<>();

    private int seconds;

    Neighbourhood(ClusterBus cluster, Members members, OtherNodes nodes) {
        this.cluster = cluster;
        this.members = members;
        this.nodes = nodes;
    }

    /** Tells those who have people in the room. */
    void tell(String room, Item item) {
        nodes.tell(interests.in(room), item);
    }

    void tellEverybody(Item item) {
        nodes.tell(members.others(), item);
    }

    /** @return whether it was about what that node wants to hear, so that nobody else is concerned */
    boolean noted(String node, Item item) {
        if (item instanceof RoomNews.Opened opened) {
            interests.opened(node, opened.room());
            return true;
        } else if (item instanceof RoomNews.Closed closed) {
            interests.closed(node, closed.room());
            return true;
        }
        return false;
    }

    void note(RoomsHere here) {
        interests.all(here.node(), here.first(), here.last(), here.rooms());
    }

    /** What each node with somebody in these rooms says; one that does not answer in time says nothing. */
    Future<List<RoomNames>> look(AskRooms ask) {
        List<Future<RoomNames>> answers = interests.inAny(ask.rooms()).stream()
                .map(node -> cluster.<RoomNames>request(Addresses.rooms(node), ask, LOOK_PATIENCE)
                        .otherwise(new RoomNames(List.of())))
                .toList();
        return Future.join(answers).map(all -> new ArrayList<>(all.<RoomNames>list()));
    }

    /** The node has left the cluster, and its people have left their rooms with it. */
    void left(String node) {
        interests.forget(node);
        informed.remove(node);
        cluster.left(node);
    }

    /**
     * Tells newcomers in which rooms this node has people, and everybody from time to time. To be called once a second.
     */
    void tick(Collection<String> rooms) {
        Set<String> others = members.others();
        boolean all = ++seconds % LIST_SECONDS == 0;
        informed.retainAll(others);
        if (all) {
            // What came late from a node that has left, or went there
            interests.retain(others);
            nodes.retain(others);
        }
        List<String> due = others.stream()
                .filter(other -> all || !informed.contains(other))
                .toList();
        if (!due.isEmpty()) {
            List<String> list = List.copyOf(rooms);
            due.forEach(other -> nodes.tellAll(other, list).onSuccess(told -> informed.add(other)));
        }
    }
}
