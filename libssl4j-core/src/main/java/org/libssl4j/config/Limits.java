// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

/** Bounds on what a peer may make us keep. Immutable. */
public final class Limits {
    /** What a context begins with. */
    public static final Limits DEFAULT = new Limits();

    private int certificateMessage = 102_400;
    private int tickets = 8;

    private Limits() {}

    private Limits(Limits o) {
        certificateMessage = o.certificateMessage;
        tickets = o.tickets;
    }

    /** Bytes of a Certificate message (SSL_CTX_set_max_cert_list(3)); OpenSSL's 100 KiB by default. */
    public int certificateMessage() {
        return certificateMessage;
    }

    public Limits withCertificateMessage(int c) {
        Limits next = new Limits(this);
        next.certificateMessage = c;
        return next;
    }

    /** How many NewSessionTicket messages a client keeps of one connection. */
    public int tickets() {
        return tickets;
    }

    public Limits withTickets(int t) {
        Limits next = new Limits(this);
        next.tickets = t;
        return next;
    }

    /** Bytes of early data that a server drops when it takes none: what OpenSSL's servers allow, so what clients with a ticket of another server may send. */
    public int refusedEarlyData() {
        return 16_384;
    }

    /** How often a server may ask for a certificate after the handshake with no application data between that came when our answers were out: each costs the client a signature, and memory until it is out. */
    public int certificateRequests() {
        return 8;
    }

    /** How many pre-shared keys of a ClientHello a server looks for: a hello has room for more than a thousand. */
    public int pskIdentities() {
        return 8;
    }

    /** Bytes of any other handshake message: a ClientHello may be as long (OpenSSL's SSL3_RT_MAX_PLAIN_LENGTH and more for post-quantum shares fit well). */
    public int handshakeMessage() {
        return 65_536;
    }
}
