// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.libssl4j.crypto.Cbc;
import org.libssl4j.crypto.Secret;

/** AES-CBC (NIST SP 800-38A) of a JCA provider. The length of the key tells AES-128 from AES-256. */
final class JcaCbc implements Cbc {
    static final String TRANSFORMATION = "AES/CBC/NoPadding";
    private static final int BLOCK = 16;

    private final Provider provider;
    private final Secret key;
    private Cipher cipher;

    JcaCbc(Provider provider, Secret key) {
        this.provider = provider;
        this.key = Secret.of(key.getEncoded());
        try {
            this.cipher = Cipher.getInstance(TRANSFORMATION, provider);
        } catch (GeneralSecurityException e) {
            throw new ProviderException(provider.getName() + " has no " + TRANSFORMATION, e);
        }
    }

    @Override
    public void encrypt(byte[] iv, int ivOff, byte[] b, int off, int len) {
        run(Cipher.ENCRYPT_MODE, iv, ivOff, b, off, len);
    }

    @Override
    public void decrypt(byte[] iv, int ivOff, byte[] b, int off, int len) {
        run(Cipher.DECRYPT_MODE, iv, ivOff, b, off, len);
    }

    @Override
    public void close() {
        key.close();
        cipher = null; // the provider's own schedule of the key goes with it
    }

    private void run(int mode, byte[] iv, int ivOff, byte[] b, int off, int len) {
        if (len % BLOCK != 0) {
            throw new IllegalArgumentException(len + " bytes; a multiple of " + BLOCK + " is needed");
        }
        if (cipher == null) {
            throw new IllegalStateException("this cipher was closed");
        }
        try {
            cipher.init(mode, key, new IvParameterSpec(iv, ivOff, BLOCK));
            int done = cipher.doFinal(b, off, len, b, off);
            if (done != len) {
                throw new ProviderException(provider.getName() + " gave " + done + " bytes for " + len);
            }
        } catch (GeneralSecurityException e) {
            throw new ProviderException(TRANSFORMATION + " of " + provider.getName() + " does not work", e);
        }
    }
}
