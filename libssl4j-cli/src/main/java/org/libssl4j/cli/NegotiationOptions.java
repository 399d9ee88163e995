// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.List;
import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is offered and taken of what TLS negotiates. */
final class NegotiationOptions {
    @Mixin
    private VersionOptions versions = new VersionOptions();

    @Option(names = "-alpn", paramLabel = "NAMES", description = "Application protocols, separated by commas.")
    String alpn;

    @Option(
            names = {"-groups", "-curves"},
            paramLabel = "LIST",
            description = "Groups for the key exchange, separated by colons.")
    String groups;

    @Option(
            names = "-ciphersuites",
            paramLabel = "LIST",
            description = "Cipher suites of TLS 1.3, separated by colons.")
    String ciphersuites;

    @Option(
            names = "-cipher",
            paramLabel = "STRING",
            description = "Cipher suites of TLS 1.2 and before, as 'ciphers' reads them.")
    String cipher;

    @Option(
            names = "-sigalgs",
            paramLabel = "LIST",
            description = "Signature algorithms that we verify and sign with, separated by colons.")
    String sigalgs;

    @Option(
            names = "-client_sigalgs",
            paramLabel = "LIST",
            description = "Signature algorithms for a client's certificate, separated by colons.")
    String clientSigalgs;

    @Option(names = "-no_etm", description = "No encrypt_then_mac, in TLS 1.2 and before.")
    private boolean noEtm;

    void apply(SslCtx ctx) throws Failure {
        versions.apply(ctx);
        if (noEtm) {
            ctx.setOptions(SslOption.NO_ENCRYPT_THEN_MAC);
        }
        OptionValue.given("-cipher", cipher, ctx::setCipherList);
        OptionValue.given("-groups", groups, ctx::set1GroupsList);
        OptionValue.given("-ciphersuites", ciphersuites, ctx::setCiphersuites);
        OptionValue.given("-sigalgs", sigalgs, ctx::set1SigalgsList);
        OptionValue.given("-client_sigalgs", clientSigalgs, ctx::set1ClientSigalgsList);
    }

    List<String> alpnNames() {
        return List.of(alpn.split(","));
    }
}
