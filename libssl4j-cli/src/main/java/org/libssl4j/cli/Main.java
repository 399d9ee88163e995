// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code libssl4j}: its commands have the names and options of OpenSSL's. Exit status 0 says that what was asked for happened; otherwise one line says why not. */
@Command(
        name = "libssl4j",
        description = "TLS by libssl4j, with the commands and options of openssl(1).",
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private static final int FAILED = 1;

    private Main() {}

    /**
     * Runs one command and ends the process.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        int status = run(args, Terminal.ofProcess());
        System.exit(status); // threads that wait for input cannot be ended otherwise
    }

    /** Runs one command; its exit status. */
    static int run(String[] args, Terminal terminal) {
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF); // nothing on the stream for errors but our own
        CommandLine root = new CommandLine(new Main())
                .addSubcommand(new SClient(terminal))
                .addSubcommand(new SServer(terminal))
                .addSubcommand(new Ciphers(terminal))
                .addSubcommand(new SessId(terminal))
                .addSubcommand(new Demo(terminal))
                .addSubcommand(new Version(terminal));
        root.setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpLongOptionsMaxWidth(24)
                .setUsageHelpWidth(100);
        root.setParameterExceptionHandler((e, a) -> misused(e, terminal));
        root.setExecutionExceptionHandler((e, command, parsed) -> failed(e, parsed, terminal));
        if (args.length == 0) {
            terminal.note(commands(root));
            return FAILED;
        }
        if (args.length == 1 && args[0].toLowerCase(Locale.ROOT).matches("-{0,2}help|-h")) {
            terminal.line(root.getUsageMessage(Help.Ansi.OFF).stripTrailing());
            return 0;
        }
        return executed(root, args, terminal);
    }

    private static int executed(CommandLine root, String[] args, Terminal terminal) {
        if (!root.getSubcommands().containsKey(args[0])) {
            terminal.note("libssl4j: Invalid command '" + args[0] + "'; " + commands(root));
            return FAILED;
        }
        CommandLine command = root.getSubcommands().get(args[0]);
        for (int i = 1; i < args.length; i++) {
            if (args[i].matches("--?help|-h")) {
                command.setSeparator(" "); // how people write it; "=" is understood as well
                terminal.line(command.getUsageMessage(Help.Ansi.OFF).stripTrailing());
                return 0;
            }
        }
        return root.execute(args);
    }

    private static String commands(CommandLine root) {
        return "usage: libssl4j COMMAND [OPTIONS], where COMMAND is one of "
                + String.join(", ", root.getSubcommands().keySet()) + "; -help after it lists its options";
    }

    private static int misused(ParameterException e, Terminal terminal) {
        String name = e.getCommandLine().getCommandName();
        String what = e.getMessage();
        if (e instanceof UnmatchedArgumentException) {
            String argument = ((UnmatchedArgumentException) e).getUnmatched().get(0);
            what = (argument.startsWith("-") ? "Unknown option: " : "Extra argument: ") + argument;
        }
        terminal.note(name + ": " + oneLine(what) + " ('libssl4j " + name + " -help' lists the options)");
        return FAILED;
    }

    private static int failed(Exception e, ParseResult parsed, Terminal terminal) {
        ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        boolean expected = e instanceof Failure || e instanceof IOException;
        String what = expected || e instanceof UncheckedIOException ? Failure.text(e) : "internal error: " + e;
        terminal.note(command.commandSpec().name() + ": " + oneLine(what));
        if (command.hasMatchedOption("-debug-trace")) {
            e.printStackTrace(terminal.err());
        }
        return FAILED;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
