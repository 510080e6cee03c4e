package io.parley;

/** The program: one picocli command with subcommands. */
public final class Parley {

    private Parley() {}

    public static void main(String[] args) {
        throw new UnsupportedOperationException();
    }
}
