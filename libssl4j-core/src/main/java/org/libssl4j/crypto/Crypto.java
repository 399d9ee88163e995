// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.security.PrivateKey;
import java.security.PublicKey;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.CbcAlgorithm;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;

/**
 * The only door to primitives. An implementation has looked up algorithm and provider of all it offers before it is handed out, so that no method searches. Thread-safe; what the methods return is not.
 */
public interface Crypto {
    Hash hash(HashAlgorithm algorithm);

    /** HMAC over this hash; there is none over {@link HashAlgorithm#MD5_SHA1}. */
    Hmac hmac(HashAlgorithm algorithm);

    /** A cipher under {@code key}, which is read at once and stays the caller's. */
    Aead aead(AeadAlgorithm algorithm, Secret key);

    boolean supports(AeadAlgorithm algorithm);

    /** A cipher under {@code key}, which is read at once and stays the caller's. */
    Cbc cbc(CbcAlgorithm algorithm, Secret key);

    boolean supports(CbcAlgorithm algorithm);

    boolean supports(NamedGroup group);

    boolean supports(SignatureScheme scheme);

    /** Whether signatures of this scheme can be verified in certificates too: what we offer without being told to has to hold for whole chains. */
    default boolean supportsInCertificates(SignatureScheme scheme) {
        return supports(scheme);
    }

    /** Key exchange in a group that {@link #supports(NamedGroup)} has confirmed. */
    KeyExchange.Factory keyExchange(NamedGroup group);

    /** The numbers of a finite field of RFC 7919. */
    DhParameters field(NamedGroup ffdhe);

    /**
     * Key exchange in a group that a server names by its numbers (RFC 5246 §7.4.3). Shares are Y, unsigned and big-endian, of ours with the prime's length, of a peer with any; the secret has lost its leading zeros (RFC 5246 §8.1.2), which in TLS 1.3 stay. Whether the group is strong enough was for the caller to say.
     *
     * @throws TlsException illegal_parameter with BAD_DH_VALUE if the prime has more than {@link DhParameters#MOST_BITS} bits, or is even, or the generator not {@code 1 < g < p-1}
     */
    KeyExchange.Factory diffieHellman(DhParameters group) throws TlsException;

    /**
     * Encrypts a premaster secret for the server's key (RFC 5246 §7.4.7.1).
     *
     * @param premaster 48 bytes, the first two the version that the ClientHello offered; stays the caller's
     * @throws TlsException internal_error if this is no RSA key or too short a one
     */
    byte[] encryptPremaster(PublicKey rsa, Secret premaster) throws TlsException;

    /**
     * Decrypts the premaster secret of a client. Whatever is wrong with it, the result is 48 random bytes, made beforehand and taken without a branch, so that nothing but the Finished that fails tells of it (RFC 5246 §7.4.7.1).
     *
     * @param clientVersion the version that the ClientHello offered, by its number
     * @throws TlsException internal_error if the key is no RSA key or none that a provider decrypts with; that does not depend on {@code encrypted}
     */
    Secret decryptPremaster(PrivateKey rsa, byte[] encrypted, int clientVersion) throws TlsException;

    /**
     * Signs. {@code input} is what is to be hashed, whatever the scheme. That ECDSA's schemes name a curve too is a rule of TLS 1.3, which is not kept here: in TLS 1.2 they name the hash alone (RFC 5246 §7.4.1.4.1; RFC 9846 §4.3.3 [8446 4.2.3]).
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
