// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import picocli.CommandLine.Option;

/** Which versions of TLS are meant. There is one, so nothing is left to choose. */
final class VersionOptions {
    @Option(names = "-tls1_3", description = "TLS 1.3 alone, which is all there is.")
    boolean tls13;
}
