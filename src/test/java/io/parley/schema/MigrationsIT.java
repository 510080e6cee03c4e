package io.parley.schema;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.config.MySqlConfig;
import io.parley.mysql.MySqlOptions;
import io.parley.testkit.Services;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class MigrationsIT {

    private final MySqlConfig database = Services.database();
    private Vertx vertx;
    private MySQLConnection connection;

    @BeforeEach
    void connect(Vertx vertx) throws Exception {
        this.vertx = vertx;
        connection = MySQLConnection.connect(vertx, MySqlOptions.connection(database))
                .await(10, SECONDS);
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.close().await(10, SECONDS);
    }

    @Test
    void aFreshDatabaseGetsEveryFileOnceAndInOrder() throws Exception {
        assertThat(apply()).isEqualTo(Migrations.FILES);
        assertThat(tables()).containsExactlyInAnyOrder("account", "chat_group", "group_member", "schema_migration");
        assertThat(apply()).isEmpty();
    }

    @Test
    void withAnAccountTableOfTheirOwnOurAccountFileIsLeftOut() throws Exception {
        sql("CREATE TABLE account (id INT)");
        assertThat(Migrations.of(vertx, database, false).apply().await(30, SECONDS))
                .containsExactly("002_group.sql");
        assertThat(sql("SHOW COLUMNS FROM account")).hasSize(1);
    }

    @Test
    void twoNodesAtOnceApplyEachFileOnce() throws Exception {
        List<Future<List<String>>> nodes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            nodes.add(Migrations.of(vertx, database, true).apply());
        }
        Future.all(nodes).await(60, SECONDS);
        assertThat(nodes.stream().flatMap(node -> node.result().stream())).containsExactlyElementsOf(Migrations.FILES);
    }

    @Test
    void aNodeThatDiedHalfWayLeavesWhatTheNextOneCompletes() throws Exception {
        apply();
        sql("DELETE FROM schema_migration");
        sql("DROP TABLE group_member");
        assertThat(apply()).isEqualTo(Migrations.FILES);
        assertThat(tables()).contains("group_member");
    }

    @Test
    void aFileThatChangedAfterItWasAppliedIsAnErrorThatNamesIt() throws Exception {
        apply();
        List<Migration> edited = List.of(new Migration("001_account.sql", "CREATE TABLE account (id INT);"));
        SchemaFault fault = fault(new Migrations(vertx, database, edited, Duration.ofSeconds(5)));
        assertThat(fault.reason()).isEqualTo(SchemaFault.Reason.CHANGED);
        assertThat(fault).hasMessageContaining("schema/001_account.sql");
    }

    @Test
    void aHeldLockIsWaitedForOnlySoLong() throws Exception {
        sql("SELECT GET_LOCK(CONCAT('parley-schema-', MD5(DATABASE())), 0)");
        SchemaFault fault =
                fault(new Migrations(vertx, database, List.of(Migration.read("002_group.sql")), Duration.ofSeconds(1)));
        assertThat(fault.reason()).isEqualTo(SchemaFault.Reason.LOCKED);
    }

    @Test
    void aFileThatFailsIsNotRecordedAndReleasesTheLock() throws Exception {
        List<Migration> broken = List.of(new Migration("001_x.sql", "CREATE TABLE x (id INT);\nNONSENSE;\n"));
        Migrations migrations = new Migrations(vertx, database, broken, Duration.ofSeconds(5));
        Future<List<String>> failed = migrations.apply();
        assertThat(catchThrowableOfType(Exception.class, () -> failed.await(30, SECONDS)))
                .hasMessageContaining("NONSENSE");
        assertThat(sql("SELECT * FROM schema_migration")).isEmpty();
        assertThat(apply()).isEqualTo(Migrations.FILES);
    }

    @Test
    void thePrintedSchemaRunByAPersonTwiceLeavesNothingToDo() throws Exception {
        Migration printed = new Migration("000_printed.sql", Migrations.print(true));
        for (int i = 0; i < 2; i++) {
            for (String statement : printed.statements()) {
                sql(statement);
            }
        }
        assertThat(apply()).isEmpty();
    }

    @Test
    void everySqlFileOfTheJarIsListed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/schema"))) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .isEqualTo(Migrations.FILES);
        }
    }

    private List<String> apply() throws Exception {
        return Migrations.of(vertx, database, true).apply().await(60, SECONDS);
    }

    private static SchemaFault fault(Migrations migrations) {
        return catchThrowableOfType(SchemaFault.class, () -> migrations.apply().await(30, SECONDS));
    }

    private List<String> tables() throws Exception {
        return sql("SHOW TABLES").stream().map(row -> row.getString(0)).toList();
    }

    private List<Row> sql(String statement) throws Exception {
        List<Row> rows = new ArrayList<>();
        connection.query(statement).execute().await(10, SECONDS).forEach(rows::add);
        return rows;
    }
}
