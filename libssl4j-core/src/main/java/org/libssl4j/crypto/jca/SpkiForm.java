// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.ProviderException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) of keys of one group, where it is a fixed prefix before the bytes that key_share carries: the one form that all providers read and write alike.
 */
enum SpkiForm {
    X25519("302a300506032b656e032100", 32), // RFC 8410 §4
    X448("3042300506032b656f033900", 56),
    P256("3059301306072a8648ce3d020106082a8648ce3d030107034200", 65), // RFC 5480 §2, uncompressed points
    P384("3076301006072a8648ce3d020106052b81040022036200", 97),
    P521("30819b301006072a8648ce3d020106052b8104002303818600", 133),
    ML_KEM_512("30820332300b06096086480165030404010382032100", 800), // RFC 9935 §4
    ML_KEM_768("308204b2300b0609608648016503040402038204a100", 1_184),
    ML_KEM_1024("30820632300b06096086480165030404030382062100", 1_568);

    private final byte[] prefix;
    private final int length;

    SpkiForm(String prefix, int length) {
        this.prefix = HexFormat.of().parseHex(prefix);
        this.length = length;
    }

    /** The raw bytes of a key of our own. */
    byte[] raw(PublicKey key) {
        byte[] spki = key.getEncoded();
        if (spki == null
                || spki.length != prefix.length + length
                || !Arrays.equals(spki, 0, prefix.length, prefix, 0, prefix.length)) {
            throw new ProviderException("a public key of another form than " + name());
        }
        return Arrays.copyOfRange(spki, prefix.length, spki.length);
    }

    /** What a KeyFactory makes a key of from the raw bytes, whose length has been checked. */
    X509EncodedKeySpec spec(byte[] raw) {
        byte[] spki = Arrays.copyOf(prefix, prefix.length + length);
        System.arraycopy(raw, 0, spki, prefix.length, length);
        return new X509EncodedKeySpec(spki);
    }
}
