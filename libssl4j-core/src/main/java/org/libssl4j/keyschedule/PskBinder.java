// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;

/** Binds a pre-shared key to the ClientHello that offers it, and to the handshake that the key comes from (RFC 9846 §4.3.11.2 [8446 4.2.11.2]): computed as a Finished is, under a key of its own. */
public final class PskBinder implements AutoCloseable {
    private final Secret key;
    private final FinishedMac mac;

    /** @param key the binder key, which is closed with this */
    PskBinder(Hkdf hkdf, Secret key) {
        this.key = key;
        this.mac = new FinishedMac(hkdf, key);
    }

    /** The binder over this hash of the transcript, which ends where the list of binders begins. */
    public byte[] over(byte[] truncatedHash) {
        return mac.over(truncatedHash);
    }

    /** Whether {@code binder} is right, in a time that does not tell where it is wrong. */
    public boolean matches(byte[] truncatedHash, byte[] binder) {
        return mac.matches(truncatedHash, binder);
    }

    @Override
    public void close() {
        key.close();
    }
}
