// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import org.libssl4j.crypto.DhParameters;

/** What TLS 1.2 and before leave to be set, and TLS 1.3 has done away with. Immutable. */
public final class LegacySettings {
    /** What a context begins with. */
    public static final LegacySettings DEFAULT = new LegacySettings();

    private boolean encryptThenMac = true;
    private boolean extendedMasterSecret = true;
    private boolean tickets = true;
    private boolean renegotiation;
    private boolean clientRenegotiation;
    private boolean legacyServerConnect;
    private boolean fallback;
    private boolean dhAuto;
    private DhParameters dhParameters;

    private LegacySettings() {}

    private LegacySettings(LegacySettings o) {
        encryptThenMac = o.encryptThenMac;
        extendedMasterSecret = o.extendedMasterSecret;
        tickets = o.tickets;
        renegotiation = o.renegotiation;
        clientRenegotiation = o.clientRenegotiation;
        legacyServerConnect = o.legacyServerConnect;
        fallback = o.fallback;
        dhAuto = o.dhAuto;
        dhParameters = o.dhParameters;
    }

    /** Whether encrypt_then_mac (RFC 7366) is offered, and agreed to; off by SSL_OP_NO_ENCRYPT_THEN_MAC. */
    public boolean encryptThenMac() {
        return encryptThenMac;
    }

    public LegacySettings withEncryptThenMac(boolean e) {
        LegacySettings next = new LegacySettings(this);
        next.encryptThenMac = e;
        return next;
    }

    /** Whether extended_master_secret (RFC 7627) is offered, and agreed to; off by SSL_OP_NO_EXTENDED_MASTER_SECRET. */
    public boolean extendedMasterSecret() {
        return extendedMasterSecret;
    }

    public LegacySettings withExtendedMasterSecret(boolean e) {
        LegacySettings next = new LegacySettings(this);
        next.extendedMasterSecret = e;
        return next;
    }

    /** Whether session_ticket (RFC 5077) is offered, and tickets are issued; off by SSL_OP_NO_TICKET. A security level of 3 and more forbids them besides ({@link SecurityLevel#allowsTickets()}). */
    public boolean tickets() {
        return tickets;
    }

    public LegacySettings withTickets(boolean t) {
        LegacySettings next = new LegacySettings(this);
        next.tickets = t;
        return next;
    }

    /** Whether we may renegotiate at all: ask for it, and answer a HelloRequest; on without SSL_OP_NO_RENEGOTIATION. Only with a peer that has renegotiation_info (RFC 5746). */
    public boolean renegotiation() {
        return renegotiation;
    }

    public LegacySettings withRenegotiation(boolean r) {
        LegacySettings next = new LegacySettings(this);
        next.renegotiation = r;
        return next;
    }

    /** Whether a server lets a client begin a renegotiation (SSL_OP_ALLOW_CLIENT_RENEGOTIATION); of no effect without {@link #renegotiation()}. */
    public boolean clientRenegotiation() {
        return clientRenegotiation;
    }

    public LegacySettings withClientRenegotiation(boolean c) {
        LegacySettings next = new LegacySettings(this);
        next.clientRenegotiation = c;
        return next;
    }

    /** Whether a client goes on with a server that has no renegotiation_info (SSL_OP_LEGACY_SERVER_CONNECT; RFC 5746 §4.1). */
    public boolean legacyServerConnect() {
        return legacyServerConnect;
    }

    public LegacySettings withLegacyServerConnect(boolean l) {
        LegacySettings next = new LegacySettings(this);
        next.legacyServerConnect = l;
        return next;
    }

    /** Whether a client says, by TLS_FALLBACK_SCSV, that it has tried a newer version before (RFC 7507; SSL_MODE_SEND_FALLBACK_SCSV). */
    public boolean fallback() {
        return fallback;
    }

    public LegacySettings withFallback(boolean f) {
        LegacySettings next = new LegacySettings(this);
        next.fallback = f;
        return next;
    }

    /** Whether a server takes a finite field of its own choice for ephemeral Diffie-Hellman (SSL_CTX_set_dh_auto(3)); without it and {@link #dhParameters()} there is none. */
    public boolean dhAuto() {
        return dhAuto;
    }

    public LegacySettings withDhAuto(boolean a) {
        LegacySettings next = new LegacySettings(this);
        next.dhAuto = a;
        return next;
    }

    /** The finite field that a server uses for ephemeral Diffie-Hellman (SSL_CTX_set0_tmp_dh_pkey(3)); null for none set. */
    public DhParameters dhParameters() {
        return dhParameters;
    }

    public LegacySettings with(DhParameters p) {
        LegacySettings next = new LegacySettings(this);
        next.dhParameters = p;
        return next;
    }
}
