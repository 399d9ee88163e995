// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import java.security.MessageDigest;
import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;

/** The content of a Finished message (RFC 9846 §4.5.3 [8446 4.4.4]). Used once. */
public final class FinishedMac {
    private static final byte[] NOTHING = {};

    private final Hkdf hkdf;
    private final Secret base;

    FinishedMac(Hkdf hkdf, Secret base) {
        this.hkdf = hkdf;
        this.base = base;
    }

    /** verify_data over this hash of the transcript. */
    public byte[] over(byte[] transcriptHash) {
        try (Secret key = hkdf.expandLabel(base, "finished", NOTHING, hkdf.length())) {
            return hkdf.mac(key, transcriptHash);
        }
    }

    /** Whether {@code verifyData} is right, in a time that does not tell where it is wrong. */
    public boolean matches(byte[] transcriptHash, byte[] verifyData) {
        return MessageDigest.isEqual(over(transcriptHash), verifyData);
    }

    /** Length of verify_data in bytes. */
    public int length() {
        return hkdf.length();
    }
}
