// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import java.security.PrivateKey;
import java.util.Base64;

/** Writes PEM blocks (RFC 7468), 64 characters a line. */
public final class PemWriter {
    private static final int LINE = 64;

    private PemWriter() {}

    /** A certificate. */
    public static String certificate(byte[] der) {
        return block("CERTIFICATE", der);
    }

    /**
     * A private key, in the clear, as PKCS#8.
     *
     * @throws IllegalArgumentException for a key that its keeper does not give away
     */
    public static String privateKey(PrivateKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null || !"PKCS#8".equals(key.getFormat())) {
            throw new IllegalArgumentException("a key that cannot be written: its keeper does not give it away");
        }
        return block("PRIVATE KEY", encoded);
    }

    /** A block with this label. */
    public static String block(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
