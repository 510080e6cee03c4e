package io.parley.bus;

import io.parley.protocol.Envelope;
import java.util.List;

/**
 * What one turn of a gateway's loop accepted for one delivery shard, in order of acceptance.
 *
 * @param gateway  where the {@link Outcomes} go
 */
public record Submissions(String gateway, List<Submission> items) {
    public Submissions {
        items = List.copyOf(items);
    }

    /**
     * One message on its way in.
     *
     * @param session   the sender's
     * @param clientId  the sender's id for it
     * @param chatTo    the recipient as the sender spelt it
     * @param share     which part it is of a message to several; null for a message to one
     */
    public record Submission(String session, String clientId, String chatTo, Envelope envelope, Share share) {

        /** A message to one account. */
        public Submission(String session, String clientId, String chatTo, Envelope envelope) {
            this(session, clientId, chatTo, envelope, null);
        }

        /** The same for the same recipient spelt as in the database row. */
        public Submission to(String userId) {
            return new Submission(session, clientId, userId, envelope, share);
        }
    }

    /**
     * The part of one recipient in a message to several, whose outcomes the gateway collects.
     *
     * @param fanout  the gateway's own number of the message
     * @param place   of the recipient among the others, from 0
     */
    public record Share(long fanout, int place) {}
}
