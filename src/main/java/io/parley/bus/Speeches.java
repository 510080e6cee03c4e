package io.parley.bus;

import io.parley.protocol.Envelope;
import java.util.List;

/**
 * What sessions of one gateway said in one turn of its loop, in rooms or to everybody.
 *
 * @param gateway  where the {@link Outcomes} go
 */
public record Speeches(String gateway, List<Speech> items) {
    public Speeches {
        items = List.copyOf(items);
    }

    /**
     * @param session   the speaker's, who does not hear it
     * @param clientId  the speaker's id for it
     * @param room      null when it is for everybody who is connected
     */
    public record Speech(String session, String clientId, String room, Envelope envelope) {}
}
