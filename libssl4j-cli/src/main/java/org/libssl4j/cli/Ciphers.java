// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.libssl4j.PskClientCb;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.iana.CipherSuite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final VersionOptions versions = new VersionOptions();

    @Parameters(paramLabel = "STRING", arity = "0..1", description = "Cipher string for TLS 1.2 and before.")
    private String string;

    @Option(
            names = "-ciphersuites",
            paramLabel = "LIST",
            description = "What is to be listed: cipher suites, separated by colons.")
    private String ciphersuites;

    @Option(names = "-convert", paramLabel = "NAME", description = "OpenSSL's name of a suite of this standard name.")
    private String convert;

    @Mixin
    private final HelpOptions help = new HelpOptions();

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
        versions.apply(ctx);
        if (psk) {
            ctx.setPskClientCallback((ssl, hint) -> PskClientCb.Answer.NONE); // nobody without one can use them
        }
        OptionValue.given("-ciphersuites", ciphersuites, ctx::setCiphersuites);
        OptionValue.given("the cipher string", string, ctx::setCipherList);
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

    private List<String> usable(SslCtx ctx) {
        try (Ssl ssl = new Ssl(ctx)) {
            return ssl.get1SupportedCiphers();
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
