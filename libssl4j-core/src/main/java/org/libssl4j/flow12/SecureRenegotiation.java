// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.security.MessageDigest;
import org.libssl4j.config.LegacySettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.PreviousHandshake;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.RenegotiationInfo;

/** Whether both sides bind a renegotiation to the handshake before it (RFC 5746). */
final class SecureRenegotiation {
    /** RFC 5746 §3.3: among the cipher suites it stands for an empty renegotiation_info. */
    private static final int EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff;

    private SecureRenegotiation() {}

    /**
     * What a server answers to a ClientHello; null to one that does not know renegotiation_info.
     *
     * @param before what a renegotiation is bound to; null for the first handshake of a connection
     */
    static byte[] answer(Handshake hs, ClientHello hello, PreviousHandshake before) throws TlsException {
        if (before != null) {
            check(hello, before);
            hs.env().negotiated().secureRenegotiation(true);
            return before.bothFinished(); // RFC 5746 §3.7
        }
        RenegotiationInfo info = hello.extensions().get(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::read);
        boolean scsv = hasScsv(hello);
        // RFC 5746 §3.6: in the first handshake of a connection there is nothing to tell.
        if (info != null && info.renegotiatedConnection().length > 0) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.RENEGOTIATION_MISMATCH,
                    "a first ClientHello whose renegotiation_info has " + info.renegotiatedConnection().length
                            + " bytes; none allowed");
        }
        boolean secure = info != null || scsv;
        hs.env().negotiated().secureRenegotiation(secure);
        return secure ? new byte[0] : null;
    }

    /** Whether the ClientHello of a renegotiation comes from the one who made the handshake before it. */
    static void check(ClientHello hello, PreviousHandshake before) throws TlsException {
        // RFC 5746 §3.7: the signal belongs to the first handshake of a connection.
        if (hasScsv(hello)) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.SCSV_RECEIVED_WHEN_RENEGOTIATING,
                    "a ClientHello with TLS_EMPTY_RENEGOTIATION_INFO_SCSV in a renegotiation");
        }
        // RFC 5746 §3.7: the extension is there, and has the verify_data of the client's last Finished.
        checkBound(
                hello.extensions().get(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::read),
                before.clientFinished(),
                "ClientHello");
    }

    private static void checkBound(RenegotiationInfo info, byte[] expected, String where) throws TlsException {
        if (info == null || !MessageDigest.isEqual(info.renegotiatedConnection(), expected)) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.RENEGOTIATION_MISMATCH,
                    "a " + where + " of a renegotiation "
                            + (info == null
                                    ? "without renegotiation_info"
                                    : "whose renegotiation_info is not that of the handshake before"));
        }
    }

    private static boolean hasScsv(ClientHello hello) {
        for (int code : hello.cipherSuites()) {
            if (code == EMPTY_RENEGOTIATION_INFO_SCSV) {
                return true;
            }
        }
        return false;
    }

    /**
     * What a server has said in its ServerHello; whether it knows renegotiation_info.
     *
     * @param before what a renegotiation is bound to; null for the first handshake of a connection
     */
    static boolean accept(ExtensionBlock extensions, LegacySettings settings, PreviousHandshake before)
            throws TlsException {
        RenegotiationInfo info = extensions.get(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::read);
        if (before != null) {
            // RFC 5746 §3.5: it has both verify_data, the client's first.
            checkBound(info, before.bothFinished(), "ServerHello");
            return true;
        }
        if (info == null) {
            // RFC 5746 §3.4, §4.1: somebody may have put our handshake behind one of his own, which such a server does
            // not notice; so it is refused, unless the user has it otherwise.
            if (!settings.legacyServerConnect()) {
                throw new TlsException(
                        AlertDescription.HANDSHAKE_FAILURE,
                        Reason.UNSAFE_LEGACY_RENEGOTIATION_DISABLED,
                        "a ServerHello without renegotiation_info; allowed with the option LEGACY_SERVER_CONNECT");
            }
            return false;
        }
        // RFC 5746 §3.4: in the first handshake of a connection it is empty.
        if (info.renegotiatedConnection().length > 0) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.RENEGOTIATION_MISMATCH,
                    "a first ServerHello whose renegotiation_info has " + info.renegotiatedConnection().length
                            + " bytes; none allowed");
        }
        return true;
    }
}
