// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.libssl4j.SslCtx;
import org.libssl4j.crypto.pem.Certificates;
import org.libssl4j.crypto.pem.PrivateKeys;
import picocli.CommandLine.Option;

/** Our certificate, its key and how they are read. */
final class CertificateOptions {
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

    /** Our certificate and key, if there are any; whether there are. */
    boolean useCertificate(SslCtx ctx) throws Failure {
        if (certChain != null && cert == null) {
            throw new Failure(
                    "-cert_chain " + certChain + ": a chain without a certificate; -cert has to be there as well");
        }
        if (certChain != null && "P12".equalsIgnoreCase(certform)) {
            throw new Failure("-cert_chain " + certChain + ": a PKCS#12 file brings its own chain");
        }
        return useCertificate(ctx, cert, key, "");
    }

    /** @param suffix of the options that named the files: "2" for a server's second certificate */
    boolean useCertificate(SslCtx ctx, Path cert, Path key, String suffix) throws Failure {
        OptionValue.oneOf("-certform", certform, "PEM", "DER", "P12");
        OptionValue.oneOf("-keyform", keyform, "PEM", "DER");
        if (cert == null) {
            if (key != null) {
                throw new Failure("-key" + suffix + " " + key + ": a key without a certificate; -cert" + suffix
                        + " has to be there as well");
            }
            return false;
        }
        if (key != null && "P12".equalsIgnoreCase(certform)) {
            throw new Failure("-key" + suffix + " " + key + ": a PKCS#12 file brings its own key");
        }
        Path keyFile = key == null ? cert : key;
        char[] password = pass == null ? null : password().toCharArray();
        String what = "-cert" + suffix + " " + cert + (key == null ? "" : " -key" + suffix + " " + key);
        OptionValue.readable("-cert" + suffix, cert);
        OptionValue.readable("-key" + suffix, keyFile);
        try {
            if ("P12".equalsIgnoreCase(certform)) {
                ctx.usePkcs12File(cert, password == null ? new char[0] : password);
            } else if (certChain != null && suffix.isEmpty()) {
                OptionValue.readable("-cert_chain", certChain);
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
        OptionValue.readable("-pass", file);
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new Failure("-pass file:" + file + ": " + Failure.text(e), e);
        }
    }
}
