// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A certificate and a key in files, as the options want them. */
record PemFiles(Path certificate, Path key) {
    /** For localhost. */
    static PemFiles in(Path directory) throws Exception {
        TestCertificate made = TestCertificate.make("localhost");
        PemFiles files = new PemFiles(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        Files.writeString(files.certificate, pem("CERTIFICATE", made.x509().getEncoded()));
        Files.writeString(files.key, pem("PRIVATE KEY", made.key().getEncoded()));
        return files;
    }

    String cert() {
        return certificate.toString();
    }

    String keyFile() {
        return key.toString();
    }

    private static String pem(String label, byte[] der) {
        String body = new String(Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(der), StandardCharsets.US_ASCII);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
