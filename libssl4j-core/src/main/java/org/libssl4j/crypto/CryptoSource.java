// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.util.function.Function;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.NamedGroup;

/** Primitives from a library that is not a JCA provider, found by {@link java.util.ServiceLoader}; which operation is taken from where says the ranked table in {@code docs/crypto-providers.md}. Thread-safe. */
public interface CryptoSource {
    /** The name in the ranked table: "BouncyCastle". */
    String name();

    /** Key exchange in this group, or null if this source has none. */
    KeyExchange.Factory keyExchange(NamedGroup group);

    /** The KEM of this FIPS 203 name ("ML-KEM-768"), or null if this source has none. */
    Kem kem(String name);

    /** Makes ciphers under a key, which is read at once and stays the caller's; null if this source has none. */
    default Function<Secret, Aead> aead(AeadAlgorithm algorithm) {
        return null;
    }

    /** ML-DSA with these parameters, or null if this source has none. */
    default RawSignature signature(MlDsa parameters) {
        return null;
    }
}
