// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.util.EnumMap;
import java.util.Map;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;

/** Which of BoringSSL's names for errors, which the runner expects, stands for which of OpenSSL's reasons, which the library gives. Those that are not in the table have the same name. */
final class BoringErrors {
    private static final Map<Reason, String> NAMES = new EnumMap<>(Reason.class);

    static {
        NAMES.put(Reason.UNSOLICITED_EXTENSION, "UNEXPECTED_EXTENSION");
        NAMES.put(Reason.LENGTH_MISMATCH, "DECODE_ERROR");
        NAMES.put(Reason.LENGTH_TOO_SHORT, "DECODE_ERROR");
        NAMES.put(Reason.BAD_LENGTH, "DECODE_ERROR");
        NAMES.put(Reason.BAD_PACKET, "DECODE_ERROR");
        NAMES.put(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, "NO_COMMON_SIGNATURE_ALGORITHMS");
        NAMES.put(Reason.NO_SHARED_SIGNATURE_ALGORITHMS, "NO_COMMON_SIGNATURE_ALGORITHMS");
        NAMES.put(Reason.NO_SHARED_GROUPS, "NO_SHARED_GROUP");
        NAMES.put(Reason.NO_SUITABLE_GROUPS, "NO_SHARED_GROUP");
        NAMES.put(Reason.TOO_MANY_WARN_ALERTS, "TOO_MANY_WARNING_ALERTS");
        NAMES.put(Reason.INVALID_ALERT, "BAD_ALERT");
    }

    private BoringErrors() {}

    /** The name for a failure of the protocol. */
    static String name(TlsException e) {
        return NAMES.getOrDefault(e.reason(), e.reason().name());
    }

    /** The text in which the runner seeks the name; more than one name stands for a server that refuses our hello. */
    static String text(Exception failure, boolean beforeServerHello) {
        if (!(failure instanceof TlsException e)) {
            return failure == null ? "no failure is known" : "SSL error: SYSCALL: " + failure;
        }
        String text = "SSL error: SSL:" + name(e) + ": " + e.getMessage();
        boolean refused = beforeServerHello
                && e instanceof PeerAlertException
                && e.reason() == Reason.SSLV3_ALERT_HANDSHAKE_FAILURE;
        return refused ? text + "\nSSL error: SSL:HANDSHAKE_FAILURE_ON_CLIENT_HELLO:" : text;
    }

    /** Whether the peer has no version that we have. */
    static boolean isUnsupportedProtocol(Exception failure) {
        return failure instanceof TlsException e
                && !(failure instanceof PeerAlertException)
                && e.reason() == Reason.UNSUPPORTED_PROTOCOL;
    }

    /** Whether the stream ended without close_notify. */
    static boolean isEndOfStream(Exception failure) {
        return failure instanceof TlsException e && e.reason() == Reason.UNEXPECTED_EOF_WHILE_READING;
    }
}
