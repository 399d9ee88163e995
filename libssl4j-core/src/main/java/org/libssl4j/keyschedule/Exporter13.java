// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hash;
import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.HashAlgorithm;

/**
 * Makes keying material for an application in TLS 1.3 (RFC 9846 §7.5).
 *
 * <pre>
 *   exporter secret, or early exporter secret
 *          |
 *     label, Hash("")
 *          |
 *          ▼
 *   "exporter", Hash(context) = keying material
 * </pre>
 *
 * Not thread-safe.
 */
public final class Exporter13 implements Exporter {
    /** The longest label in bytes: HKDF-Expand-Label has 255 for it, of which "tls13 " takes 6. */
    public static final int MOST_LABEL = 249;

    private final Crypto crypto;
    private final HashAlgorithm hash;
    private final Hkdf hkdf;
    private final Secret secret;

    /** @param secret stays the caller's to close, which ends exporting */
    public Exporter13(Crypto crypto, HashAlgorithm hash, Secret secret) {
        this.crypto = crypto;
        this.hash = hash;
        this.hkdf = new Hkdf(crypto.hmac(hash));
        this.secret = secret;
    }

    @Override
    public boolean isWiped() {
        return secret.isDestroyed();
    }

    @Override
    public int mostLabel() {
        return MOST_LABEL;
    }

    @Override
    public int mostBytes() {
        return 255 * hkdf.length();
    }

    /** An empty context and none are the same. */
    @Override
    public byte[] export(String label, byte[] context, int length) {
        byte[] known = context == null ? new byte[0] : context;
        try (Secret forLabel = hkdf.expandLabel(secret, label, hash(new byte[0]), hkdf.length());
                Secret out = hkdf.expandLabel(forLabel, "exporter", hash(known), length)) {
            return out.getEncoded();
        }
    }

    private byte[] hash(byte[] input) {
        Hash h = crypto.hash(hash);
        h.update(input, 0, input.length);
        return h.digest();
    }
}
