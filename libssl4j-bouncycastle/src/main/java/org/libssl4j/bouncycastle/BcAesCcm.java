// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bouncycastle;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.CCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Secret;

/** AES-CCM (NIST SP 800-38C; RFC 5116 §5.3, RFC 6655 §4) of Bouncy Castle. It computes AES with tables. */
final class BcAesCcm implements Aead {
    private final CCMModeCipher cipher = CCMBlockCipher.newInstance(AESEngine.newInstance());
    private final byte[] keyBytes;
    private final int tag;

    BcAesCcm(Secret key, int tagLength) {
        this.keyBytes = key.getEncoded();
        this.tag = tagLength;
    }

    @Override
    public int seal(
            byte[] nonce, byte[] aad, int aadOff, int aadLen, byte[] in, int inOff, int inLen, byte[] out, int outOff) {
        requireRoom(out, outOff, inLen + tag);
        begin(true, nonce, aad, aadOff, aadLen);
        try {
            cipher.processBytes(in, inOff, inLen, out, outOff); // keeps them: the length has to be known first
            return cipher.doFinal(out, outOff);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("sealing found a wrong tag", e); // there is none to be found
        }
    }

    @Override
    public int open(
            byte[] nonce, byte[] aad, int aadOff, int aadLen, byte[] in, int inOff, int inLen, byte[] out, int outOff) {
        if (inLen < tag) {
            return -1;
        }
        requireRoom(out, outOff, inLen - tag);
        begin(false, nonce, aad, aadOff, aadLen);
        try {
            cipher.processBytes(in, inOff, inLen, out, outOff); // keeps them: the length has to be known first
            return cipher.doFinal(out, outOff);
        } catch (InvalidCipherTextException e) {
            return -1;
        }
    }

    private void begin(boolean sealing, byte[] nonce, byte[] aad, int aadOff, int aadLen) {
        cipher.init(
                sealing,
                new AEADParameters(
                        new KeyParameter(keyBytes), 8 * tag, nonce, Arrays.copyOfRange(aad, aadOff, aadOff + aadLen)));
    }

    @Override
    public int tagLength() {
        return tag;
    }

    @Override
    public void close() {
        Arrays.fill(keyBytes, (byte) 0);
    }

    private static void requireRoom(byte[] out, int outOff, int length) {
        if (out.length - outOff < length) {
            throw new IllegalArgumentException(
                    "room for " + (out.length - outOff) + " bytes; " + length + " are needed");
        }
    }
}
