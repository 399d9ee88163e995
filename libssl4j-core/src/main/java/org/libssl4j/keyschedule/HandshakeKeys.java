// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;

/**
 * The second stage of the key schedule (RFC 9846 §7.1), with the secret of the key exchange in it.
 *
 * <pre>
 *   (EC)DHE ► HKDF-Extract = Handshake Secret
 *                |
 *                +──► "c hs traffic", ClientHello…ServerHello = {@link #client()}
 *                +──► "s hs traffic", ClientHello…ServerHello = {@link #server()}
 *           "derived", ""
 *                |
 *                ▼ {@link ApplicationKeys}
 * </pre>
 *
 * Not thread-safe.
 */
public final class HandshakeKeys implements AutoCloseable {
    private final Hkdf hkdf;
    private final Secret handshake;
    private final byte[] emptyHash;
    private final TrafficSecret client;
    private final TrafficSecret server;
    private ApplicationKeys next;

    HandshakeKeys(Hkdf hkdf, Secret handshake, byte[] helloHash, byte[] emptyHash) {
        this.hkdf = hkdf;
        this.handshake = handshake;
        this.emptyHash = emptyHash;
        this.client = new TrafficSecret(hkdf, hkdf.expandLabel(handshake, "c hs traffic", helloHash, hkdf.length()));
        this.server = new TrafficSecret(hkdf, hkdf.expandLabel(handshake, "s hs traffic", helloHash, hkdf.length()));
    }

    /** Protects what the client sends in the handshake. */
    public TrafficSecret client() {
        return client;
    }

    /** Protects what the server sends in the handshake. */
    public TrafficSecret server() {
        return server;
    }

    /** The Finished of the side whose secret this is. */
    public FinishedMac finished(TrafficSecret side) {
        return new FinishedMac(hkdf, side.secret());
    }

    /**
     * The next stage, which consumes the handshake secret; the traffic secrets stay until {@link #close()}, for the Finished that is still to come.
     *
     * @param finishedHash the transcript's hash up to the server's Finished
     */
    public ApplicationKeys application(byte[] finishedHash) {
        if (next != null) {
            throw new IllegalStateException("the application keys were made already");
        }
        try (handshake;
                Secret derived = hkdf.expandLabel(handshake, "derived", emptyHash, hkdf.length());
                Secret zeros = Secret.zeros(hkdf.length())) {
            next = new ApplicationKeys(hkdf, hkdf.extract(derived, zeros), finishedHash);
            return next;
        }
    }

    @Override
    public void close() {
        handshake.close();
        client.close();
        server.close();
    }
}
