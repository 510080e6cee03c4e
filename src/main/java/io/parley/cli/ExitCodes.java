package io.parley.cli;

/**
 * What a command's exit code tells a script, beside picocli's 0 (done), 1 (failed) and 2 (wrong usage or
 * configuration).
 */
public final class ExitCodes {

    /** A message was refused: the same again would be refused again, unless something changes. */
    public static final int REFUSED = 3;

    /** Time ran out: before a receipt came, so that a message may have arrived or not; before enough messages came. */
    public static final int OUT_OF_TIME = 4;

    /** What was to be printed could not be written: the pipe is closed, the disk is full. */
    public static final int OUTPUT = 5;

    private ExitCodes() {}
}
