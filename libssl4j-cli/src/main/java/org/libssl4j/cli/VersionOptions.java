// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.EnumSet;
import java.util.Set;
import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import org.libssl4j.iana.ProtocolVersion;
import picocli.CommandLine.Option;

/** Which versions of TLS are spoken: one alone, or all but some, as {@code openssl s_client} has it. TLS 1.0 and 1.1 need security level 0 besides. */
final class VersionOptions {
    @Option(names = "-tls1", description = "TLS 1.0 alone.")
    private boolean tls1;

    @Option(names = "-tls1_1", description = "TLS 1.1 alone.")
    private boolean tls11;

    @Option(names = "-tls1_2", description = "TLS 1.2 alone.")
    private boolean tls12;

    @Option(names = "-tls1_3", description = "TLS 1.3 alone.")
    private boolean tls13;

    @Option(names = "-no_tls1", description = "Not TLS 1.0.")
    private boolean noTls1;

    @Option(names = "-no_tls1_1", description = "Not TLS 1.1.")
    private boolean noTls11;

    @Option(names = "-no_tls1_2", description = "Not TLS 1.2.")
    private boolean noTls12;

    @Option(names = "-no_tls1_3", description = "Not TLS 1.3.")
    private boolean noTls13;

    void apply(SslCtx ctx) {
        ProtocolVersion only = tls1
                ? ProtocolVersion.TLS1_0
                : tls11
                        ? ProtocolVersion.TLS1_1
                        : tls12 ? ProtocolVersion.TLS1_2 : tls13 ? ProtocolVersion.TLS1_3 : null;
        if (only != null) {
            ctx.setMinProtoVersion(only);
            ctx.setMaxProtoVersion(only);
        }
        Set<SslOption> off = EnumSet.noneOf(SslOption.class);
        add(off, noTls1, SslOption.NO_TLSV1);
        add(off, noTls11, SslOption.NO_TLSV1_1);
        add(off, noTls12, SslOption.NO_TLSV1_2);
        add(off, noTls13, SslOption.NO_TLSV1_3);
        ctx.setOptions(off.toArray(SslOption[]::new));
    }

    private static void add(Set<SslOption> off, boolean given, SslOption option) {
        if (given) {
            off.add(option);
        }
    }
}
