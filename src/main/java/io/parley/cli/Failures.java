package io.parley.cli;

import io.parley.auth.AccountFault;
import io.parley.auth.AccountFaults;
import io.parley.config.ConfigFaults;
import io.parley.config.Fault;
import io.parley.profile.ProfileFault;
import io.parley.protocol.Refusal;
import io.parley.schema.SchemaFault;
import io.parley.tls.CertificateFault;
import io.vertx.mysqlclient.MySQLException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The one place where a command's failure becomes a sentence and an exit code; a person never sees a stack trace. */
public final class Failures {

    private static final int NO_SUCH_TABLE = 1146;
    /** Of the C library, in whatever exception it comes: Netty has one of its own. */
    private static final String NO_MORE_FILES = "Too many open files";

    private static final Pattern MYSQL_WORDS = Pattern.compile("errorMessage=(.*), errorCode=");

    private final Messages messages;

    public Failures(Messages messages) {
        this.messages = messages;
    }

    /** An option or a command that does not exist, is missing, or has a value that cannot be. */
    public int wrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        if (arguments.length == 0) {
            command.usage(err, command.getColorScheme());
            return ExitCode.USAGE;
        }
        new WrongUsage(messages).lines(wrong, arguments).forEach(err::println);
        return ExitCode.USAGE;
    }

    /** What a command threw, or the future that it awaited failed with. */
    public int failed(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof ConfigFaults wrong) {
            err.println(messages.text("faults", wrong.faults().size()));
            wrong.faults().forEach(fault -> err.println("  " + PlainText.of(sentence(fault))));
            return ExitCode.USAGE;
        }
        if (failure instanceof AccountFaults wrong) {
            print(wrong, err);
            return ExitCode.SOFTWARE;
        }
        if (failure instanceof ProfileFault fault) {
            err.println(PlainText.of(sentence(fault)));
            return fault.problem() == ProfileFault.Problem.NOT_WRITTEN ? ExitCode.SOFTWARE : ExitCode.USAGE;
        }
        if (failure instanceof Output.Lost) {
            err.println(messages.text("output.lost"));
            return ExitCodes.OUTPUT;
        }
        err.println(PlainText.of(reason(failure)));
        // Made here, not in a field: the logging must not start before main has chosen its level.
        Logger log = LoggerFactory.getLogger(Failures.class);
        log.debug("command failed command={}", command.getCommandName(), failure);
        return ExitCode.SOFTWARE;
    }

    /** One line a fault; what stands in a file of somebody else's must not draw on the screen. */
    void print(AccountFaults wrong, PrintWriter err) {
        wrong.faults().forEach(fault -> err.println(PlainText.of(sentence(fault))));
        if (wrong.unlisted() > 0) {
            err.println(messages.text("account.unlisted", wrong.unlisted()));
        }
    }

    private String reason(Exception failure) {
        if (failure instanceof Refusal refusal) {
            return messages.text("refused", refusal.code().code(), refusal.detail());
        }
        if (failure instanceof SchemaFault wrong) {
            return messages.text("schema." + wrong.reason(), wrong.detail());
        }
        if (failure instanceof CertificateFault wrong) {
            return messages.text("certificate." + wrong.problem(), wrong.file(), wrong.detail());
        }
        if (failure instanceof MySQLException said) {
            return said.getErrorCode() == NO_SUCH_TABLE
                    ? messages.text("mysql.no_tables")
                    : messages.text("mysql.says", said.getErrorCode(), words(said));
        }
        if (failure instanceof ConnectException || failure instanceof UnknownHostException) {
            return messages.text("mysql.away", failure.getMessage());
        }
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return text.contains(NO_MORE_FILES)
                ? messages.text("files.too_many")
                : messages.text("failed", text.lines().findFirst().orElse(""));
    }

    /** What the server said; the exception wraps it into a record of its fields. */
    private static String words(MySQLException said) {
        Matcher words = MYSQL_WORDS.matcher(said.getMessage());
        return words.find() ? words.group(1) : said.getMessage();
    }

    private String sentence(ProfileFault fault) {
        return messages.text(
                "profile." + fault.problem(),
                PlainText.of(fault.file().toString()),
                PlainText.of(fault.field()),
                PlainText.of(fault.detail()));
    }

    private String sentence(AccountFault fault) {
        String text = messages.text("account." + fault.reason(), fault.detail());
        return fault.line() == 0 ? text : messages.text("account.line", fault.line(), text);
    }

    private String sentence(Fault fault) {
        String key = fault.origin().isEmpty() ? fault.key() : fault.key() + " (" + fault.origin() + ")";
        String variant =
                fault.problem() == Fault.Problem.UNKNOWN && fault.detail().isEmpty()
                                || fault.problem() == Fault.Problem.WRONG
                                        && fault.found().isEmpty()
                        ? ".bare"
                        : "";
        return messages.text("fault." + fault.problem() + variant, key, fault.found(), fault.detail());
    }
}
