// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;

/**
 * The last stage of the key schedule (RFC 9846 §7.1).
 *
 * <pre>
 *   0 ► HKDF-Extract = Main Secret
 *          |
 *          +──► "c ap traffic", ClientHello…server Finished = {@link #client()}
 *          +──► "s ap traffic", ClientHello…server Finished = {@link #server()}
 *          +──► "exp master",   ClientHello…server Finished = {@link #exporter()}
 *          +──► "res master",   ClientHello…client Finished = {@link #resumption}
 * </pre>
 *
 * Not thread-safe.
 */
public final class ApplicationKeys implements AutoCloseable {
    private final Hkdf hkdf;
    private final Secret main;
    private final Secret exporter;
    private TrafficSecret client;
    private TrafficSecret server;
    private Secret resumption;

    ApplicationKeys(Hkdf hkdf, Secret main, byte[] finishedHash) {
        this.hkdf = hkdf;
        this.main = main;
        this.client = new TrafficSecret(hkdf, hkdf.expandLabel(main, "c ap traffic", finishedHash, hkdf.length()));
        this.server = new TrafficSecret(hkdf, hkdf.expandLabel(main, "s ap traffic", finishedHash, hkdf.length()));
        this.exporter = hkdf.expandLabel(main, "exp master", finishedHash, hkdf.length());
    }

    /** Protects what the client sends. */
    public TrafficSecret client() {
        return client;
    }

    /** Protects what the server sends. */
    public TrafficSecret server() {
        return server;
    }

    /** What exporters start from (RFC 9846 §7.5). */
    public Secret exporter() {
        return exporter;
    }

    /** The client's secret after a KeyUpdate of its (RFC 9846 §7.2); the one before is wiped. */
    public TrafficSecret updateClient() {
        TrafficSecret before = client;
        client = before.next();
        before.close();
        return client;
    }

    /** The server's secret after a KeyUpdate of its; the one before is wiped. */
    public TrafficSecret updateServer() {
        TrafficSecret before = server;
        server = before.next();
        before.close();
        return server;
    }

    /** The Finished of a client that authenticates itself after the handshake, under the secret that it has now (RFC 9846 §4.5 [8446 4.4]). */
    public FinishedMac clientFinished() {
        return new FinishedMac(hkdf, client.secret());
    }

    /**
     * Makes the secret that tickets start from, and wipes the main secret, which nothing else is made of.
     *
     * @param finishedHash the transcript's hash up to the client's Finished
     */
    public void resumption(byte[] finishedHash) {
        resumption = hkdf.expandLabel(main, "res master", finishedHash, hkdf.length());
        main.close();
    }

    /** The pre-shared key of a ticket (RFC 9846 §4.7.1 [8446 4.6.1]); the caller closes it. */
    public Secret ticketPsk(byte[] nonce) {
        return hkdf.expandLabel(resumption, "resumption", nonce, hkdf.length());
    }

    @Override
    public void close() {
        main.close();
        exporter.close();
        client.close();
        server.close();
        if (resumption != null) {
            resumption.close();
        }
    }
}
