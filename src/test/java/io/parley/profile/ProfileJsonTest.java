package io.parley.profile;

import static io.parley.testkit.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.profile.ProfileFault.Problem;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileJsonTest {

    private static final Path FILE = Path.of("/home/ann/.config/parley/profiles.json");
    private static final String WHOLE = """
            {"default": {"host": "chat.example.com", "port": 7443, "ca": "ca.crt", "user": "10001",
                         "tokenFile": "/run/token"}}
            """;

    private final ProfileJson json = new ProfileJson(FILE);

    @Test
    void relativePathsStartAtTheFile() {
        assertThat(json.read(WHOLE).get("default"))
                .isEqualTo(new Profile(
                        "default",
                        "chat.example.com",
                        7443,
                        Path.of("/home/ann/.config/parley/ca.crt"),
                        "10001",
                        Path.of("/run/token")));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Map<String, Profile> profiles = json.read(WHOLE);
        assertThat(json.read(json.write(profiles))).isEqualTo(profiles);
        assertThat(json.read("{\"x\": {}}")).isEqualTo(Map.of("x", Profile.empty("x")));
    }

    /** What is wrong, and the field that the sentence must name. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            {"default": {"port": 70000}},                  WRONG,         default.port
            {"default": {"port": "7443"}},                 WRONG,         default.port
            {"default": {"port": 1e99}},                   WRONG,         default.port
            {"default": {"port": null}},                   WRONG,         default.port
            {"default": {"host": "a b"}},                  WRONG,         default.host
            {"default": {"host": "\\u001b[2J"}},           WRONG,         default.host
            {"default": {"user": "a b"}},                  WRONG,         default.user
            {"default": {"ca": ["x"]}},                    WRONG,         default.ca
            {"default": {"ca": "a\\u0000b"}},              WRONG,         default.ca
            {"default": {"tokenFile": ""}},                WRONG,         default.tokenFile
            {"default": []},                               WRONG,         default
            {"../x": {}},                                  WRONG,         ../x
            {"default": {"hots": "x"}},                    UNKNOWN_FIELD, default.hots
            {"default": {"host\\n": "x"}},                 UNKNOWN_FIELD, `default.host
            `
            {"default": {"password": "hunter2"}},          SECRET,        default.password
            {"default": {"token": "hunter2"}},             SECRET,        default.token
            """)
    void aFaultNamesItsField(String text, Problem problem, String field) {
        ProfileFault fault = catchThrowableOfType(ProfileFault.class, () -> json.read(text.replace(';', ',')));
        assertThat(fault.problem()).isEqualTo(problem);
        assertThat(fault.field()).isEqualTo(field);
        assertThat(fault.file()).isEqualTo(FILE);
        assertThat(fault.getMessage() + fault.detail()).doesNotContain("hunter2");
    }

    @Test
    void whatIsNotJsonIsNamedByItsPlace() {
        assertThat(fault("{\n \"default\": {\"host\" \"x\"}}").detail()).startsWith("2:");
        assertThat(fault("").problem()).isEqualTo(Problem.SYNTAX);
        assertThat(fault("[]").problem()).isEqualTo(Problem.SYNTAX);
        assertThat(fault("{\"a\":".repeat(5_000)).problem()).isEqualTo(Problem.SYNTAX);
    }

    /** Bytes of the whole changed, cut and doubled at random: profiles or a fault, nothing else. */
    @Test
    void whateverTheFileHoldsNothingElseIsThrown() {
        forAll(2_000, random -> {
            StringBuilder text = new StringBuilder(WHOLE);
            for (int i = random.nextInt(6); i >= 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(20)));
                    default -> text.insert(at, WHOLE, random.nextInt(20), 20 + random.nextInt(60));
                }
            }
            Throwable thrown = catchThrowable(() -> json.read(text.toString()));
            assertThat(thrown == null || thrown instanceof ProfileFault)
                    .as(text + " " + thrown)
                    .isTrue();
        });
    }

    private ProfileFault fault(String text) {
        return catchThrowableOfType(ProfileFault.class, () -> json.read(text));
    }
}
