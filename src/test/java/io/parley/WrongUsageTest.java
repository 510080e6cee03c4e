package io.parley;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.cli.Messages;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What somebody reads who typed something wrong, line by line; the exit code is always 2. */
class WrongUsageTest {

    @Test
    void aMisspeltCommandNamesTheNearest() {
        assertThat(said("chekc"))
                .containsExactly("'parley' has no command chekc.", "Did you mean check?", "Try 'parley --help'.");
        assertThat(said("account", "lits"))
                .containsExactly(
                        "'parley account' has no command lits.", "Did you mean list?", "Try 'parley account --help'.");
        assertThat(said("help", "account", "improt"))
                .containsExactly(
                        "'parley account' has no command improt.",
                        "Did you mean import?",
                        "Try 'parley account --help'.");
    }

    @Test
    void aCommandLikeNoneListsThemAll() {
        assertThat(said("frobnicate").get(1)).startsWith("It has: ").contains("serve, ", "account, ");
        assertThat(said("x").get(1)).as("everything is near to one letter").startsWith("It has: ");
    }

    @Test
    void aMisspeltOptionNamesTheNearestAndComesBeforeWhatItLeavesMissing() {
        assertThat(said("check", "--conf", "x", "--origin"))
                .containsExactly(
                        "'parley check' has no option --origin.",
                        "Did you mean --origins?",
                        "Try 'parley check --help'.");
        assertThat(said("check", "--cnof", "x").get(1)).isEqualTo("Did you mean --conf?");
        assertThat(said("account", "add", "ann", "--name", "Ann", "--passwordfile", "x")
                        .get(1))
                .isEqualTo("Did you mean --password-file?");
    }

    @Test
    void anOptionBeforeItsCommandIsToldWhereItBelongs() {
        assertThat(said("--origins", "check").get(1))
                .isEqualTo("--origins belongs after a command that takes it: check");
    }

    /** It may be a password, or draw on the screen. */
    @Test
    void whatStandsInAnUnknownOptionIsNotRepeated() {
        assertThat(said("token", "--secrte=hunter2", "--conf", "x"))
                .noneMatch(line -> line.contains("hunter2"))
                .first()
                .isEqualTo("'parley token' has no option --secrte.");
        assertThat(said("\u001b[2J" + "x".repeat(1_000)).get(0))
                .isEqualTo("'parley' has no command ␛[2J" + "x".repeat(36) + "….");
    }

    @Test
    void whatIsMissingTwiceTooMuchOrNoValueIsNamed() {
        assertThat(said("check").get(0)).isEqualTo("Missing: --conf FILE");
        assertThat(said("account", "passwd").get(0)).isEqualTo("Missing: --conf FILE, UID");
        assertThat(said("send", "hello").get(0))
                .isEqualTo("Missing: one of --to UID, --group ID, --room NAME, --broadcast");
        assertThat(said("check", "--conf").get(0)).isEqualTo("Missing: --conf FILE");
        assertThat(said("check", "--conf", "a", "--conf", "b").get(0)).isEqualTo("--conf stands there twice.");
        assertThat(said("check", "--conf", "a", "b").get(0))
                .isEqualTo("b is one argument too many for 'parley check'.");
        assertThat(said("check", "--conf", "a", "--json", "--origins").get(0))
                .isEqualTo("Give only one of --json, --origins.");
        assertThat(said("dev", "--port-offset", "many").get(0)).isEqualTo("many is not a value for --port-offset.");
    }

    @Test
    void allOfItIsSaidInChinese() {
        assertThat(said(Locale.CHINESE, "chekc"))
                .containsExactly("'parley' 没有命令 chekc。", "是不是 check？", "请看 'parley --help'。");
        assertThat(said(Locale.CHINESE, "check", "--cnof", "x"))
                .containsExactly("'parley check' 没有选项 --cnof。", "是不是 --conf？", "请看 'parley check --help'。");
        assertThat(said(Locale.CHINESE, "check").get(0)).isEqualTo("缺少：--conf FILE");
        assertThat(said(Locale.CHINESE, "check", "--conf", "a", "--conf", "b").get(0))
                .isEqualTo("--conf 出现了两次。");
        assertThat(said(Locale.CHINESE, "dev", "--port-offset", "many").get(0))
                .isEqualTo("many 不能作为 --port-offset 的值。");
    }

    private static List<String> said(String... arguments) {
        return said(Locale.ENGLISH, arguments);
    }

    private static List<String> said(Locale locale, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Parley.run(new PrintWriter(out), new PrintWriter(err), Messages.of(locale), arguments);
        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        return err.toString().lines().toList();
    }
}
