// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.NamedGroup;

/** The side of a key exchange that began it: Diffie-Hellman, or a KEM's key pair (RFC 9846 §4.3.8, §7.4). Used once, then closed; closing twice is harmless. */
public interface KeyExchange extends AutoCloseable {
    /** What the peer is sent, in the wire form of key_share. */
    byte[] share();

    /**
     * The shared secret.
     *
     * @param peerShare the answer, in the wire form of key_share
     * @throws TlsException illegal_parameter with BAD_ECPOINT if the answer is no valid share of this group
     */
    Secret finish(byte[] peerShare) throws TlsException;

    /**
     * The exchange of {@code group} that this one is made of, so that one key pair serves a share of each (draft-ietf-tls-hybrid-design §3.2 allows it within one ClientHello); null if it has no such part. It is closed with this one.
     */
    default KeyExchange part(NamedGroup group) {
        return null;
    }

    /** Drops the private key. */
    @Override
    void close();

    /** What the answering side has at once: its own share and the secret. */
    record Answer(byte[] share, Secret secret) {}

    /** Makes exchanges of one group. Thread-safe. */
    interface Factory {
        /** Begins an exchange with a fresh key pair. */
        KeyExchange start();

        /**
         * Answers one that a peer began.
         *
         * @throws TlsException illegal_parameter with BAD_ECPOINT if {@code peerShare} is no valid share of this group
         */
        Answer answer(byte[] peerShare) throws TlsException;
    }
}
