// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.libssl4j.crypto.pem.PemWriter;

/** A certificate and a key in files, as the options want them. */
record PemFiles(Path certificate, Path key) {
    /** For localhost. */
    static PemFiles in(Path directory) throws Exception {
        return in(directory, "localhost");
    }

    static PemFiles in(Path directory, String name) throws Exception {
        TestCertificate made = TestCertificate.make(name);
        PemFiles files = new PemFiles(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        Files.writeString(files.certificate, PemWriter.certificate(made.x509().getEncoded()));
        Files.writeString(files.key, PemWriter.privateKey(made.key()));
        return files;
    }

    String cert() {
        return certificate.toString();
    }

    String keyFile() {
        return key.toString();
    }
}
