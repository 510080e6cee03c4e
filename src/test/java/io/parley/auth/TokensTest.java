package io.parley.auth;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.config.AuthConfig.TokenConfig;
import io.parley.config.AuthConfig.TokenConfig.Algorithm;
import io.parley.protocol.Identity;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class TokensTest {

    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final long NOW = 1_800_000_000_250L;
    private static final long SECOND = NOW / 1000;
    private static final Duration TTL = Duration.ofHours(12);
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
    private static final Account ANN = new Account("ann", "Ann 安", null, Set.of("admin"), false);

    @TempDir
    Path directory;

    private Tokens tokens;

    @BeforeEach
    void open(Vertx vertx) throws Exception {
        tokens = Tokens.open(vertx, hs256(SECRET), CLOCK).await(5, SECONDS);
    }

    @Test
    void whatWasSignedIsReadBackToTheMillisecond() throws Exception {
        Identity identity = tokens.identity(ANN, NOW);
        Claims claims = tokens.check(identity.token()).await(5, SECONDS);
        assertThat(claims).isEqualTo(new Claims("ann", "Ann 安", Set.of("admin"), NOW, identity.tokenExpiresAt()));
        assertThat(identity.tokenExpiresAt()).isEqualTo((NOW + TTL.toMillis()) / 1000 * 1000);
        assertThat(identity.toString()).doesNotContain(identity.token());
    }

    @Test
    void aTokenOfAnApplicationNeedsOnlyTheStandardClaims() throws Exception {
        JsonObject claims = claims();
        claims.remove("name");
        claims.remove("roles");
        assertThat(tokens.check(token(claims)).await(5, SECONDS))
                .isEqualTo(new Claims("ann", "ann", Set.of(), SECOND * 1000, (SECOND + 60) * 1000));
    }

    @Test
    void wrongClaimsAreRefused() {
        refused(claims().put("iss", "somebody else"));
        refused(claims().put("aud", "somebody else"));
        refused(claims().put("aud", new JsonArray().add("x")));
        refused(claims().put("aud", 7));
        refused(without("iss"));
        refused(without("aud"));
        refused(without("sub"));
        refused(without("exp"));
        refused(without("iat"));
        refused(claims().put("sub", 10001));
        refused(claims().put("sub", ""));
        refused(claims().put("sub", "two words"));
        refused(claims().put("sub", "a}b"));
        refused(claims().put("sub", "x".repeat(65)));
        refused(claims().put("roles", "admin"));
        refused(claims().put("roles", new JsonArray().add(7)));
        refused(claims().put("name", new JsonObject()));
    }

    @Test
    void wrongTimesAreRefused() {
        refused(claims().put("exp", SECOND));
        refused(claims().put("exp", SECOND - 1));
        refused(claims().put("exp", SECOND + TTL.toSeconds() + 1));
        refused(claims().put("exp", 1e300));
        refused(claims().put("exp", 1e300).put("iat", -1e300));
        refused(claims().put("exp", SECOND + 60).put("iat", -1e300));
        refused(claims().put("exp", "tomorrow"));
        refused(claims().put("iat", SECOND + 6).put("exp", SECOND + 60));
        refused(claims().put("iat", SECOND - TTL.toSeconds()));
        refused(claims().put("nbf", SECOND + 6));
        refused(claims().put("nbf", "now"));
        accepted(claims().put("exp", SECOND + TTL.toSeconds()));
        accepted(claims().put("iat", SECOND + 5).put("nbf", SECOND + 5));
        accepted(claims().put("aud", new JsonArray().add("x").add("parley")));
    }

    @Test
    void onlyThePinnedAlgorithmAndKeyAreAccepted() {
        String none = base64("{\"alg\":\"none\"}") + "." + base64(claims().encode());
        refused(none);
        refused(none + ".");
        refused(none + "." + base64("x"));
        refused(hmac("HmacSHA256", "{\"alg\":\"none\",\"typ\":\"JWT\"}", claims(), SECRET));
        refused(hmac("HmacSHA512", "{\"alg\":\"HS512\"}", claims(), SECRET));
        refused(hmac("HmacSHA256", "{\"alg\":\"HS512\"}", claims(), SECRET));
        refused(hmac("HmacSHA256", "{\"typ\":\"JWT\"}", claims(), SECRET));
        refused(hmac("HmacSHA256", "{\"alg\":[\"HS256\"]}", claims(), SECRET));
        refused(hmac("HmacSHA256", "{\"alg\":\"HS256\"}", claims(), "another secret of thirty-two bytes!!"));
        String[] parts = token(claims()).split("\\.");
        refused(parts[0] + "." + base64(claims().put("sub", "bob").encode()) + "." + parts[2]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "...", "a.b.c", "e30.e30.", "e30.e30.e30", "W10.W10.W10", "张.三.李", "%%%.%%%.%%%"})
    void whatIsNoTokenIsRefused(String text) {
        refused(text);
    }

    @Test
    void hugeAndDeepTokensAreRefused() {
        refused("A".repeat(Tokens.MAX_CHARACTERS + 1));
        refused(base64("[".repeat(2_000)) + "." + base64("[".repeat(2_000)) + ".AAAA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256"})
    void keyFilesSignAndCheckAndAPublicKeyIsNoSecret(String name, Vertx vertx) throws Exception {
        Algorithm algorithm = Algorithm.valueOf(name);
        KeyPair pair = keys(algorithm);
        Path publicKey = pem("PUBLIC KEY", pair.getPublic().getEncoded());
        Path privateKey = pem("PRIVATE KEY", pair.getPrivate().getEncoded());
        Tokens signs = open(vertx, algorithm, publicKey, privateKey);
        Tokens checks = open(vertx, algorithm, publicKey, null);
        String token = signs.identity(ANN, NOW).token();
        assertThat(checks.check(token).await(5, SECONDS).userId()).isEqualTo("ann");
        assertThat(checks.canSign()).isFalse();
        assertThat(checks.identity(ANN, NOW).token()).isNull();

        String confused = hmac("HmacSHA256", "{\"alg\":\"HS256\"}", claims(), Files.readString(publicKey));
        assertThatThrownBy(() -> checks.check(confused).await(5, SECONDS));
        String[] parts = token.split("\\.");
        for (String signature : new String[] {"AA", "A".repeat(86), "A".repeat(342), "MEUCIQ"}) {
            assertThatThrownBy(() ->
                    checks.check(parts[0] + "." + parts[1] + "." + signature).await(5, SECONDS));
        }
        Path other = pem("PUBLIC KEY", keys(algorithm).getPublic().getEncoded());
        assertThatThrownBy(() -> open(vertx, algorithm, other, privateKey))
                .hasMessageContaining("do not belong together");
    }

    @Test
    void aMissingOrShortSecretStopsTheStart(Vertx vertx) {
        for (String secret : new String[] {null, "", "short"}) {
            assertThatThrownBy(() -> Tokens.open(vertx, hs256(secret), CLOCK).await(5, SECONDS))
                    .hasMessageContaining("auth.token.secret")
                    .hasMessageNotContaining("short\"");
        }
    }

    private void refused(JsonObject claims) {
        refused(token(claims));
    }

    private void refused(String token) {
        assertThatThrownBy(() -> tokens.check(token).await(5, SECONDS), token).isInstanceOf(Throwable.class);
    }

    private void accepted(JsonObject claims) {
        assertThat(tokens.check(token(claims)).succeeded()).as(claims.encode()).isTrue();
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("sub", "ann")
                .put("name", "Ann")
                .put("roles", new JsonArray().add("admin"))
                .put("iss", "parley")
                .put("aud", "parley")
                .put("iat", SECOND)
                .put("exp", SECOND + 60);
    }

    private static JsonObject without(String claim) {
        JsonObject claims = claims();
        claims.remove(claim);
        return claims;
    }

    private static String token(JsonObject claims) {
        return hmac("HmacSHA256", "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims, SECRET);
    }

    /** By hand, as an attacker would, and not with the library under test. */
    private static String hmac(String algorithm, String header, JsonObject claims, String secret) {
        try {
            String signed = base64(header) + "." + base64(claims.encode());
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static TokenConfig hs256(String secret) {
        return new TokenConfig(Algorithm.HS256, secret, null, null, "parley", "parley", TTL);
    }

    private static Tokens open(Vertx vertx, Algorithm algorithm, Path publicKey, Path privateKey) throws Exception {
        TokenConfig config = new TokenConfig(algorithm, null, publicKey, privateKey, "parley", "parley", TTL);
        return Tokens.open(vertx, config, CLOCK).await(5, SECONDS);
    }

    private static KeyPair keys(Algorithm algorithm) throws Exception {
        Map<Algorithm, String> names = Map.of(Algorithm.RS256, "RSA", Algorithm.ES256, "EC");
        KeyPairGenerator generator = KeyPairGenerator.getInstance(names.get(algorithm));
        generator.initialize(algorithm == Algorithm.RS256 ? 2048 : 256);
        return generator.generateKeyPair();
    }

    private Path pem(String kind, byte[] key) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        return Files.writeString(
                Files.createTempFile(directory, "key", ".pem"),
                "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }
}
