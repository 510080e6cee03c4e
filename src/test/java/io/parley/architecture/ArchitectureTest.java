package io.parley.architecture;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. The table is the architecture: a new package gets a line, and its line says what it is for. */
class ArchitectureTest {

    /**
     * Our package | ours that it may import | libraries (package prefixes). Java and SLF4J are for everyone but the
     * pure ones.
     */
    private static final String TABLE = """
            protocol |                                      |
            config   | protocol                             | vertx vertx-config jackson
            session  | protocol config                      |
            codec    | protocol                             | buffer jackson
            bus      | protocol                             | vertx slf4j
            cluster  | bus config protocol                  | vertx hazelcast slf4j
            redis    | protocol config                      | vertx redis slf4j
            mysql    | protocol config                      | vertx sql slf4j
            mailbox  | redis metrics protocol config        | vertx redis slf4j
            tls      | config                               | vertx netty slf4j
            gateway  | tls session codec mailbox redis bus metrics config protocol | vertx netty slf4j
            delivery | mailbox redis bus metrics config protocol | vertx caffeine slf4j
            room     | bus metrics protocol                 | vertx slf4j
            auth | mysql redis bus metrics config protocol | vertx sql redis vertx-auth netty password4j caffeine slf4j
            group    | mysql bus config protocol            | vertx sql caffeine slf4j
            schema   | mysql config                         | vertx sql slf4j
            metrics  | protocol                             | vertx micrometer
            admin    | metrics bus config protocol          | vertx netty slf4j
            client   | codec protocol                       | vertx netty slf4j
            bench    | client codec protocol                | vertx hdrhistogram slf4j
            profile  | protocol                             | buffer jackson unix
            script   | cli client protocol                  | vertx picocli
            dev      | *                                    | *
            cli      | *                                    | *
            """;

    private static final Map<String, String> LIBRARIES = Map.ofEntries(
            entry("vertx", "io.vertx.core.."),
            entry("micrometer", "io.micrometer.. io.vertx.micrometer.."),
            entry("vertx-config", "io.vertx.config.."),
            entry("buffer", "io.vertx.core.buffer.. io.vertx.core.json.. io.vertx.core.parsetools.. io.vertx.core"),
            entry("jackson", "com.fasterxml.jackson.core.."),
            entry("redis", "io.vertx.redis.."),
            entry("sql", "io.vertx.sqlclient.. io.vertx.mysqlclient.."),
            entry("vertx-auth", "io.vertx.ext.auth.."),
            entry("netty", "io.netty.."),
            entry("hazelcast", "com.hazelcast.. io.vertx.spi.cluster.hazelcast.."),
            entry("hdrhistogram", "org.HdrHistogram.."),
            entry("caffeine", "com.github.benmanes.caffeine.."),
            entry("password4j", "com.password4j.."),
            entry("picocli", "picocli.."),
            entry("unix", "com.sun.security.auth.module.."),
            entry("slf4j", "org.slf4j.."));

    private static final JavaClasses PARLEY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.parley");

    private record Row(String name, String ours, String libraries) {
        String pattern() {
            return "io.parley." + name + "..";
        }

        /** Java, itself, and what its line names. */
        String[] allowed() {
            Stream<String> own = words(ours).map(each -> "io.parley." + each + "..");
            Stream<String> foreign = words(libraries).flatMap(each -> words(LIBRARIES.get(each)));
            return Stream.of(Stream.of("java..", "javax..", pattern()), own, foreign)
                    .flatMap(each -> each)
                    .toArray(String[]::new);
        }
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" +")).filter(each -> !each.isEmpty());
    }

    private static Stream<Row> table() {
        return TABLE.lines()
                .map(line -> line.split("\\|", -1))
                .map(cells -> new Row(cells[0].strip(), cells[1].strip(), cells[2].strip()));
    }

    private static Stream<Row> boundRows() {
        return table().filter(row -> !row.ours().equals("*"));
    }

    /** The first level below io.parley that a class is in; empty for {@code Parley} and {@code Node}, which may all. */
    private static String packageOf(JavaClass type) {
        String below = type.getPackageName().substring("io.parley".length());
        return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
    }

    @Test
    void everyPackageHasALineAndEveryLineAPackage() {
        Set<String> packages = PARLEY.stream().map(ArchitectureTest::packageOf).collect(Collectors.toSet());
        packages.remove("");
        assertThat(packages).isEqualTo(table().map(Row::name).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("boundRows")
    void aPackageImportsOnlyWhatItsLineNames(Row row) {
        classes()
                .that()
                .resideInAPackage(row.pattern())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(row.allowed())
                .check(PARLEY);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.parley.(*)..").should().beFreeOfCycles().check(PARLEY);
    }

    @Test
    void verticlesMeetOnTheBusOnly() {
        slices().matching("io.parley.(gateway|auth|delivery|room|group|admin)..")
                .should()
                .notDependOnEachOther()
                .check(PARLEY);
    }

    @Test
    void nobodyButTheEntryDependsOnTheRoot() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.parley", "io.parley.cli..", "io.parley.dev..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.parley")
                .check(PARLEY);
    }

    /** Waiting is for threads of people's commands; on an event loop it stops every connection of that loop. */
    @Test
    void onlyCommandsWait() {
        DescribedPredicate<JavaAccess<?>> waiting = DescribedPredicate.describe("wait", access -> {
            String name = access.getName();
            JavaClass owner = access.getTargetOwner();
            return owner.isAssignableTo("io.vertx.core.Future") && name.equals("await")
                    || owner.isAssignableTo(CompletableFuture.class)
                            && Set.of("join", "get").contains(name)
                    || owner.isAssignableTo("java.util.concurrent.Future") && name.equals("get")
                    || owner.isAssignableTo(java.util.concurrent.CountDownLatch.class) && name.equals("await")
                    || owner.isEquivalentTo(Thread.class)
                            && Set.of("sleep", "join").contains(name);
        });
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.parley", "io.parley.cli..", "io.parley.client..", "io.parley.dev..", "io.parley.script..")
                .should()
                .accessTargetWhere(waiting)
                .check(PARLEY);
    }

    /**
     * One event loop owns a thing there: what another thread may touch is a message. {@link TidyTest} looks for locks.
     */
    @Test
    void whatAnEventLoopOwnsIsNotMadeForThreads() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.parley.gateway..", "io.parley.session..", "io.parley.delivery..", "io.parley.room..")
                .should()
                .dependOnClassesThat(nameMatching(
                        "java\\.util\\.concurrent\\..*(atomic|locks|Concurrent|CopyOnWrite|Queue|Executor|Latch).*"))
                .check(PARLEY);
    }
}
