// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.libssl4j.SslCtx;
import org.libssl4j.crypto.pem.Certificates;
import org.libssl4j.crypto.pem.PrivateKeys;
import picocli.CommandLine.Option;

/** The options that {@code s_client} and {@code s_server} share. */
final class TlsOptions {
    @Option(names = "-cert", paramLabel = "FILE", description = "Our certificate and those that lead to an anchor.")
    Path cert;

    @Option(names = "-key", paramLabel = "FILE", description = "The key of the certificate; by default from -cert.")
    Path key;

    @Option(
            names = "-cert_chain",
            paramLabel = "FILE",
            description = "What leads from our certificate to an anchor; -cert then has our own alone.")
    Path certChain;

    @Option(
            names = "-certform",
            paramLabel = "PEM|DER|P12",
            description = "The form of -cert; PEM and DER are told apart anyway, P12 has the key in it.")
    String certform;

    @Option(names = "-keyform", paramLabel = "PEM|DER", description = "The form of -key; they are told apart anyway.")
    String keyform;

    @Option(
            names = "-pass",
            paramLabel = "SOURCE",
            description = "The password of the key: pass:WORD, env:VARIABLE or file:FILE (its first line).")
    String pass;

    @Option(names = "-alpn", paramLabel = "NAMES", description = "Application protocols, separated by commas.")
    String alpn;

    @Option(
            names = {"-groups", "-curves"},
            paramLabel = "LIST",
            description = "Groups for the key exchange, separated by colons.")
    String groups;

    @Option(names = "-ciphersuites", paramLabel = "LIST", description = "Cipher suites, separated by colons.")
    String ciphersuites;

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

    @Option(names = "-keylogfile", paramLabel = "FILE", description = "Adds the secrets to this file (RFC 9850).")
    Path keylogfile;

    @Option(names = "-brief", description = "Says in short what was negotiated, on the stream for errors.")
    boolean brief;

    @Option(names = "-quiet", description = "Prints nothing but the data.")
    boolean quiet;

    @Option(names = "-nbio", description = "Handshakes without blocking; what follows never blocks.")
    boolean nbio;

    @Option(names = "-tls1_3", description = "TLS 1.3 alone, which is all there is.")
    boolean tls13;

    @Option(names = "-debug-trace", hidden = true, description = "Prints where an error came from.")
    boolean debugTrace;

    @Option(
            names = {"-help", "-h"},
            usageHelp = true,
            description = "Prints this.")
    boolean help;

    /** What is negotiated. */
    void apply(SslCtx ctx) throws Failure {
        given("-groups", groups, ctx::set1GroupsList);
        given("-ciphersuites", ciphersuites, ctx::setCiphersuites);
        given("-sigalgs", sigalgs, ctx::set1SigalgsList);
        given("-client_sigalgs", clientSigalgs, ctx::set1ClientSigalgsList);
    }

    List<String> alpnNames() {
        return List.of(alpn.split(","));
    }

    /** Sets what was given, and says which option it was if it cannot be had. */
    static void given(String option, String value, Consumer<String> setting) throws Failure {
        if (value == null) {
            return;
        }
        try {
            setting.accept(value);
        } catch (IllegalArgumentException e) {
            throw new Failure(option + " " + value + ": " + Failure.text(e), e);
        }
    }

    /** Our certificate and key, if there are any; whether there are. */
    boolean useCertificate(SslCtx ctx) throws Failure {
        return useCertificate(ctx, cert, key, "");
    }

    /** @param suffix of the options that named the files: "2" for a server's second certificate */
    boolean useCertificate(SslCtx ctx, Path cert, Path key, String suffix) throws Failure {
        if (cert == null) {
            if (key != null) {
                throw new Failure("-key" + suffix + " " + key + ": a key without a certificate; -cert" + suffix
                        + " has to be there as well");
            }
            return false;
        }
        oneOf("-certform", certform, "PEM", "DER", "P12");
        oneOf("-keyform", keyform, "PEM", "DER");
        Path keyFile = key == null ? cert : key;
        char[] password = pass == null ? null : password().toCharArray();
        String what = "-cert" + suffix + " " + cert + (key == null ? "" : " -key" + suffix + " " + key);
        readable("-cert" + suffix, cert);
        readable("-key" + suffix, keyFile);
        try {
            if ("P12".equals(certform)) {
                ctx.usePkcs12File(cert, password == null ? new char[0] : password);
            } else if (certChain != null && suffix.isEmpty()) {
                readable("-cert_chain", certChain);
                what += " -cert_chain " + certChain;
                ctx.useCertAndKey(withChain(), PrivateKeys.read(keyFile, password));
            } else {
                ctx.useCertAndKeyFile(cert, keyFile, password);
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new Failure(what + ": " + Failure.text(e), e);
        }
        return true;
    }

    /** The first of {@code -cert}, then all of {@code -cert_chain}. */
    private List<X509Certificate> withChain() throws IOException, GeneralSecurityException {
        List<X509Certificate> all = new ArrayList<>();
        all.add(Certificates.readX509(Files.readAllBytes(cert)).get(0));
        all.addAll(Certificates.readX509(Files.readAllBytes(certChain)));
        return all;
    }

    private static void oneOf(String option, String value, String... allowed) throws Failure {
        if (value != null && !List.of(allowed).contains(value)) {
            throw new Failure(option + " " + value + ": one of " + String.join(", ", allowed) + " is wanted");
        }
    }

    /** Tells a file that cannot be read from one with nonsense in it. */
    static void readable(String option, Path file) throws Failure {
        try {
            Files.newInputStream(file).close();
        } catch (NoSuchFileException e) {
            throw new Failure(option + " " + file + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new Failure(option + " " + file + ": permission denied", e);
        } catch (IOException e) {
            throw new Failure(option + " " + file + ": " + Failure.text(e), e);
        }
    }

    private String password() throws Failure {
        int colon = pass.indexOf(':');
        String value = pass.substring(colon + 1);
        switch (colon < 0 ? "" : pass.substring(0, colon)) {
            case "pass":
                return value;
            case "env":
                if (System.getenv(value) == null) {
                    throw new Failure("-pass " + pass + ": there is no such environment variable");
                }
                return System.getenv(value);
            case "file":
                return firstLine(Path.of(value));
            default:
                throw new Failure("-pass: pass:WORD, env:VARIABLE or file:FILE is wanted");
        }
    }

    private static String firstLine(Path file) throws Failure {
        readable("-pass", file);
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new Failure("-pass file:" + file + ": " + Failure.text(e), e);
        }
    }

    /** The key log, or null if none is wanted. */
    KeyLogFile keyLog(Terminal terminal) throws Failure {
        return keylogfile == null ? null : new KeyLogFile(keylogfile, terminal);
    }
}
