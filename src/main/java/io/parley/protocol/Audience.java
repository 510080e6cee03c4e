package io.parley.protocol;

/**
 * For whom a message is, besides the one who reads it.
 *
 * @param kind   which delivery it is on the wire
 * @param place  the group's id or the room's name; null for the other kinds, and for a list of recipients
 */
public record Audience(Kind kind, String place) {

    /** Only its reader. */
    public static final Audience ONE = new Audience(Kind.SINGLE, null);

    /** Everybody who is connected. */
    public static final Audience EVERYBODY = new Audience(Kind.BROADCAST, null);

    /** The kinds of delivery (DESIGN section 4); only the first two are acknowledged and stored. */
    public enum Kind {
        SINGLE(102),
        GROUP(103),
        BROADCAST(104),
        ROOM(110);

        private final int id;

        Kind(int id) {
            this.id = id;
        }

        /** The id of its event on the wire. */
        public int id() {
            return id;
        }

        /** The kind with that id; {@link #SINGLE} for one that this version does not know. */
        public static Kind of(long id) {
            for (Kind each : values()) {
                if (each.id == id) {
                    return each;
                }
            }
            return SINGLE;
        }
    }

    /** @param group its id; null for a list of recipients */
    public static Audience group(String group) {
        return new Audience(Kind.GROUP, group);
    }

    public static Audience room(String room) {
        return new Audience(Kind.ROOM, room);
    }
}
