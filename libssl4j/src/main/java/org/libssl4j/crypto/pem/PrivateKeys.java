// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package org.libssl4j.crypto.pem;

import java.security.*;
import java.security.spec.*;
import java.util.*;
import javax.crypto.*;
import javax.crypto.spec.PBEKeySpec;

public final class PrivateKeys {
    public static PrivateKey read(byte[] file, char[] password) throws GeneralSecurityException {
        for (PemReader.Block b : PemReader.read(file)) {
            if (b.label().equals("PRIVATE KEY")) return pkcs8(b.bytes());
        }
        throw new InvalidKeyException("no key");
    }
    static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        for (String a : new String[] {"EC", "RSA", "EdDSA"}) try { return KeyFactory.getInstance(a).generatePrivate(new PKCS8EncodedKeySpec(der)); } catch (InvalidKeySpecException e) { }
        throw new InvalidKeyException("unknown");
    }
}
