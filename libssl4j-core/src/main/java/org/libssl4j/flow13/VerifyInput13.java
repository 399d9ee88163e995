// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.libssl4j.handshake.Role;

/** What a TLS 1.3 CertificateVerify signs (RFC 9846 §4.5.2 [8446 4.4.3]): 64 spaces, a text that tells whose signature it is, a zero, the transcript's hash. */
final class VerifyInput13 {
    private static final byte[] SERVER = prefix("TLS 1.3, server CertificateVerify");
    private static final byte[] CLIENT = prefix("TLS 1.3, client CertificateVerify");

    private VerifyInput13() {}

    static byte[] of(Role signer, byte[] transcriptHash) {
        byte[] prefix = signer == Role.SERVER ? SERVER : CLIENT;
        byte[] input = Arrays.copyOf(prefix, prefix.length + transcriptHash.length);
        System.arraycopy(transcriptHash, 0, input, prefix.length, transcriptHash.length);
        return input;
    }

    private static byte[] prefix(String context) {
        return (" ".repeat(64) + context + "\0").getBytes(StandardCharsets.US_ASCII);
    }
}
