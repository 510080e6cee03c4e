package io.parley.script;

import io.parley.client.Target;
import io.parley.protocol.Room;
import io.parley.protocol.UserId;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a send goes, as it is said on the command line: exactly one of these. */
final class Recipients {

    @Option(
            names = "--to",
            descriptionKey = "parley.send.to",
            paramLabel = "UID",
            description = "The account to send to; more than one --to sends to each.")
    private Set<String> userIds = new LinkedHashSet<>();

    @Option(
            names = "--group",
            descriptionKey = "parley.send.group",
            paramLabel = "ID",
            description = "The group to send to; the account is a member of it.")
    private String group;

    @Option(
            names = "--room",
            descriptionKey = "parley.send.room",
            paramLabel = "NAME",
            description = "The room to say it in: enters, says it to who is there now, and leaves.")
    private String room;

    @Option(
            names = "--broadcast",
            descriptionKey = "parley.send.broadcast",
            description = "To everybody who is connected now; the account needs a role for it.")
    private boolean broadcast;

    /** Throws what says which is wrong. */
    Set<Target> targets(CommandLine command) {
        Set<Target> targets = new LinkedHashSet<>();
        for (String each : userIds) {
            check(UserId.isValid(each), "--to " + UserId.RULE, command);
            targets.add(new Target.One(each));
        }
        if (group != null) {
            check(UserId.isValid(group), "--group " + UserId.RULE, command);
            targets.add(new Target.Group(group));
        }
        if (room != null) {
            check(Room.isValid(room), "--room " + Room.RULE, command);
            targets.add(new Target.Room(room));
        }
        if (broadcast) {
            targets.add(Target.EVERYBODY);
        }
        return targets;
    }

    /** The room that must be entered first; null when there is none. */
    String room() {
        return room;
    }

    /** How a recipient is written in one word. */
    static String word(Target target) {
        if (target instanceof Target.One one) {
            return one.userId();
        }
        if (target instanceof Target.Group to) {
            return "&" + to.id();
        }
        return target instanceof Target.Room in ? "#" + in.name() : "*";
    }

    private static void check(boolean fine, String rule, CommandLine command) {
        if (!fine) {
            throw new ParameterException(command, rule);
        }
    }
}
