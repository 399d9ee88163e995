// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import org.libssl4j.crypto.Secret;

/**
 * The premaster secret of key exchanges with a pre-shared key (RFC 4279 §2; for elliptic curves RFC 5489 §2).
 *
 * <pre>
 *   length | other secret | length | pre-shared key
 *      2                      2
 * </pre>
 *
 * The other secret is that of Diffie-Hellman; where there is none, zeros as many as the key has bytes.
 */
public final class PskPremaster {
    private PskPremaster() {}

    /**
     * Puts it together; closes both.
     *
     * @param other the shared secret of the Diffie-Hellman exchange; null without one
     * @param key 65,535 bytes at most, as is the other
     */
    public static Secret of(Secret other, Secret key) {
        try (other;
                key) {
            int length = other == null ? key.length() : other.length();
            byte[] b = new byte[4 + length + key.length()];
            length(b, 0, length);
            if (other != null) {
                other.copyTo(b, 2);
            }
            length(b, 2 + length, key.length());
            key.copyTo(b, 4 + length);
            return Secret.of(b);
        }
    }

    private static void length(byte[] b, int offset, int length) {
        if (length > 0xffff) {
            throw new IllegalArgumentException(length + " bytes; 65,535 at most");
        }
        b[offset] = (byte) (length >> 8);
        b[offset + 1] = (byte) length;
    }
}
