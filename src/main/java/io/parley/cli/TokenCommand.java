package io.parley.cli;

import io.parley.config.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley token}: prints a token with which its holder may log in as an account, without a password. */
@Command(
        name = "token",
        description = {
            "Print a token that logs in as an account until it expires.",
            "Whoever has it is that account: keep it in a file that only its owner can read."
        },
        footer = {
            "",
            "Examples:",
            "  (umask 077; parley token --user ann --conf conf/parley.json > ann.token)",
            "  parley token --user ann --ttl 1h --conf conf/parley.json",
            "",
            "Exit codes: 0 printed, 1 not made, 2 wrong usage or configuration."
        })
public final class TokenCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AccountStore store;

    @Option(names = "--user", required = true, paramLabel = "UID", description = "The user id.")
    private String user;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "Its life, for example 15m or 1h; default and longest: auth.token.ttl.")
    private String ttl;

    @Override
    public Integer call() {
        Duration asked = ttl == null
                ? null
                : Units.duration(ttl).filter(life -> !life.isZero()).orElseThrow(this::wrongTtl);
        Duration life = asked == null ? store.config().auth().token().ttl() : asked;
        String token = store.with(admin -> admin.token(user, life));
        spec.commandLine().getOut().println(token);
        String until = Moment.text(Instant.now().plus(life));
        spec.commandLine().getErr().println(Messages.of(spec).text("token.until", PlainText.of(user), until));
        return ExitCode.OK;
    }

    private ParameterException wrongTtl() {
        return new ParameterException(spec.commandLine(), Messages.of(spec).text("token.ttl", ttl));
    }
}
