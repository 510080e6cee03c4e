package io.parley.testkit;

import static io.parley.testkit.RawClient.ERROR;
import static io.parley.testkit.RawClient.VERIFIED;
import static io.parley.testkit.RawClient.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RawClientIT {

    @Test
    void itSendsAndHearsFramesAndSeesTheEnd() {
        try (TestNode node = TestNode.start()) {
            String ann = TestNode.fresh(1).get(0);
            node.add(ann);
            RawClient.login(node.port(), ann).close();

            RawClient client = RawClient.connect(node.port());
            client.pingPong();
            assertThat(client.isClosedWithin(Duration.ofMillis(10))).isFalse();
            client.verify(ann, "wrong");
            assertThat(client.expect(VERIFIED).getInteger("code")).isZero();
            client.sendBytes(Buffer.buffer().appendInt(3));
            assertThat(client.expect(ERROR).getString("error")).isEqualTo("bad_frame");
            assertThat(client.isClosedWithin(RawClient.PATIENCE)).isTrue();

            RawClient old = RawClient.connect(node.port(), 0);
            JsonObject login = new JsonObject().put("phone_number", ann).put("password", TestNode.PASSWORD);
            old.send(VERIFY, login);
            assertThat(old.next().version()).isZero();
            old.cut();
        }
    }
}
