// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The first private key of a PKCS#12 file (RFC 7292) that has a certificate, and its chain.
 *
 * @param chain in DER, the key's certificate first, each of the others the issuer of the one before it
 */
public record Pkcs12(List<byte[]> chain, PrivateKey key) {
    private static final int MOST_BYTES = 16 << 20;

    public Pkcs12 {
        chain = List.copyOf(chain);
    }

    /**
     * Reads a file.
     *
     * @param password of the file and of the key in it; null or empty for none
     * @throws GeneralSecurityException if the password is wrong, the file is damaged, or there is no key with a certificate in it
     */
    public static Pkcs12 read(byte[] file, char[] password) throws GeneralSecurityException {
        char[] pass = password == null ? new char[0] : password;
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(file), pass);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getKey(alias, pass) instanceof PrivateKey key) {
                    return new Pkcs12(encoded(store.getCertificateChain(alias)), key);
                }
            }
        } catch (IOException e) {
            boolean wrongPassword = e.getCause() instanceof UnrecoverableKeyException;
            throw new InvalidKeyException(
                    wrongPassword ? "the password does not fit the PKCS#12 file" : "no PKCS#12 file, or a damaged one",
                    e);
        } catch (RuntimeException e) {
            throw new InvalidKeyException("no PKCS#12 file, or a damaged one", e);
        }
        throw new InvalidKeyException("a PKCS#12 file without a private key that has a certificate");
    }

    /**
     * As {@link #read(byte[], char[])}, from a file.
     *
     * @throws IOException if it cannot be read
     */
    public static Pkcs12 read(Path file, char[] password) throws IOException, GeneralSecurityException {
        return read(SmallFile.read(file, MOST_BYTES), password);
    }

    @Override
    public String toString() {
        return "private key with " + chain.size() + " certificates";
    }

    private static List<byte[]> encoded(Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException("a PKCS#12 file whose private key has no certificate");
        }
        List<byte[]> ders = new ArrayList<>();
        for (Certificate c : chain) {
            ders.add(c.getEncoded());
        }
        return ders;
    }
}
