// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.HashAlgorithm;

/**
 * The first stage of the key schedule (RFC 9846 §7.1), before anything was agreed on.
 *
 * <pre>
 *            0
 *            |
 *   PSK ► HKDF-Extract = Early Secret      (no PSK: as many zeros as the hash is long)
 *            |
 *            +──► "res binder" or "ext binder", "" = {@link #binder}
 *            +──► "e exp master", ClientHello = {@link #exporter}
 *            |
 *      "derived", ""
 *            |
 *            ▼ {@link HandshakeKeys}
 * </pre>
 *
 * Not thread-safe.
 */
public final class EarlyKeys implements AutoCloseable {
    private final Crypto crypto;
    private final HashAlgorithm hash;
    private final Hkdf hkdf;
    private final Secret early;

    /** Without a pre-shared key. */
    public EarlyKeys(Crypto crypto, HashAlgorithm hash) {
        this.crypto = crypto;
        this.hash = hash;
        this.hkdf = new Hkdf(crypto.hmac(hash));
        Secret zeros = Secret.zeros(hash.length());
        this.early = hkdf.extract(zeros, zeros);
    }

    /** With one, which stays the caller's to close. */
    public EarlyKeys(Crypto crypto, HashAlgorithm hash, Secret psk) {
        this.crypto = crypto;
        this.hash = hash;
        this.hkdf = new Hkdf(crypto.hmac(hash));
        this.early = hkdf.extract(Secret.zeros(hash.length()), psk);
    }

    /**
     * The early exporter secret, which early exporters start from (RFC 9846 §7.5); the caller closes it.
     *
     * @param clientHelloHash the transcript's hash up to the ClientHello
     */
    public Secret exporter(byte[] clientHelloHash) {
        return hkdf.expandLabel(early, "e exp master", clientHelloHash, hkdf.length());
    }

    /**
     * What shows that the client has the pre-shared key; the caller closes it.
     *
     * @param external whether the key was agreed on outside of TLS, and is not of a ticket
     */
    public PskBinder binder(boolean external) {
        byte[] empty = crypto.hash(hash).digest();
        return new PskBinder(
                hkdf, hkdf.expandLabel(early, external ? "ext binder" : "res binder", empty, hkdf.length()));
    }

    /**
     * The next stage, which consumes this one and {@code shared}.
     *
     * @param helloHash the transcript's hash up to the ServerHello
     */
    public HandshakeKeys handshake(Secret shared, byte[] helloHash) {
        byte[] empty = crypto.hash(hash).digest();
        try (this;
                shared;
                Secret derived = hkdf.expandLabel(early, "derived", empty, hkdf.length())) {
            return new HandshakeKeys(hkdf, hkdf.extract(derived, shared), helloHash, empty);
        }
    }

    @Override
    public void close() {
        early.close();
    }
}
