package io.parley.client;

import io.parley.protocol.Command;
import java.util.List;

/** Where a message of this client goes. */
public sealed interface Target {

    /** Everybody else who is connected, in the whole cluster. */
    Target EVERYBODY = new Everybody();

    /** The command that sends a text there. */
    Command.Send command(String clientId, String text);

    /** One account. */
    record One(String userId) implements Target {
        @Override
        public Command.Send command(String clientId, String text) {
            return new Command.Single(clientId, userId, text);
        }
    }

    /** @param userIds 1 to 500, each once */
    record Several(List<String> userIds) implements Target {
        public Several {
            userIds = List.copyOf(userIds);
        }

        @Override
        public Command.Send command(String clientId, String text) {
            return new Command.Group(clientId, userIds, null, text);
        }
    }

    /** The other members of a group. */
    record Group(String id) implements Target {
        @Override
        public Command.Send command(String clientId, String text) {
            return new Command.Group(clientId, List.of(), id, text);
        }
    }

    /** Everybody else in a room that the client is in. */
    record Room(String name) implements Target {
        @Override
        public Command.Send command(String clientId, String text) {
            return new Command.Say(clientId, name, text);
        }
    }

    /** Needs a role; see {@link #EVERYBODY}. */
    record Everybody() implements Target {
        @Override
        public Command.Send command(String clientId, String text) {
            return new Command.Broadcast(clientId, text);
        }
    }
}
