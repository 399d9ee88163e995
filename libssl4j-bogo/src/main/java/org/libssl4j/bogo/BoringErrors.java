// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/**
 * Which of BoringSSL's names for errors, which the runner expects, stand for which of OpenSSL's reasons, which the library gives.
 *
 * <p>OpenSSL's reasons are coarser in some places: there several names stand for one, told apart by the alert where that helps. What is not in the table has the same name.
 */
final class BoringErrors {
    private static final Map<Reason, Map<AlertDescription, List<String>>> NAMES = new EnumMap<>(Reason.class);

    static {
        for (Reason r : List.of(
                Reason.LENGTH_MISMATCH,
                Reason.LENGTH_TOO_SHORT,
                Reason.LENGTH_TOO_LONG,
                Reason.BAD_LENGTH,
                Reason.BAD_PACKET)) {
            any(
                    r,
                    "DECODE_ERROR",
                    "CLIENTHELLO_PARSE_FAILED",
                    "CANNOT_PARSE_LEAF_CERT",
                    "PEER_DID_NOT_RETURN_A_CERTIFICATE");
        }
        any(Reason.LENGTH_TOO_SHORT, "DECODE_ERROR", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC");
        on(
                Reason.BAD_EXTENSION,
                AlertDescription.DECODE_ERROR,
                "DECODE_ERROR",
                "ERROR_PARSING_EXTENSION",
                "PARSE_TLSEXT");
        on(
                Reason.BAD_EXTENSION,
                AlertDescription.ILLEGAL_PARAMETER,
                "DUPLICATE_EXTENSION",
                "UNEXPECTED_EXTENSION",
                "ERROR_PARSING_EXTENSION",
                "INVALID_ALPN_PROTOCOL");
        on(Reason.BAD_EXTENSION, AlertDescription.UNSUPPORTED_EXTENSION, "UNEXPECTED_EXTENSION");
        any(Reason.UNSOLICITED_EXTENSION, "UNEXPECTED_EXTENSION");
        any(Reason.BAD_KEY_SHARE, "BAD_ECPOINT", "WRONG_CURVE", "DUPLICATE_KEY_SHARE");
        any(Reason.NO_CHANGE_FOLLOWING_HRR, "EMPTY_HELLO_RETRY_REQUEST", "WRONG_CURVE");
        any(Reason.NO_SUITABLE_KEY_SHARE, "MISSING_KEY_SHARE");
        any(Reason.MISSING_SUPPORTED_GROUPS_EXTENSION, "MISSING_KEY_SHARE", "NO_SHARED_GROUP");
        any(Reason.NO_SHARED_GROUPS, "NO_SHARED_GROUP");
        any(Reason.NO_SUITABLE_GROUPS, "NO_SHARED_GROUP");
        any(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, "NO_COMMON_SIGNATURE_ALGORITHMS");
        any(Reason.NO_SHARED_SIGNATURE_ALGORITHMS, "NO_COMMON_SIGNATURE_ALGORITHMS");
        any(Reason.MISSING_SIGALGS_EXTENSION, "NO_COMMON_SIGNATURE_ALGORITHMS", "DECODE_ERROR");
        any(Reason.WRONG_SIGNATURE_TYPE, "WRONG_SIGNATURE_TYPE", "UNSUPPORTED_ALGORITHM");
        any(Reason.INVALID_COMPRESSION_ALGORITHM, "INVALID_COMPRESSION_LIST", "DECODE_ERROR");
        any(Reason.CALLBACK_FAILED, "CONNECTION_REJECTED");
        any(Reason.INVALID_CONTEXT, "DECODE_ERROR");
        any(Reason.BAD_KEY_UPDATE, "DECODE_ERROR");
        any(Reason.BAD_LEGACY_VERSION, "DECODE_ERROR");
        any(Reason.BAD_PROTOCOL_VERSION_NUMBER, "SECOND_SERVERHELLO_VERSION_MISMATCH");
        any(Reason.BAD_DIGEST_LENGTH, "DIGEST_CHECK_FAILED");
        any(Reason.NOT_ON_RECORD_BOUNDARY, "EXCESS_HANDSHAKE_DATA");
        any(Reason.BAD_RECORD_TYPE, "INVALID_OUTER_RECORD_TYPE");
        // A record too short for a tag, and one of nothing but padding.
        on(
                Reason.LENGTH_TOO_SHORT,
                AlertDescription.BAD_RECORD_MAC,
                "DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
                "BAD_DECRYPT");
        on(Reason.LENGTH_TOO_SHORT, AlertDescription.UNEXPECTED_MESSAGE, "DECRYPTION_FAILED_OR_BAD_RECORD_MAC");
        any(Reason.RECORD_TOO_SMALL, "TOO_MANY_EMPTY_FRAGMENTS");
        any(Reason.UNSUPPORTED_PROTOCOL, "UNSUPPORTED_PROTOCOL", "SECOND_SERVERHELLO_VERSION_MISMATCH");
        any(Reason.APP_DATA_IN_HANDSHAKE, "UNEXPECTED_RECORD");
        any(Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA, "UNEXPECTED_RECORD");
        any(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, "DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "BAD_DECRYPT");
        any(Reason.UNEXPECTED_CCS_MESSAGE, "UNEXPECTED_RECORD");
        any(Reason.TOO_MANY_WARN_ALERTS, "TOO_MANY_WARNING_ALERTS");
        any(Reason.INVALID_ALERT, "BAD_ALERT");
    }

    private BoringErrors() {}

    /** These names stand for a reason with this alert. */
    private static void on(Reason reason, AlertDescription alert, String... names) {
        NAMES.computeIfAbsent(reason, r -> new EnumMap<>(AlertDescription.class))
                .put(alert, List.of(names));
    }

    /** These names stand for a reason with any alert. */
    private static void any(Reason reason, String... names) {
        for (AlertDescription a : AlertDescription.values()) {
            on(reason, a, names);
        }
    }

    /** The names for a failure of the protocol; at least one. */
    static List<String> names(TlsException e) {
        return NAMES.getOrDefault(e.reason(), Map.of())
                .getOrDefault(e.alert(), List.of(e.reason().name()));
    }

    /**
     * The text in which the runner seeks a name.
     *
     * @param beforeServerHello whether we are a client that has got no answer yet: a refusal then has a name of its own
     */
    static String text(Exception failure, boolean beforeServerHello) {
        if (!(failure instanceof TlsException e)) {
            return failure == null ? "no failure is known" : "SSL error: SYSCALL: " + failure;
        }
        StringBuilder text = new StringBuilder("SSL error: SSL:");
        names(e).forEach(n -> text.append(n).append(':'));
        if (beforeServerHello
                && e instanceof PeerAlertException
                && e.reason() == Reason.SSLV3_ALERT_HANDSHAKE_FAILURE) {
            text.append("HANDSHAKE_FAILURE_ON_CLIENT_HELLO:");
        }
        return text.append(' ')
                .append(e.alert())
                .append(", ")
                .append(e.getMessage())
                .toString();
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
