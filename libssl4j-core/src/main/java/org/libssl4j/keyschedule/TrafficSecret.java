// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.AeadAlgorithm;

/** A traffic secret and what comes from it: key and IV of the records (RFC 9846 §7.3) and the secret that follows it (§7.2). Not thread-safe. */
public final class TrafficSecret implements Keys {
    private final Hkdf hkdf;
    private final Secret secret;

    /** Takes {@code secret} over. */
    public TrafficSecret(Hkdf hkdf, Secret secret) {
        this.hkdf = hkdf;
        this.secret = secret;
    }

    /** The key of the records; the caller closes it. */
    public Secret key(AeadAlgorithm aead) {
        return hkdf.expandLabel(secret, "key", NOTHING, aead.keyLength());
    }

    /** The static IV of the records; the caller closes it. */
    public Secret iv(AeadAlgorithm aead) {
        return hkdf.expandLabel(secret, "iv", NOTHING, aead.nonceLength());
    }

    /** The secret after a KeyUpdate. This one stays open until its owner closes it. */
    public TrafficSecret next() {
        return new TrafficSecret(hkdf, hkdf.expandLabel(secret, "traffic upd", NOTHING, secret.length()));
    }

    /** The secret itself: for the key log, for QUIC and for Finished. */
    public Secret secret() {
        return secret;
    }

    @Override
    public void close() {
        secret.close();
    }

    private static final byte[] NOTHING = {};
}
