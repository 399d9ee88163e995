// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists cipher suites as openssl-ciphers(1) does: what there is, or what a list means. */
@Command(name = "ciphers", description = "Lists cipher suites in the order of preference.", sortOptions = false)
final class Ciphers implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "-v", description = "A suite a line: version, key exchange, authentication, cipher, MAC.")
    private boolean verbose;

    @Option(names = "-V", description = "As -v, with the numbers on the wire.")
    private boolean numbers;

    @Option(names = "-stdname", description = "As -v, with the standard names before.")
    private boolean standardNames;

    @Option(names = "-s", description = "Only what can be used with the versions and the security level.")
    private boolean supported;

    @Option(names = "-psk", description = "With -s: also what needs a pre-shared key.")
    private boolean psk;

    @Option(names = "-tls1", description = "With -s: what can be used with TLS 1.0.")
    private boolean tls1;

    @Option(names = "-tls1_1", description = "With -s: what can be used with TLS 1.1.")
    private boolean tls11;

    @Option(names = "-tls1_2", description = "With -s: what can be used with TLS 1.2.")
    private boolean tls12;

    @Option(names = "-tls1_3", description = "With -s: what can be used with TLS 1.3.")
    private boolean tls13;

    @Parameters(paramLabel = "STRING", arity = "0..1", description = "Cipher string for TLS 1.2 and before.")
    private String string;

    @Option(
            names = "-ciphersuites",
            paramLabel = "LIST",
            description = "What is to be listed: cipher suites, separated by colons.")
    private String ciphersuites;

    @Option(names = "-convert", paramLabel = "NAME", description = "OpenSSL's name of a suite of this standard name.")
    private String convert;

    @Option(
            names = {"-help", "-h"},
            usageHelp = true,
            description = "Prints this.")
    private boolean help;

    @Option(names = "-debug-trace", hidden = true, description = "Prints where an error came from.")
    private boolean debugTrace;

    Ciphers(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        if (convert != null) {
            terminal.line("OpenSSL cipher name: " + converted().opensslName());
            return 0;
        }
        SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
        versions(ctx);
        TlsOptions.given("-ciphersuites", ciphersuites, ctx::setCiphersuites);
        TlsOptions.given("the cipher string", string, ctx::setCipherList);
        List<CipherSuite> suites = (supported ? usable(ctx) : ctx.getCiphers())
                .stream().map(CipherSuite::named).toList();
        if (verbose || numbers || standardNames) {
            suites.forEach(s -> terminal.line(line(s)));
        } else {
            terminal.line(String.join(
                    ":", suites.stream().map(CipherSuite::opensslName).toList()));
        }
        return 0;
    }

    /** One version, or all. */
    private void versions(SslCtx ctx) {
        ProtocolVersion only = tls1
                ? ProtocolVersion.TLS1_0
                : tls11
                        ? ProtocolVersion.TLS1_1
                        : tls12 ? ProtocolVersion.TLS1_2 : tls13 ? ProtocolVersion.TLS1_3 : null;
        ctx.setMinProtoVersion(only);
        ctx.setMaxProtoVersion(only);
    }

    private List<String> usable(SslCtx ctx) {
        try (Ssl ssl = new Ssl(ctx)) {
            return ssl.get1SupportedCiphers().stream()
                    .filter(n -> psk || !CipherSuite.named(n).keyExchange().preShared())
                    .toList();
        }
    }

    private CipherSuite converted() throws Failure {
        for (CipherSuite s : CipherSuite.values()) {
            if (s.name().equals(convert)) {
                return s;
            }
        }
        throw new Failure("'" + convert + "' is no cipher suite");
    }

    private String line(CipherSuite s) {
        StringBuilder line = new StringBuilder();
        if (numbers) {
            line.append(String.format("          0x%02X,0x%02X - ", s.code() >> 8, s.code() & 0xff));
        }
        if (standardNames) {
            line.append(String.format("%-45s - ", s.name()));
        }
        return line.append(s.description()).toString();
    }
}
