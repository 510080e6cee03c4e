package io.parley.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import io.parley.profile.ProfileFault.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {

    private static final Profile HOME =
            new Profile("home", "chat.example.com", 7443, Path.of("/etc/ca.crt"), "10001", null);

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("config").resolve("parley");
    }

    private Profiles profiles() {
        return new Profiles(directory());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private Problem problem(Runnable action) {
        ProfileFault fault = catchThrowableOfType(ProfileFault.class, action::run);
        assertThat(fault).isNotNull();
        return fault.problem();
    }

    @Test
    void whatIsSavedIsFoundAgainAndOnlyItsOwnerMayReadIt() throws IOException {
        Profile kept = profiles().save(HOME, "t1");
        assertThat(profiles().find("home")).contains(kept);
        assertThat(profiles().token(kept)).contains("t1");
        assertThat(permissions(directory())).isEqualTo("rwx------");
        assertThat(permissions(directory().getParent())).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory())) {
            for (Path file : files.toList()) {
                assertThat(permissions(file)).as(file.toString()).isEqualTo("rw-------");
            }
        }
        assertThat(Files.readString(profiles().file()))
                .contains("\"tokenFile\" : \"home.token\"")
                .doesNotContain("t1");
    }

    @Test
    void savingAgainReplacesTheTokenAndKeepsTheOtherProfiles() throws IOException {
        profiles().save(HOME, "t1");
        Profile other = profiles().save(new Profile("work", "w", 1, null, "2", null), "t2");
        Profile kept = profiles().save(HOME, "t3");
        assertThat(profiles().token(kept)).contains("t3");
        assertThat(profiles().token(other)).contains("t2");
        assertThat(Files.list(directory()).map(each -> each.getFileName().toString()))
                .containsExactlyInAnyOrder("profiles.json", "home.token", "work.token", ".lock");
    }

    @Test
    void aForgottenTokenIsGoneAndTheProfileStays() {
        Profile kept = profiles().save(HOME, "t1");
        assertThat(profiles().forget(kept)).isTrue();
        assertThat(profiles().token(kept)).isEmpty();
        assertThat(profiles().forget(kept)).isFalse();
        assertThat(profiles().find("home")).contains(kept);
    }

    @Test
    void withoutADirectoryThereIsNoProfileAndNothingIsMade() {
        assertThat(profiles().find("default")).isEmpty();
        assertThat(problem(() -> profiles().require("work"))).isEqualTo(Problem.NO_PROFILE);
        assertThat(directory()).doesNotExist();
    }

    @Test
    void aMissingProfileIsAnsweredWithTheOnesThatThereAre() {
        profiles().save(HOME, "t1");
        ProfileFault fault =
                catchThrowableOfType(ProfileFault.class, () -> profiles().require("hoem"));
        assertThat(fault.field()).isEqualTo("hoem");
        assertThat(fault.detail()).isEqualTo("home");
    }

    @Test
    void aDirectoryThatOthersMayChangeIsNotBelievedAndClosedToThemByTheNextLogin() throws IOException {
        profiles().save(HOME, "t1");
        permit(directory(), "rwxrwx---");
        assertThat(problem(() -> profiles().find("home"))).isEqualTo(Problem.WRITABLE);
        profiles().save(HOME, "t2");
        assertThat(permissions(directory())).isEqualTo("rwx------");
        assertThat(profiles().find("home")).isPresent();
    }

    @Test
    void aTokenThatOthersMayReadAndProfilesThatOthersMayChangeAreNotUsed() throws IOException {
        Profile kept = profiles().save(HOME, "t1");
        permit(kept.tokenFile(), "rw-r-----");
        assertThat(problem(() -> profiles().token(kept))).isEqualTo(Problem.READABLE);
        permit(profiles().file(), "rw-rw-r--");
        assertThat(problem(() -> profiles().find("home"))).isEqualTo(Problem.WRITABLE);
        permit(profiles().file(), "rw-r--r--");
        assertThat(profiles().find("home")).isPresent();
    }

    @Test
    void aTokenReplacesALinkInsteadOfFollowingIt() throws IOException {
        Path target = Files.writeString(temporary.resolve("published.html"), "old");
        Profile kept = profiles().save(HOME, "t1");
        Files.delete(kept.tokenFile());
        Files.createSymbolicLink(kept.tokenFile(), target);
        profiles().save(HOME, "t2");
        assertThat(Files.readString(target)).isEqualTo("old");
        assertThat(Files.isSymbolicLink(kept.tokenFile())).isFalse();
        assertThat(profiles().token(kept)).contains("t2");
    }

    @Test
    void aLinkOfOnesOwnToTheDirectoryIsFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("dotfiles"));
        Files.createDirectories(directory().getParent());
        Files.createSymbolicLink(directory(), elsewhere);
        profiles().save(HOME, "t1");
        assertThat(elsewhere.resolve("home.token")).exists();
    }

    /** Needs root, to make what belongs to somebody else; the other tests run for anybody. */
    @Test
    void whatSomebodyElseMadeIsNotUsed() throws IOException {
        assumeTrue(new UnixSystem().getUid() == 0, "runs as root");
        var nobody = temporary.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("65534");
        Path elsewhere = Files.createDirectory(temporary.resolve("mine"));
        Files.createDirectories(directory().getParent());
        Files.createSymbolicLink(directory(), elsewhere);
        Files.getFileAttributeView(
                        directory(), java.nio.file.attribute.FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setOwner(nobody);
        assertThat(problem(() -> profiles().save(HOME, "t1"))).isEqualTo(Problem.FOREIGN);
        assertThat(elsewhere).isEmptyDirectory();
        Files.delete(directory());

        Files.createDirectory(directory());
        Files.setOwner(directory(), nobody);
        assertThat(problem(() -> profiles().save(HOME, "t1"))).isEqualTo(Problem.FOREIGN);
        assertThat(problem(() -> profiles().find("home"))).isEqualTo(Problem.FOREIGN);
        assertThat(directory()).isEmptyDirectory();
        Files.delete(directory());

        Profile kept = profiles().save(HOME, "t1");
        Files.setOwner(kept.tokenFile(), nobody);
        assertThat(problem(() -> profiles().token(kept))).isEqualTo(Problem.FOREIGN);
    }

    @Test
    void aFileInTheWayOrALinkToNothingIsNamed() throws IOException {
        Files.createDirectories(directory().getParent());
        Files.writeString(directory(), "a file");
        assertThat(problem(() -> profiles().find("home"))).isEqualTo(Problem.UNREADABLE);
        assertThat(problem(() -> profiles().save(HOME, "t1"))).isEqualTo(Problem.UNREADABLE);
        Files.delete(directory());
        Files.createSymbolicLink(directory(), temporary.resolve("nowhere"));
        assertThat(problem(() -> profiles().save(HOME, "t1"))).isEqualTo(Problem.UNREADABLE);
        assertThat(temporary.resolve("nowhere")).doesNotExist();
    }

    @Test
    void neitherAnEndlessNorAStrangeFileIsRead() throws IOException {
        Profile kept = profiles().save(HOME, "t1");
        Files.writeString(kept.tokenFile(), "x".repeat(Profiles.MAX_TOKEN_BYTES + 1));
        assertThat(problem(() -> profiles().token(kept))).isEqualTo(Problem.TOO_LARGE);
        Files.writeString(profiles().file(), " ".repeat(Profiles.MAX_BYTES + 1));
        assertThat(problem(() -> profiles().find("home"))).isEqualTo(Problem.TOO_LARGE);
        Files.delete(profiles().file());
        Files.createSymbolicLink(profiles().file(), Path.of("/dev/zero"));
        assertThat(problem(() -> profiles().find("home"))).isEqualTo(Problem.UNREADABLE);
        Files.delete(profiles().file());
    }

    @Test
    void aTokenElsewhereIsReadButNotDeleted() throws IOException {
        Path elsewhere = Files.writeString(temporary.resolve("app.jwt"), "t9\n");
        Profile profile = new Profile("home", "h", 1, null, "u", elsewhere);
        assertThat(profiles().token(profile)).contains("t9");
        assertThat(problem(() -> profiles().forget(profile))).isEqualTo(Problem.NOT_OURS);
        assertThat(elsewhere).exists();
    }

    @Test
    void aBrokenFileIsNotOverwritten() throws IOException {
        profiles().save(HOME, "t1");
        Files.writeString(profiles().file(), "{\"home\": ");
        assertThat(problem(() -> profiles().save(HOME, "t2"))).isEqualTo(Problem.SYNTAX);
        assertThat(Files.readString(profiles().file())).isEqualTo("{\"home\": ");
    }

    /** Saves many profiles, whose names begin with the second argument. */
    static final class Saver {
        static final int PROFILES = 15;

        public static void main(String[] arguments) {
            for (int i = 0; i < PROFILES; i++) {
                new Profiles(Path.of(arguments[0]))
                        .save(new Profile(arguments[1] + i, "h", 1, null, "u", null), arguments[1] + i);
            }
        }
    }

    @Test
    void loginsAtTheSameTimeLoseNothing() throws Exception {
        List<Process> savers = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            savers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Saver.class.getName(),
                            directory().toString(),
                            name)
                    .inheritIO()
                    .start());
        }
        for (Process saver : savers) {
            assertThat(saver.waitFor()).isZero();
        }
        for (int i = 0; i < Saver.PROFILES; i++) {
            for (String name : List.of("a" + i, "b" + i, "c" + i)) {
                assertThat(profiles().token(profiles().require(name))).contains(name);
            }
        }
    }

    @Test
    void theDirectoryIsWhereTheSpecificationOfXdgSays() {
        assertThat(Profiles.ofThisUser(Map.of("XDG_CONFIG_HOME", "/x", "HOME", "/h"))
                        .file())
                .isEqualTo(Path.of("/x/parley/profiles.json"));
        assertThat(Profiles.ofThisUser(Map.of("XDG_CONFIG_HOME", "relative", "HOME", "/h"))
                        .file())
                .isEqualTo(Path.of("/h/.config/parley/profiles.json"));
        assertThat(Profiles.ofThisUser(Map.of("HOME", "/h")).file())
                .isEqualTo(Path.of("/h/.config/parley/profiles.json"));
    }
}
