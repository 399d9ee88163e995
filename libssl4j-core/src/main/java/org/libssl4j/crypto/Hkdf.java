// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** HKDF (RFC 5869) and TLS 1.3's labels on it (RFC 9846 §7.1), over an {@link Hmac}. Not thread-safe. */
public final class Hkdf {
    private static final byte[] PREFIX = "tls13 ".getBytes(StandardCharsets.US_ASCII);

    private final Hmac hmac;

    /** @param hmac for the sole use of this object */
    public Hkdf(Hmac hmac) {
        this.hmac = hmac;
    }

    /** Output length of the hash in bytes. */
    public int length() {
        return hmac.length();
    }

    /** HKDF-Extract (RFC 5869 §2.2). */
    public Secret extract(Secret salt, Secret keyMaterial) {
        byte[] out = new byte[hmac.length()];
        byte[] in = keyMaterial.getEncoded();
        try {
            hmac.init(salt);
            hmac.update(in, 0, in.length);
            hmac.doFinal(out, 0);
        } finally {
            Arrays.fill(in, (byte) 0);
        }
        return Secret.of(out);
    }

    /** HMAC itself, which Finished is made with. */
    public byte[] mac(Secret key, byte[] input) {
        byte[] out = new byte[hmac.length()];
        hmac.init(key);
        hmac.update(input, 0, input.length);
        hmac.doFinal(out, 0);
        return out;
    }

    /** HKDF-Expand-Label (RFC 9846 §7.1): label without its "tls13 " prefix, context of up to 255 bytes. */
    public Secret expandLabel(Secret secret, String label, byte[] context, int length) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        byte[] info = new byte[2 + 1 + PREFIX.length + name.length + 1 + context.length];
        int p = 0;
        info[p++] = (byte) (length >>> 8);
        info[p++] = (byte) length;
        info[p++] = (byte) (PREFIX.length + name.length);
        System.arraycopy(PREFIX, 0, info, p, PREFIX.length);
        p += PREFIX.length;
        System.arraycopy(name, 0, info, p, name.length);
        p += name.length;
        info[p++] = (byte) context.length;
        System.arraycopy(context, 0, info, p, context.length);
        return expand(secret, info, length);
    }

    /** HKDF-Expand (RFC 5869 §2.3). */
    public Secret expand(Secret key, byte[] info, int length) {
        int hashLength = hmac.length();
        if (length > 255 * hashLength) {
            throw new IllegalArgumentException(
                    length + " bytes asked of HKDF; at most " + 255 * hashLength + " can be had");
        }
        byte[] out = new byte[length];
        byte[] block = new byte[hashLength];
        byte[] counter = new byte[1];
        try {
            hmac.init(key);
            for (int done = 0, i = 1; done < length; done += hashLength, i++) {
                if (i > 1) {
                    hmac.update(block, 0, hashLength);
                }
                hmac.update(info, 0, info.length);
                counter[0] = (byte) i;
                hmac.update(counter, 0, 1);
                hmac.doFinal(block, 0);
                System.arraycopy(block, 0, out, done, Math.min(hashLength, length - done));
            }
        } finally {
            Arrays.fill(block, (byte) 0);
        }
        return Secret.of(out);
    }
}
