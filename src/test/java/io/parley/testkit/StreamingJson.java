package io.parley.testkit;

import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.core.spi.JsonFactory;
import io.vertx.core.spi.json.JsonCodec;

/**
 * Keeps Vert.x on the JSON codec of the shipped jar: it changes to another one when it finds jackson-databind, which
 * the Kubernetes model brings into the tests. Found as a service, META-INF/services.
 */
public final class StreamingJson implements JsonFactory {

    private static final JsonCodec CODEC = new JacksonCodec();

    @Override
    public JsonCodec codec() {
        return CODEC;
    }
}
