// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import java.util.List;
import org.libssl4j.crypto.Secret;

/**
 * Makes keying material for an application in TLS 1.2 and before (RFC 5705 §4).
 *
 * <pre>
 *   PRF(master secret, label, client random + server random [+ length of context + context])
 * </pre>
 *
 * Not thread-safe.
 */
final class Exporter12 implements Exporter {
    // RFC 5705 §4: a label must not meet one that TLS itself uses. Since the label and what follows are hashed as one
    // string, none may begin with such a label either.
    private static final List<String> OURS =
            List.of("client finished", "server finished", "master secret", "extended master secret", "key expansion");
    private static final int MOST_CONTEXT = 0xffff;

    private final Prf prf;
    private final Secret master;
    private final byte[] randoms;

    /** @param master stays the caller's to close, which ends exporting */
    Exporter12(Prf prf, Secret master, byte[] randoms) {
        this.prf = prf;
        this.master = master;
        this.randoms = randoms;
    }

    @Override
    public boolean isWiped() {
        return master.isDestroyed();
    }

    /** The PRF sets no limit; TLS 1.3's is kept, so that a label that works does so with any version. */
    @Override
    public int mostLabel() {
        return Exporter13.MOST_LABEL;
    }

    /** The PRF sets no limit; what TLS 1.3 has with its shortest hash is kept. */
    @Override
    public int mostBytes() {
        return 255 * 32;
    }

    @Override
    public byte[] export(String label, byte[] context, int length) {
        for (String ours : OURS) {
            if (label.startsWith(ours)) {
                throw new IllegalArgumentException(
                        "the label \"" + label + "\"; TLS keeps labels that begin with \"" + ours + "\" for itself");
            }
        }
        try (Secret out = prf.expand(master, label, seed(context), length)) {
            return out.getEncoded();
        }
    }

    private byte[] seed(byte[] context) {
        if (context == null) {
            return randoms;
        }
        if (context.length > MOST_CONTEXT) {
            throw new IllegalArgumentException(
                    "a context of " + context.length + " bytes; up to " + MOST_CONTEXT + " allowed");
        }
        byte[] seed = new byte[randoms.length + 2 + context.length];
        System.arraycopy(randoms, 0, seed, 0, randoms.length);
        seed[randoms.length] = (byte) (context.length >>> 8);
        seed[randoms.length + 1] = (byte) context.length;
        System.arraycopy(context, 0, seed, randoms.length + 2, context.length);
        return seed;
    }
}
