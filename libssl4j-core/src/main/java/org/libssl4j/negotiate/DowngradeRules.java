// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import org.libssl4j.config.Versions;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ServerHello;

/** What shows that somebody between client and server has talked them into an older version than both have (RFC 9846 §4.2.3 [8446 4.1.3], RFC 7507). */
public final class DowngradeRules {
    /** RFC 7507 §2: stands among the cipher suites of a client that tries again with an older version than it has. */
    public static final int FALLBACK_SCSV = 0x5600;

    // RFC 9846 §4.2.3 [8446 4.1.3]: the last eight bytes of a server's random that tell of a downgrade: "DOWNGRD" and
    // the version.
    private static final long TO_1_2 = 0x444F574E47524401L;
    private static final long TO_1_1 = 0x444F574E47524400L;

    private DowngradeRules() {}

    /** Marks the random of a server that speaks less than it could. */
    public static void mark(byte[] serverRandom, ProtocolVersion chosen, Versions ours) {
        // RFC 9846 §4.2.3 [8446 4.1.3]: a server that has TLS 1.3 marks each older version; one that has TLS 1.2 marks
        // those before.
        ProtocolVersion newest = ours.newest();
        if (newest.compareTo(ProtocolVersion.TLS1_2) >= 0 && chosen.compareTo(newest) < 0) {
            long mark = chosen == ProtocolVersion.TLS1_2 ? TO_1_2 : TO_1_1;
            for (int i = serverRandom.length - 1; i >= serverRandom.length - Long.BYTES; i--, mark >>>= 8) {
                serverRandom[i] = (byte) mark;
            }
        }
    }

    /** For a client, whose server has chosen TLS 1.2 or before. */
    static void checkServerRandom(ServerHello hello, Versions ours) throws TlsException {
        long end = 0;
        for (int i = hello.random().length - Long.BYTES; i < hello.random().length; i++) {
            end = end << 8 | hello.random()[i] & 0xff;
        }
        boolean below12 = hello.legacyVersion() < ProtocolVersion.TLS1_2.code();
        // RFC 9846 §4.2.3 [8446 4.1.3]: a server that has TLS 1.3 marks its random when it speaks less, and one that
        // has
        // TLS 1.2 when it speaks less than that; then somebody has meddled with the ClientHello.
        if (ours.allows(ProtocolVersion.TLS1_3) && (end == TO_1_2 || end == TO_1_1)
                || ours.allows(ProtocolVersion.TLS1_2) && below12 && end == TO_1_1) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.INAPPROPRIATE_FALLBACK,
                    String.format("a ServerHello of version 0x%04x", hello.legacyVersion())
                            + " from a server that knows a newer one, which was offered: "
                            + ours.newest().text());
        }
    }

    /** For a server: whether the client only tries an older version because a newer one has failed, which need not have been. */
    public static void checkFallback(ClientHello hello, ProtocolVersion chosen, Versions ours) throws TlsException {
        // RFC 7507 §3: with the signal there, and a newer version of ours than the client's newest, the handshake ends.
        if (CodePoints.contain(hello.cipherSuites(), FALLBACK_SCSV) && chosen.compareTo(ours.newest()) < 0) {
            throw new TlsException(
                    AlertDescription.INAPPROPRIATE_FALLBACK,
                    Reason.INAPPROPRIATE_FALLBACK,
                    "a ClientHello with TLS_FALLBACK_SCSV that comes to " + chosen.text() + "; we have "
                            + ours.newest().text());
        }
    }
}
