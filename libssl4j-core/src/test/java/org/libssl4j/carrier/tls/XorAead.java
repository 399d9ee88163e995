// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import org.libssl4j.crypto.Aead;

/** An Aead without strength and without garbage: a counter is added to the bytes, a checksum is the tag. It shows what the record layer itself allocates. */
final class XorAead implements Aead {
    private final int key;
    private final byte[] tag = new byte[16];

    XorAead(int key) {
        this.key = key;
    }

    @Override
    public int seal(
            byte[] nonce, byte[] aad, int aadOff, int aadLen, byte[] in, int inOff, int inLen, byte[] out, int outOff) {
        if (in == out && inOff != outOff) {
            throw new IllegalArgumentException("shifted within one array");
        }
        apply(nonce, in, inOff, inLen, out, outOff);
        checksum(nonce, aad, aadOff, aadLen, out, outOff, inLen);
        System.arraycopy(tag, 0, out, outOff + inLen, 16);
        return inLen + 16;
    }

    @Override
    public int open(
            byte[] nonce, byte[] aad, int aadOff, int aadLen, byte[] in, int inOff, int inLen, byte[] out, int outOff) {
        if (in == out) {
            throw new IllegalArgumentException("opened within one array");
        }
        int length = inLen - 16;
        checksum(nonce, aad, aadOff, aadLen, in, inOff, length);
        for (int i = 0; i < 16; i++) {
            if (tag[i] != in[inOff + length + i]) {
                return -1;
            }
        }
        apply(nonce, in, inOff, length, out, outOff);
        return length;
    }

    private void apply(byte[] nonce, byte[] in, int inOff, int len, byte[] out, int outOff) {
        for (int i = 0; i < len; i++) {
            out[outOff + i] = (byte) (in[inOff + i] ^ key ^ nonce[i % nonce.length] ^ i);
        }
    }

    private void checksum(byte[] nonce, byte[] aad, int aadOff, int aadLen, byte[] b, int off, int len) {
        long h = sum(sum(sum(key, nonce, 0, nonce.length), aad, aadOff, aadLen), b, off, len);
        for (int i = 0; i < 16; i++) {
            tag[i] = (byte) (h >>> 4 * i);
        }
    }

    private static long sum(long h, byte[] b, int off, int len) {
        long sum = h;
        for (int i = off; i < off + len; i++) {
            sum = (sum ^ b[i]) * 0x100_0000_01B3L;
        }
        return sum;
    }

    @Override
    public int tagLength() {
        return 16;
    }

    @Override
    public void close() {
        // nothing to wipe
    }
}
