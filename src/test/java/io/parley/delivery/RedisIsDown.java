package io.parley.delivery;

import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;

/** What a command fails with whose answer got lost. */
final class RedisIsDown {

    static final Refusal REFUSAL = new Refusal(ErrorCode.UNAVAILABLE, "Redis does not answer");

    private RedisIsDown() {}
}
