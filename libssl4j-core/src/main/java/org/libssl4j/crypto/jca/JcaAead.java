// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Secret;

/**
 * What the authenticated ciphers of JCA have in common: one {@link Cipher} for one direction, set up anew for each record, and a key of our own that {@link #close()} wipes.
 *
 * <p>Of ours nothing is allocated for a record but the object that carries the nonce.
 */
abstract class JcaAead implements Aead {
    private final Provider provider;
    private final String transformation;
    private final Secret key;
    private final int tag;
    private Cipher cipher;
    private boolean tagWasBad;

    JcaAead(Provider provider, String transformation, Secret key, int tagLength) {
        this.provider = provider;
        this.transformation = transformation;
        this.key = Secret.of(key.getEncoded());
        this.tag = tagLength;
        this.cipher = newCipher();
    }

    /** What JCA wants the nonce wrapped in. */
    abstract AlgorithmParameterSpec parameters(byte[] nonce);

    @Override
    public final int seal(
            byte[] nonce, byte[] aad, int aadOff, int aadLen, byte[] in, int inOff, int inLen, byte[] out, int outOff) {
        requireRoom(out, outOff, inLen + tag);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters(nonce));
            cipher.updateAAD(aad, aadOff, aadLen);
            return cipher.doFinal(in, inOff, inLen, out, outOff);
        } catch (GeneralSecurityException e) {
            throw new ProviderException(transformation + " of " + provider.getName() + " does not seal", e);
        }
    }

    @Override
    public final int open(
            byte[] nonce, byte[] aad, int aadOff, int aadLen, byte[] in, int inOff, int inLen, byte[] out, int outOff) {
        if (inLen < tag) {
            return -1;
        }
        requireRoom(out, outOff, inLen - tag);
        if (tagWasBad) {
            // Trial decryption of refused early data tries the same nonce again (RFC 9846 §4.3.10), which the JDK's
            // ChaCha20 lets no cipher object do.
            cipher = newCipher();
            tagWasBad = false;
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, parameters(nonce));
            cipher.updateAAD(aad, aadOff, aadLen);
            return finishOpen(in, inOff, inLen, out, outOff);
        } catch (BadPaddingException e) {
            tagWasBad = true;
            return -1;
        } catch (GeneralSecurityException e) {
            throw new ProviderException(transformation + " of " + provider.getName() + " does not open", e);
        }
    }

    @Override
    public final int tagLength() {
        return tag;
    }

    @Override
    public final void close() {
        key.close();
        cipher = null; // the provider's own schedule of the key goes with it
    }

    /** Some providers want room for the tag too where only the plaintext goes: they get an array of their own. */
    private int finishOpen(byte[] in, int inOff, int inLen, byte[] out, int outOff) throws GeneralSecurityException {
        try {
            return cipher.doFinal(in, inOff, inLen, out, outOff);
        } catch (ShortBufferException e) {
            byte[] plaintext = cipher.doFinal(in, inOff, inLen);
            System.arraycopy(plaintext, 0, out, outOff, plaintext.length);
            Arrays.fill(plaintext, (byte) 0);
            return plaintext.length;
        }
    }

    private Cipher newCipher() {
        try {
            return Cipher.getInstance(transformation, provider);
        } catch (GeneralSecurityException e) {
            throw new ProviderException(provider.getName() + " has no " + transformation, e);
        }
    }

    private static void requireRoom(byte[] out, int outOff, int length) {
        if (out.length - outOff < length) {
            throw new IllegalArgumentException(
                    "room for " + (out.length - outOff) + " bytes; " + length + " are needed");
        }
    }
}
