package io.parley.delivery;

import io.parley.protocol.Location;

/** What a lane finds out while it settles: where the recipient is by now, and whether its session may be gone. */
final class Settling {

    private Location seen;
    /** Whether an append saw where the recipient is. */
    private boolean looked;

    private boolean sessionLost;

    /** @param location what the append saw; null when the recipient is nowhere */
    void looked(Location location) {
        looked = true;
        seen = location;
    }

    void sessionLost() {
        sessionLost = true;
    }

    /**
     * Append, then look: whoever is at the location that the last append returned must be told to drain. When Redis is
     * down, or it is a guest's lane, nothing was appended: then a drain would only keep the gate shut, and who is
     * online would get nothing until Redis is back.
     *
     * @param session  where the lane has pushed to
     * @param due      where it was to go, if it was about to change already; else the same session
     * @return where the lane goes from here; null leads to locating
     */
    Location end(Location session, Location due, Roads roads) {
        Location next = looked ? seen : sessionLost && session.equals(due) ? null : due;
        if (next != null && looked) {
            roads.nudge(next);
        } else if (next != null) {
            roads.readmit(next);
        }
        looked = false;
        sessionLost = false;
        return next;
    }
}
