package io.parley.auth;

import static io.parley.auth.AuthNode.refused;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.AuthConfig.HashFormat;
import io.parley.config.MySqlConfig;
import io.parley.mysql.MySqlPool;
import io.parley.protocol.Entrance.Guests;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Identity;
import io.parley.protocol.Identity.Standing;
import io.parley.protocol.Refusal;
import io.parley.schema.Migrations;
import io.parley.testkit.Services;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Tuple;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may enter with nothing but an id (DESIGN section 5, Guests). */
@ExtendWith(VertxExtension.class)
class GuestLoginIT {

    private final MySqlConfig database = Services.database();
    private final String ann = "Ann-" + UUID.randomUUID();
    private AccountAdmin admin;
    private AuthNode node;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        Migrations.of(vertx, database, true).apply().await(60, SECONDS);
        var config = AuthNode.config(null, HashFormat.PLAIN);
        admin = AccountAdmin.open(vertx, config, database, Services.redis());
        admin.add(new NewAccount(ann, "Ann", "secret", Set.of())).await(10, SECONDS);
        node = AuthNode.start(vertx, config, database, Services.redis());
    }

    @Test
    void aFreeIdIsAGuestsWithoutATokenAndWithoutRoles() throws Exception {
        Identity guest = (Identity) node.guest("free", Guests.WELCOME, false);
        assertThat(guest.userId()).isEqualTo("free");
        assertThat(guest.name()).isEqualTo("free");
        assertThat(guest.token()).isNull();
        assertThat(guest.roles()).isEmpty();
        assertThat(guest.standing()).isEqualTo(Standing.GUEST);
        assertThat(guest.provenAt()).isPositive();
    }

    @Test
    void theListenerSaysWhetherAGuestReplacesAndBroadcasts() throws Exception {
        Identity guest = (Identity) node.guest("free", Guests.REPLACE, true);
        assertThat(guest.standing()).isEqualTo(Standing.REPLACING_GUEST);
        assertThat(guest.mayBroadcast()).isTrue();
        assertThat(guest.roles()).containsExactly("broadcaster");
    }

    @Test
    void withoutGuestsSomethingIsMissing() throws Exception {
        Object refusal = node.guest("free", Guests.NONE, false);
        assertThat(refusal).isEqualTo(new Refusal(ErrorCode.BAD_CONTENT, "password or token is missing"));
    }

    @Test
    void anIdWithAnAccountIsNoGuestsAlsoWhenItIsDisabled() throws Exception {
        refused(node.guest(ann, Guests.WELCOME, false), ErrorCode.BAD_CREDENTIALS);
        refused(node.guest(ann, Guests.REPLACE, true), ErrorCode.BAD_CREDENTIALS);
        admin.disable(ann).await(10, SECONDS);
        Object disabled = node.guest(ann, Guests.WELCOME, false);
        refused(disabled, ErrorCode.BAD_CREDENTIALS);
        assertThat(((Refusal) disabled).detail()).contains("has an account");
    }

    /** As the table compares ids: here a guest might be taken for the account, so it is none. */
    @Test
    void anIdThatDiffersInCaseAloneIsTheAccountsIfTheTableSaysSo(Vertx vertx) throws Exception {
        MySqlPool pool = MySqlPool.open(vertx, database);
        pool.query("CREATE TABLE user (id VARCHAR(99) COLLATE utf8mb4_unicode_ci PRIMARY KEY)", Tuple.tuple())
                .compose(made -> pool.query("INSERT INTO user VALUES (?)", Tuple.of(ann)))
                .eventually(pool::close)
                .await(10, SECONDS);
        Vertx another = Vertx.vertx();
        try {
            String query = "SELECT id, id AS name, NULL AS password_hash FROM user WHERE id = ?";
            AuthNode ofUser =
                    AuthNode.start(another, AuthNode.config(query, HashFormat.PLAIN), database, Services.redis());
            refused(ofUser.guest(ann.toUpperCase(Locale.ROOT), Guests.WELCOME, false), ErrorCode.BAD_CREDENTIALS);
        } finally {
            another.close().await(10, SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a{b", "a}b", "a\nb"})
    void anImpossibleIdIsNobodys(String id) throws Exception {
        refused(node.guest(id, Guests.WELCOME, false), ErrorCode.BAD_CONTENT);
    }

    @Test
    void askingForAnAccountCountsLikeAWrongPassword() throws Exception {
        for (int i = 0; i < 5; i++) {
            refused(node.guest(ann, Guests.WELCOME, false), ErrorCode.BAD_CREDENTIALS);
        }
        refused(node.guest(ann, Guests.WELCOME, false), ErrorCode.LOCKED);
        refused(node.password(ann, "secret"), ErrorCode.LOCKED);
    }

    /** Five wrong ones lock an id, and a hundred times as many an address; free ids in between wipe out nothing. */
    @Test
    void anAddressThatAsksForManyAccountsIsLimited() throws Exception {
        int limit = 5 * LoginThrottle.ADDRESS_FACTOR;
        for (int i = 0; i <= limit / 5; i++) {
            admin.add(new NewAccount("victim" + i, "Victim", "secret", Set.of()))
                    .await(10, SECONDS);
        }
        for (int i = 0; i < limit; i++) {
            refused(node.guest("victim" + i / 5, Guests.WELCOME, false), ErrorCode.BAD_CREDENTIALS);
            if (i % 50 == 0) {
                assertThat(node.guest("free" + i, Guests.WELCOME, false)).isInstanceOf(Identity.class);
            }
        }
        refused(node.guest("victim" + limit / 5, Guests.WELCOME, false), ErrorCode.RATE_LIMITED);
        refused(node.guest("free", Guests.WELCOME, false), ErrorCode.RATE_LIMITED);
    }
}
