package io.parley.bus;

import java.util.List;

/**
 * What may travel from one node to another; {@link WireForm} writes it down. Everything else on the bus stays within
 * its node.
 */
public sealed interface Crossing
        permits Parcel,
                Answers,
                EndSession,
                AskSession,
                SessionState,
                RoomNews,
                RoomsHere,
                AskRooms,
                RoomNames,
                Crossing.Witness,
                Crossing.Unreached,
                Crossing.Ping,
                Crossing.Pong,
                Crossing.GroupChanged {

    /** Asks another node whether it reaches these addresses; answered by {@link Unreached}. */
    record Witness(List<String> addresses) implements Crossing {
        public Witness {
            addresses = List.copyOf(addresses);
        }
    }

    /** Those that did not answer the witness. */
    record Unreached(List<String> addresses) implements Crossing {
        public Unreached {
            addresses = List.copyOf(addresses);
        }
    }

    /** Asks whether anybody consumes an address; {@link ClusterBus} answers it by itself. */
    record Ping() implements Crossing {}

    record Pong() implements Crossing {}

    /** The members of a group are others than before, or may be: what is remembered of them must be forgotten. */
    record GroupChanged(String group) implements Crossing {}
}
