// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.MessageDigest;
import org.libssl4j.crypto.Hash;

/** A message digest of a JCA provider that can copy its state. */
final class JcaHash implements Hash {
    private final MessageDigest digest;

    JcaHash(MessageDigest digest) {
        this.digest = digest;
    }

    @Override
    public void update(byte[] in, int off, int len) {
        digest.update(in, off, len);
    }

    @Override
    public byte[] digest() {
        return digest.digest();
    }

    @Override
    public Hash copy() {
        return new JcaHash(copy(digest));
    }

    @Override
    public int length() {
        return digest.getDigestLength();
    }

    static MessageDigest copy(MessageDigest d) {
        try {
            return (MessageDigest) d.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("only digests that can be copied are taken", e);
        }
    }
}
