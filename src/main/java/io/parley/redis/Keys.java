package io.parley.redis;

/**
 * The names of all keys in Redis; they are built nowhere else.
 *
 * <p>The braces are the hash tag: all keys of one account live in one slot, so that a script may touch them together. A
 * user id has no braces ({@link io.parley.protocol.UserId}), so none can reach into another's slot or key.
 */
public final class Keys {

    /** Never set: deleting it is how a connection finds out whether this Redis takes writes. */
    static final String PROBE = "parley:{}:probe";

    private Keys() {}

    /** String: where the account is connected. */
    public static String location(String uid) {
        return key(uid, "location");
    }

    /** Sorted set: the messages that wait for the account. */
    public static String mailbox(String uid) {
        return key(uid, "mailbox");
    }

    /** String: the size of the mailbox in bytes. */
    public static String bytes(String uid) {
        return key(uid, "bytes");
    }

    /** String: tokens of the account that were signed before this moment are void. */
    public static String notBefore(String uid) {
        return key(uid, "not_before");
    }

    private static String key(String uid, String name) {
        return "parley:{" + uid + "}:" + name;
    }
}
