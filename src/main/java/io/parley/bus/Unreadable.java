package io.parley.bus;

/** Bytes from another node that this version cannot read. Without a stack trace: the bytes are wrong, not our code. */
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unreadable(String what) {
        super(what, null, false, false);
    }
}
