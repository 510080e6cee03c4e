package io.parley.protocol;

/** The bounds of groups and of messages to several accounts (protocol.md, Groups). */
public final class GroupRules {

    /** User ids in one message to a list. */
    public static final int MAX_RECIPIENTS = 500;

    /** Members of a group, its owner included. */
    public static final int MAX_MEMBERS = 5_000;

    /** User ids in one command that makes or changes a group: more come with further ones. */
    public static final int MAX_CHANGES = 500;

    /** Characters in the name of a group, as its column has them. */
    public static final int MAX_NAME_CHARACTERS = 100;

    private GroupRules() {}
}
