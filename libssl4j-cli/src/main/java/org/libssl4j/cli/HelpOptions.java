// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import picocli.CommandLine.Option;

/** The options that every command has. */
final class HelpOptions {
    @Option(
            names = {"-help", "-h"},
            usageHelp = true,
            description = "Prints this.")
    boolean help;

    @Option(names = "-debug-trace", hidden = true, description = "Prints where an error came from.")
    boolean debugTrace;
}
