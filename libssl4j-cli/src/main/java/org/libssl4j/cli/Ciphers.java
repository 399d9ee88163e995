// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.CipherSuite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(names = "-s", description = "Only what can be used here, which is all there is.")
    private boolean supported;

    @Mixin
    private final VersionOptions versions = new VersionOptions();

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
            // In TLS 1.3 both names are the same.
            terminal.line("OpenSSL cipher name: " + suite(convert).name());
            return 0;
        }
        SslCtx ctx = new SslCtx(TlsMethod.TLS_CLIENT);
        OptionValue.given("-ciphersuites", ciphersuites, ctx::setCiphersuites);
        List<String> names = ctx.getCiphers();
        if (verbose || numbers || standardNames) {
            for (String name : names) {
                terminal.line(line(suite(name)));
            }
        } else {
            terminal.line(String.join(":", names));
        }
        return 0;
    }

    private static CipherSuite suite(String name) throws Failure {
        try {
            return CipherSuite.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new Failure("'" + name + "' is no cipher suite of TLS 1.3", e);
        }
    }

    private String line(CipherSuite s) {
        StringBuilder line = new StringBuilder();
        if (numbers) {
            line.append(String.format("          0x%02X,0x%02X - ", s.code() >> 8, s.code() & 0xff));
        }
        if (standardNames) {
            line.append(String.format("%-45s - ", s.name()));
        }
        return line.append(String.format(
                        "%-30s TLSv1.3 Kx=any      Au=any   Enc=%-22s Mac=AEAD", s.name(), encryption(s.aead())))
                .toString();
    }

    private static String encryption(AeadAlgorithm a) {
        String name = a.name();
        if (name.startsWith("CHACHA20")) {
            return "CHACHA20/POLY1305(256)";
        }
        String bits = name.contains("_256_") ? "256" : "128";
        return name.endsWith("CCM_8")
                ? "AESCCM8(" + bits + ")"
                : name.endsWith("CCM") ? "AESCCM(" + bits + ")" : "AESGCM(" + bits + ")";
    }
}
