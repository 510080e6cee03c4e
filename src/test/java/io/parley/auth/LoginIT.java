package io.parley.auth;

import static io.parley.auth.AuthNode.refused;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.bus.Lookup;
import io.parley.config.AuthConfig.HashFormat;
import io.parley.config.MySqlConfig;
import io.parley.mysql.MySqlPool;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Refusal;
import io.parley.schema.Migrations;
import io.parley.testkit.CapturedLog;
import io.parley.testkit.Services;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class LoginIT {

    private static final String OF_USER =
            "SELECT id, username AS name, password AS password_hash FROM user WHERE id = ?";

    private final MySqlConfig database = Services.database();
    private final String ann = "ann-" + UUID.randomUUID();
    private Vertx vertx;
    private AccountAdmin admin;

    @BeforeEach
    void schema(Vertx vertx) throws Exception {
        this.vertx = vertx;
        Migrations.of(vertx, database, true).apply().await(60, SECONDS);
        admin = AccountAdmin.open(vertx, AuthNode.config(null, HashFormat.ARGON2ID), database, Services.redis());
    }

    @Test
    void theRightPasswordGivesAnIdentityAndATokenThatLogsIn() throws Exception {
        add(ann, "secret", "admin");
        AuthNode node = own();
        Identity first = node.enters(ann, "secret");
        assertThat(first.userId()).isEqualTo(ann);
        assertThat(first.name()).isEqualTo("Name of " + ann);
        assertThat(first.roles()).containsExactly("admin");
        assertThat(node.token(ann, first.token())).isEqualTo(first);
        assertThat(node.token(null, first.token())).isEqualTo(first);
        refused(node.token("somebody-else", first.token()), ErrorCode.BAD_CREDENTIALS);
    }

    @Test
    void wrongUnknownAndDisabledGetOneAndTheSameAnswer() throws Exception {
        add(ann, "secret", "");
        String gone = "gone-" + UUID.randomUUID();
        add(gone, "secret", "");
        admin.disable(gone).await(10, SECONDS);
        AuthNode node = own();
        Object wrong = node.password(ann, "Secret");
        refused(wrong, ErrorCode.BAD_CREDENTIALS);
        assertThat(node.password("nobody", "secret")).isEqualTo(wrong);
        assertThat(node.password(gone, "secret")).isEqualTo(wrong);
        assertThat(node.password(ann, "")).isEqualTo(wrong);
        assertThat(node.token(ann, "not a token")).isEqualTo(wrong);
    }

    @Test
    void theFifthWrongPasswordLocksKnownAndUnknownIdsAlike() throws Exception {
        add(ann, "secret", "");
        AuthNode node = own();
        String token = node.enters(ann, "secret").token();
        for (String id : new String[] {ann, "nobody"}) {
            for (int i = 0; i < 5; i++) {
                refused(node.password(id, "guess " + i), ErrorCode.BAD_CREDENTIALS);
            }
            Object locked = node.password(id, "secret");
            refused(locked, ErrorCode.LOCKED);
            assertThat(((Refusal) locked).retryAfter()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        }
        assertThat(node.token(ann, token)).isInstanceOf(Identity.class);
    }

    @Test
    void aNewPasswordAndADisabledAccountEndOlderTokensAndNoNewerOnes() throws Exception {
        add(ann, "secret", "");
        AuthNode node = own();
        Identity before = node.enters(ann, "secret");
        String printed = admin.token(ann, Duration.ofMinutes(1)).await(10, SECONDS);
        admin.passwd(ann, "changed").await(10, SECONDS);
        refused(node.token(ann, before.token()), ErrorCode.BAD_CREDENTIALS);
        refused(node.token(ann, printed), ErrorCode.BAD_CREDENTIALS);
        refused(node.password(ann, "secret"), ErrorCode.BAD_CREDENTIALS);

        Identity after = node.enters(ann, "changed");
        assertThat(node.token(ann, after.token())).isEqualTo(after);
        admin.disable(ann).await(10, SECONDS);
        refused(node.token(ann, after.token()), ErrorCode.BAD_CREDENTIALS);
        refused(node.password(ann, "changed"), ErrorCode.BAD_CREDENTIALS);
    }

    /** The table that DESIGN section 7 names: numbers for ids, passwords as they are. */
    @Test
    void anExistingTableOfNumbersAndPlainPasswordsServes() throws Exception {
        sql("CREATE TABLE user (id INT PRIMARY KEY, username VARCHAR(20), password VARCHAR(20))");
        sql("INSERT INTO user VALUES (0, 'zero', 'zero'), (10001, '张三', '123456'), (10002, '李四', NULL)");
        AuthNode node = AuthNode.start(vertx, AuthNode.config(OF_USER, HashFormat.PLAIN), database, Services.redis());
        Identity identity = node.enters("10001", "123456");
        assertThat(identity.userId()).isEqualTo("10001");
        assertThat(identity.name()).isEqualTo("张三");
        assertThat(identity.roles()).isEqualTo(Set.of());
        refused(node.password("10002", "null"), ErrorCode.BAD_CREDENTIALS);
        for (String other : new String[] {"10001abc", "010001", "10001.0", "1e4", "+10001", "0x2711", "zero", "-0"}) {
            refused(node.password(other, "123456"), ErrorCode.BAD_CREDENTIALS);
            refused(node.password(other, "zero"), ErrorCode.BAD_CREDENTIALS);
            refused(node.lookup(other), ErrorCode.UNKNOWN_USER);
        }
        assertThat(node.lookup("10001")).isEqualTo(new Lookup.Found("10001"));
    }

    @Test
    void aTableThatIgnoresCaseAndAccentsGivesItsOwnSpellingAndNobodyElse() throws Exception {
        sql("CREATE TABLE user (id VARCHAR(64) COLLATE utf8mb4_unicode_ci PRIMARY KEY, username VARCHAR(20),"
                + " password VARCHAR(20), disabled BIT(1), roles VARCHAR(50))");
        sql("INSERT INTO user VALUES ('Ann', 'Ann', 'pw', 0, ' admin , x'), ('Zoë', 'Zoë', 'pw', 0, NULL),"
                + " ('gone', 'Gone', 'pw', 1, NULL)");
        String query = "SELECT id, username AS name, password AS password_hash, disabled, roles FROM user WHERE id = ?";
        AuthNode node = AuthNode.start(vertx, AuthNode.config(query, HashFormat.PLAIN), database, Services.redis());
        assertThat(node.enters("ANN", "pw").userId()).isEqualTo("Ann");
        assertThat(node.enters("Ann", "pw").roles()).containsExactlyInAnyOrder("admin", "x");
        assertThat(node.lookup("ann")).isEqualTo(new Lookup.Found("Ann"));
        refused(node.password("ann ", "pw"), ErrorCode.BAD_CONTENT);
        refused(node.password("zoe", "pw"), ErrorCode.BAD_CREDENTIALS);
        refused(node.lookup("zoe"), ErrorCode.UNKNOWN_USER);
        refused(node.password("gone", "pw"), ErrorCode.BAD_CREDENTIALS);
        refused(node.lookup("gone"), ErrorCode.UNKNOWN_USER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'OR'1'='1",
                "ann';DROP/**/TABLE/**/account;--",
                "ann\"--",
                "\\'OR/**/1=1#",
                "%",
                "_",
                "?",
                "张三'",
                "😀"
            })
    void anIdIsDataAndNeverSql(String id) throws Exception {
        add(ann, "secret", "");
        AuthNode node = own();
        refused(node.password(id, "secret"), ErrorCode.BAD_CREDENTIALS);
        refused(node.lookup(id), ErrorCode.UNKNOWN_USER);
        add(id, "its own", "");
        assertThat(node.enters(id, "its own").userId()).isEqualTo(id);
        assertThat(node.enters(ann, "secret").userId()).isEqualTo(ann);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "a\nb", "a{b", "a}b", "a\u0000b", "a\u202eb"})
    void anImpossibleIdIsRefusedBeforeAnyoneIsAsked(String id) throws Exception {
        AuthNode node = own();
        refused(node.password(id, "secret"), ErrorCode.BAD_CONTENT);
        refused(node.lookup(id), ErrorCode.UNKNOWN_USER);
    }

    @Test
    void idsOfOurTableDifferByCase() throws Exception {
        add(ann, "lower", "");
        String upper = ann.toUpperCase(java.util.Locale.ROOT);
        add(upper, "upper", "");
        AuthNode node = own();
        assertThat(node.enters(ann, "lower").userId()).isEqualTo(ann);
        assertThat(node.enters(upper, "upper").userId()).isEqualTo(upper);
        refused(node.password(ann, "upper"), ErrorCode.BAD_CREDENTIALS);
    }

    @Test
    void aQueryThatCannotWorkStopsTheStart() {
        String query = "SELECT id, name FROM account WHERE id = ?";
        assertThatThrownBy(() ->
                        AuthNode.start(vertx, AuthNode.config(query, HashFormat.PLAIN), database, Services.redis()))
                .hasMessageContaining("auth.accountQuery")
                .hasMessageContaining("password_hash");
    }

    @Test
    void aNewAccountIsFoundThoughItWasUnknownAMomentAgo() throws Exception {
        AuthNode node = own();
        refused(node.lookup(ann), ErrorCode.UNKNOWN_USER);
        add(ann, "secret", "");
        Object answer = node.lookup(ann);
        long deadline = System.nanoTime() + SECONDS.toNanos(10);
        while (!answer.equals(new Lookup.Found(ann)) && System.nanoTime() < deadline) {
            answer = node.lookup(ann);
        }
        assertThat(answer).isEqualTo(new Lookup.Found(ann));
    }

    @Test
    void neitherPasswordsNorTokensReachTheLog() throws Exception {
        String secret = "correct-horse-battery";
        String wrong = "wrong-horse-battery";
        try (CapturedLog log = CapturedLog.ofEverybody()) {
            add(ann, secret, "");
            AuthNode node = own();
            String token = node.enters(ann, secret).token();
            refused(node.password(ann, wrong), ErrorCode.BAD_CREDENTIALS);
            refused(node.token("another", token), ErrorCode.BAD_CREDENTIALS);
            refused(node.token(ann, token + "x"), ErrorCode.BAD_CREDENTIALS);
            assertThat(log.lines("token refused")).hasSize(2);
            assertThat(log.lines())
                    .extracting(CapturedLog.Line::text)
                    .noneMatch(line -> line.contains(secret) || line.contains(wrong) || line.contains("eyJ"))
                    .noneMatch(line -> line.contains(AuthNode.SECRET) || line.contains("argon2id$"));
        }
    }

    private AuthNode own() throws Exception {
        return AuthNode.start(vertx, AuthNode.config(null, HashFormat.ARGON2ID), database, Services.redis());
    }

    private void add(String id, String password, String roles) throws Exception {
        admin.add(new NewAccount(id, "Name of " + id, password, NewAccount.roles(roles)))
                .await(10, SECONDS);
    }

    private void sql(String sql) throws Exception {
        MySqlPool pool = MySqlPool.open(vertx, database);
        pool.query(sql, Tuple.tuple()).eventually(pool::close).await(10, SECONDS);
    }
}
