package io.parley.codec.line;

import io.parley.protocol.Room;

/** What one connection of the codec {@code line} has to remember: who its client is, and which room it is in. */
final class Visit {

    private String userId;
    private String room = Room.LOBBY;
    private boolean moving;

    /** Its login has succeeded; the gateway brings it into the lobby. */
    void began(String userId) {
        this.userId = userId;
        this.room = Room.LOBBY;
    }

    boolean isVerified() {
        return userId != null;
    }

    /** Whether these are the client's own comings and goings. */
    boolean isMyself(String userId) {
        return userId.equals(this.userId);
    }

    /** Where it speaks; null when it could not enter a room. */
    String room() {
        return room;
    }

    /** It has asked to be in another room. */
    void moves(String room) {
        this.room = room;
        this.moving = true;
    }

    /**
     * It is in this room now, perhaps behind its time: the lobby may be entered only after a quick client has asked for
     * another room.
     *
     * @return whether the client asked for it, and should be told
     */
    boolean arrived(String entered) {
        boolean asked = moving && entered.equals(room);
        moving &= !asked;
        return asked;
    }

    void didNotArrive() {
        room = null;
        moving = false;
    }
}
