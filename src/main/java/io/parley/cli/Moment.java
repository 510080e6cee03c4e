package io.parley.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A point in time for people: in the zone of this machine, which is named by its offset. */
final class Moment {

    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");

    private Moment() {}

    static String text(Instant instant) {
        return TEXT.format(instant.atZone(ZoneId.systemDefault()));
    }
}
