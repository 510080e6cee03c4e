package io.parley.bus;

/** Whether a session lives, said by the gateway that would own it. */
public enum SessionState implements Crossing {
    ALIVE,
    GONE
}
