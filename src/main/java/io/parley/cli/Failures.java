package io.parley.cli;

import io.parley.auth.AccountFault;
import io.parley.auth.AccountFaults;
import io.parley.config.ConfigFaults;
import io.parley.config.Fault;
import io.parley.profile.ProfileFault;
import io.parley.protocol.Refusal;
import io.parley.schema.SchemaFault;
import io.parley.tls.CertificateFault;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where a command's failure becomes a sentence and an exit code; a person never sees a stack trace. */
public final class Failures {

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
        err.println(command.getColorScheme().errorText(wrong.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println(messages.text("usage.help", command.getCommandSpec().qualifiedName()));
        }
        return ExitCode.USAGE;
    }

    /** What a command threw, or the future that it awaited failed with. */
    public int failed(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof ConfigFaults wrong) {
            err.println(heading(command, messages.text("faults", wrong.faults().size())));
            wrong.faults().forEach(fault -> err.println("  " + sentence(fault)));
            return ExitCode.USAGE;
        }
        if (failure instanceof AccountFaults wrong) {
            wrong.faults().forEach(fault -> err.println(heading(command, sentence(fault))));
            return ExitCode.SOFTWARE;
        }
        if (failure instanceof ProfileFault fault) {
            err.println(heading(command, sentence(fault)));
            return fault.problem() == ProfileFault.Problem.NOT_WRITTEN ? ExitCode.SOFTWARE : ExitCode.USAGE;
        }
        if (failure instanceof Output.Lost) {
            err.println(heading(command, messages.text("output.lost")));
            return ExitCodes.OUTPUT;
        }
        err.println(heading(command, reason(failure)));
        // Made here, not in a field: the logging must not start before main has chosen its level.
        Logger log = LoggerFactory.getLogger(Failures.class);
        log.debug("command failed command={}", command.getCommandName(), failure);
        return ExitCode.SOFTWARE;
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
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return messages.text("failed", text.lines().findFirst().orElse(""));
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

    private static String heading(CommandLine command, String text) {
        Ansi ansi = command.getColorScheme().ansi();
        return ansi.new Text(text, command.getColorScheme()).toString();
    }
}
