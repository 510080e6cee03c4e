package io.parley.cli;

import java.io.IOException;

/** Where a password comes from that no file holds. */
public interface SecretPrompt {

    /** Asked for on a terminal, without showing it; the first line where there is none. Null when there is no input. */
    String secret(String prompt) throws IOException;
}
