// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.libssl4j.iana.AlertDescription.BAD_RECORD_MAC;
import static org.libssl4j.iana.AlertDescription.DECODE_ERROR;
import static org.libssl4j.iana.AlertDescription.HANDSHAKE_FAILURE;
import static org.libssl4j.iana.AlertDescription.ILLEGAL_PARAMETER;
import static org.libssl4j.iana.AlertDescription.INTERNAL_ERROR;
import static org.libssl4j.iana.AlertDescription.MISSING_EXTENSION;
import static org.libssl4j.iana.AlertDescription.UNEXPECTED_MESSAGE;
import static org.libssl4j.iana.AlertDescription.UNSUPPORTED_CERTIFICATE;
import static org.libssl4j.iana.AlertDescription.UNSUPPORTED_EXTENSION;

import java.util.List;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/**
 * Which of BoringSSL's names for errors, which the runner expects, stand for which of OpenSSL's reasons, which the library gives.
 *
 * <p>OpenSSL's reasons are coarser in some places: there the alert, or a word of the text that says what came, tells the names apart. The first row that fits counts. One name stands for each failure; but where BoringSSL's own errors are a stack of two, both are printed, as it does. What is not in the table has the same name.
 */
final class BoringErrors {
    /** A row of the table; without an alert it is for any, without a word for any text. */
    private record Row(Reason reason, AlertDescription alert, String word, List<String> names) {
        boolean fits(TlsException e) {
            return e.reason() == reason
                    && (alert == null || e.alert() == alert)
                    && (word == null || e.getMessage().contains(word));
        }
    }

    private static final List<Row> ROWS = List.of(
            // Messages that do not have the form of their type.
            row(Reason.LENGTH_MISMATCH, DECODE_ERROR, "length mismatch: client_hello", "CLIENTHELLO_PARSE_FAILED"),
            row(Reason.LENGTH_MISMATCH, DECODE_ERROR, "without a certificate", "PEER_DID_NOT_RETURN_A_CERTIFICATE"),
            row(Reason.LENGTH_MISMATCH, DECODE_ERROR, null, "DECODE_ERROR"),
            row(Reason.BAD_PACKET, DECODE_ERROR, "certificate: DER", "CANNOT_PARSE_LEAF_CERT"),
            row(Reason.BAD_LEGACY_VERSION, ILLEGAL_PARAMETER, null, "DECODE_ERROR"),
            row(Reason.BAD_KEY_UPDATE, ILLEGAL_PARAMETER, null, "DECODE_ERROR"),
            row(Reason.INVALID_CONTEXT, ILLEGAL_PARAMETER, null, "DECODE_ERROR"),
            row(Reason.INVALID_COMPRESSION_ALGORITHM, DECODE_ERROR, null, "DECODE_ERROR"),
            row(Reason.INVALID_COMPRESSION_ALGORITHM, ILLEGAL_PARAMETER, null, "INVALID_COMPRESSION_LIST"),
            // Extensions. BoringSSL reads some of them where it reads the message.
            row(Reason.BAD_EXTENSION, DECODE_ERROR, "bad extension: cookie:", "DECODE_ERROR"),
            row(Reason.BAD_EXTENSION, DECODE_ERROR, "bad extension: key_share:", "DECODE_ERROR"),
            row(Reason.BAD_EXTENSION, DECODE_ERROR, "bad extension: signature_algorithms:", "DECODE_ERROR"),
            row(Reason.BAD_EXTENSION, DECODE_ERROR, null, "PARSE_TLSEXT", "ERROR_PARSING_EXTENSION"),
            row(Reason.BAD_EXTENSION, ILLEGAL_PARAMETER, "stands twice", "DUPLICATE_EXTENSION"),
            row(Reason.BAD_EXTENSION, ILLEGAL_PARAMETER, "ALPN chose", "INVALID_ALPN_PROTOCOL"),
            row(Reason.BAD_EXTENSION, ILLEGAL_PARAMETER, "in encrypted_extensions", "ERROR_PARSING_EXTENSION"),
            row(Reason.BAD_EXTENSION, ILLEGAL_PARAMETER, "not allowed there", "UNEXPECTED_EXTENSION"),
            row(Reason.UNSOLICITED_EXTENSION, UNSUPPORTED_EXTENSION, null, "UNEXPECTED_EXTENSION"),
            row(Reason.MISSING_SIGALGS_EXTENSION, MISSING_EXTENSION, "a CertificateRequest", "DECODE_ERROR"),
            row(Reason.MISSING_SIGALGS_EXTENSION, MISSING_EXTENSION, null, "NO_COMMON_SIGNATURE_ALGORITHMS"),
            row(Reason.MISSING_SUPPORTED_GROUPS_EXTENSION, MISSING_EXTENSION, "without key_share", "MISSING_KEY_SHARE"),
            row(Reason.MISSING_SUPPORTED_GROUPS_EXTENSION, MISSING_EXTENSION, null, "NO_SHARED_GROUP"),
            row(Reason.BAD_VALUE, INTERNAL_ERROR, "the callback chose", "INVALID_ALPN_PROTOCOL"),
            // Groups and versions.
            row(Reason.BAD_KEY_SHARE, ILLEGAL_PARAMETER, "two shares of group", "DUPLICATE_KEY_SHARE"),
            row(Reason.BAD_KEY_SHARE, ILLEGAL_PARAMETER, null, "WRONG_CURVE"),
            row(Reason.NO_SUITABLE_KEY_SHARE, MISSING_EXTENSION, null, "MISSING_KEY_SHARE"),
            row(Reason.NO_SUITABLE_KEY_SHARE, HANDSHAKE_FAILURE, null, "NO_SHARED_GROUP"),
            row(Reason.NO_CHANGE_FOLLOWING_HRR, ILLEGAL_PARAMETER, null, "EMPTY_HELLO_RETRY_REQUEST"),
            row(Reason.WRONG_SSL_VERSION, null, null, "SECOND_SERVERHELLO_VERSION_MISMATCH"),
            // Signatures.
            row(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, HANDSHAKE_FAILURE, null, "NO_COMMON_SIGNATURE_ALGORITHMS"),
            row(Reason.WRONG_SIGNATURE_TYPE, ILLEGAL_PARAMETER, "by a key of type RSASSA-PSS", "UNSUPPORTED_ALGORITHM"),
            row(Reason.INVALID_CERTIFICATE_OR_ALG, UNSUPPORTED_CERTIFICATE, "keyUsage", "KEY_USAGE_BIT_INCORRECT"),
            row(Reason.CALLBACK_FAILED, INTERNAL_ERROR, "certificate callback", "CERT_CB_ERROR"),
            row(Reason.CALLBACK_FAILED, HANDSHAKE_FAILURE, null, "CONNECTION_REJECTED"),
            // Records and alerts. What does not decrypt, BoringSSL's ciphers report as well.
            row(
                    Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                    BAD_RECORD_MAC,
                    null,
                    "BAD_DECRYPT",
                    "DECRYPTION_FAILED_OR_BAD_RECORD_MAC"),
            row(Reason.LENGTH_TOO_SHORT, BAD_RECORD_MAC, null, "BAD_DECRYPT", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC"),
            row(Reason.LENGTH_TOO_SHORT, UNEXPECTED_MESSAGE, "padding", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC"),
            row(Reason.BAD_RECORD_TYPE, UNEXPECTED_MESSAGE, "a protected record", "INVALID_OUTER_RECORD_TYPE"),
            row(Reason.RECORD_TOO_SMALL, UNEXPECTED_MESSAGE, null, "TOO_MANY_EMPTY_FRAGMENTS"),
            row(Reason.UNEXPECTED_CCS_MESSAGE, UNEXPECTED_MESSAGE, null, "UNEXPECTED_RECORD"),
            row(Reason.APP_DATA_IN_HANDSHAKE, UNEXPECTED_MESSAGE, null, "UNEXPECTED_RECORD"),
            row(Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA, UNEXPECTED_MESSAGE, null, "UNEXPECTED_RECORD"),
            row(Reason.NOT_ON_RECORD_BOUNDARY, UNEXPECTED_MESSAGE, null, "EXCESS_HANDSHAKE_DATA"),
            row(Reason.TOO_MANY_WARN_ALERTS, UNEXPECTED_MESSAGE, null, "TOO_MANY_WARNING_ALERTS"),
            row(Reason.INVALID_ALERT, DECODE_ERROR, null, "BAD_ALERT"));

    private BoringErrors() {}

    private static Row row(Reason reason, AlertDescription alert, String word, String... names) {
        return new Row(reason, alert, word, List.of(names));
    }

    /** The names for a failure of the protocol; at least one. */
    static List<String> names(TlsException e) {
        if (e instanceof PeerAlertException) {
            return List.of(e.reason().name()); // what the peer says is no fault that we found
        }
        return ROWS.stream()
                .filter(r -> r.fits(e))
                .findFirst()
                .map(Row::names)
                .orElse(List.of(e.reason().name()));
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
