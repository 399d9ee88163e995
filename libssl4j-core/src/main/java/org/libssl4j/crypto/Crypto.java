// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.security.PrivateKey;
import java.security.PublicKey;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;

/**
 * The only door to primitives. An implementation has looked up algorithm and provider of all it offers before it is handed out, so that no method searches. Thread-safe; what the methods return is not.
 */
public interface Crypto {
    Hash hash(HashAlgorithm algorithm);

    Hmac hmac(HashAlgorithm algorithm);

    /** A cipher under {@code key}, which is read at once and stays the caller's. */
    Aead aead(AeadAlgorithm algorithm, Secret key);

    boolean supports(AeadAlgorithm algorithm);

    boolean supports(NamedGroup group);

    boolean supports(SignatureScheme scheme);

    /** Whether signatures of this scheme can be verified in certificates too: what we offer without being told to has to hold for whole chains. */
    default boolean supportsInCertificates(SignatureScheme scheme) {
        return supports(scheme);
    }

    /** Key exchange in a group that {@link #supports(NamedGroup)} has confirmed. */
    KeyExchange.Factory keyExchange(NamedGroup group);

    /**
     * Signs.
     *
     * @throws TlsException internal_error if the key does not fit the scheme or the provider fails
     */
    byte[] sign(PrivateKey key, SignatureScheme scheme, byte[] input) throws TlsException;

    /** Whether {@code signature} is {@code key}'s over {@code input}; false also for a malformed signature or a key that does not fit the scheme. */
    boolean verify(PublicKey key, SignatureScheme scheme, byte[] input, byte[] signature);

    /** Fills {@code out} from a cryptographically strong source. */
    void random(byte[] out);

    /** A certificate as the peer sent it. Its key is taken from the DER even where the JDK's parser refuses the rest. Nothing is thrown until something that cannot be had is asked for. */
    EncodedCertificate certificate(byte[] der);
}
