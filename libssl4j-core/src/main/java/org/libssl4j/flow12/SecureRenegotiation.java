// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.config.LegacySettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
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

    /** What a server answers to the first ClientHello of a connection; null to one that does not know renegotiation_info. */
    static byte[] answer(Handshake hs, ClientHello hello) throws TlsException {
        RenegotiationInfo info = hello.extensions().get(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::read);
        boolean scsv = false;
        for (int code : hello.cipherSuites()) {
            scsv |= code == EMPTY_RENEGOTIATION_INFO_SCSV;
        }
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

    /** What a server has said in the first ServerHello of a connection; whether it knows renegotiation_info. */
    static boolean accept(ExtensionBlock extensions, LegacySettings settings) throws TlsException {
        RenegotiationInfo info = extensions.get(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::read);
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
