// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import org.libssl4j.fault.TlsException;

/** A key encapsulation mechanism, raw: ML-KEM (FIPS 203). {@link KeyExchange} is made of it, alone or with a Diffie-Hellman group. Thread-safe. */
public interface Kem {
    /** A fresh key pair; {@link KeyExchange#share()} is the encapsulation key, {@link KeyExchange#finish} takes the ciphertext. */
    KeyExchange generate();

    /**
     * Encapsulates: the ciphertext and the secret.
     *
     * @throws TlsException illegal_parameter with BAD_ECPOINT if the key fails FIPS 203 §7.2's checks
     */
    KeyExchange.Answer encapsulate(byte[] encapsulationKey) throws TlsException;

    /** Length of an encapsulation key in bytes. */
    int encapsulationKeyLength();

    /** Length of a ciphertext in bytes. */
    int ciphertextLength();
}
