// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.security.GeneralSecurityException;

/** ML-DSA (FIPS 204 §5) with one set of parameters, pure and over an empty context, of a library that is no JCA provider. Thread-safe. */
public interface RawSignature {
    /**
     * Makes a signature, with fresh random bytes in it.
     *
     * @throws GeneralSecurityException if the key is unsound: its parts do not belong together, or its numbers are out of range
     */
    byte[] sign(MlDsaPrivateKey key, byte[] input) throws GeneralSecurityException;

    /** Whether {@code signature}, whose length is right, is {@code key}'s over {@code input}. */
    boolean verify(MlDsaPublicKey key, byte[] input, byte[] signature);
}
