// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.ProviderException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.Secret;

/** HMAC of a JCA provider. */
final class JcaHmac implements Hmac {
    private final Mac mac;

    JcaHmac(Provider provider, String algorithm) {
        try {
            mac = Mac.getInstance(algorithm, provider);
        } catch (GeneralSecurityException e) {
            throw new ProviderException(provider.getName() + " had " + algorithm + " and has it no more", e);
        }
    }

    @Override
    public void init(Secret key) {
        try {
            mac.init(key);
        } catch (InvalidKeyException e) {
            throw new ProviderException("HMAC refused a key", e);
        }
    }

    @Override
    public void update(byte[] in, int off, int len) {
        mac.update(in, off, len);
    }

    @Override
    public void doFinal(byte[] out, int off) {
        try {
            mac.doFinal(out, off);
        } catch (ShortBufferException e) {
            throw new IllegalArgumentException(
                    "room for " + (out.length - off) + " bytes; " + length() + " are needed", e);
        }
    }

    @Override
    public int length() {
        return mac.getMacLength();
    }
}
