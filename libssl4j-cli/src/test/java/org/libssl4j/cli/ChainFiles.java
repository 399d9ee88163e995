// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.nio.file.Path;
import org.libssl4j.testkit.pki.TestCertificate;

/** A chain of three in files: an anchor, what stands between, and a certificate for localhost with its key. */
record ChainFiles(String root, String between, String leaf, String leafKey) {
    static ChainFiles in(Path directory) throws Exception {
        TestCertificate root = TestCertificate.builder().commonName("Root").ca().build();
        TestCertificate between = TestCertificate.builder()
                .commonName("Between")
                .ca()
                .issuedBy(root)
                .build();
        TestCertificate leaf = TestCertificate.builder()
                .commonName("localhost")
                .dns("localhost")
                .issuedBy(between)
                .build();
        return new ChainFiles(
                root.writeCertificate(directory.resolve("root.pem")).toString(),
                between.writeCertificate(directory.resolve("between.pem")).toString(),
                leaf.writeCertificate(directory.resolve("leaf.pem")).toString(),
                leaf.writeKey(directory.resolve("leaf.key")).toString());
    }
}
