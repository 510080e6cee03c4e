package io.parley.cli.chat;

import io.parley.cli.PlainText;
import io.parley.client.Target;

/**
 * How the place of a conversation is written: a person by their id, a group as {@code &id}, a room as {@code #name}.
 * Names of rooms have no spaces, and ids neither, so each is one word.
 */
final class Place {

    private static final String GROUP = "&";
    private static final String ROOM = "#";
    private static final String EVERYBODY = "*";

    private Place() {}

    /** Without a sign: what one types behind a command. Not fit for a terminal. */
    static String id(Target target) {
        if (target instanceof Target.One one) {
            return one.userId();
        }
        if (target instanceof Target.Group group) {
            return group.id();
        }
        return target instanceof Target.Room room ? room.name() : EVERYBODY;
    }

    /** Fit for a terminal. */
    static String word(Target target) {
        return sign(target) + PlainText.of(id(target));
    }

    /** What tells a group and a room from a person of the same name. */
    static String sign(Target target) {
        if (target instanceof Target.Group) {
            return GROUP;
        }
        return target instanceof Target.Room ? ROOM : "";
    }

    static boolean isPerson(Target target) {
        return target instanceof Target.One;
    }
}
