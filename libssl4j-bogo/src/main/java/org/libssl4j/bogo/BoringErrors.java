// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.libssl4j.iana.AlertDescription.BAD_RECORD_MAC;
import static org.libssl4j.iana.AlertDescription.DECODE_ERROR;
import static org.libssl4j.iana.AlertDescription.DECRYPT_ERROR;
import static org.libssl4j.iana.AlertDescription.HANDSHAKE_FAILURE;
import static org.libssl4j.iana.AlertDescription.ILLEGAL_PARAMETER;
import static org.libssl4j.iana.AlertDescription.INTERNAL_ERROR;
import static org.libssl4j.iana.AlertDescription.MISSING_EXTENSION;
import static org.libssl4j.iana.AlertDescription.UNEXPECTED_MESSAGE;
import static org.libssl4j.iana.AlertDescription.UNSUPPORTED_CERTIFICATE;
import static org.libssl4j.iana.AlertDescription.UNSUPPORTED_EXTENSION;
import static org.libssl4j.iana.ExtensionType.EXTENDED_MASTER_SECRET;
import static org.libssl4j.iana.ExtensionType.PRE_SHARED_KEY;
import static org.libssl4j.iana.ExtensionType.SUPPORTED_GROUPS;
import static org.libssl4j.iana.HandshakeType.CERTIFICATE;
import static org.libssl4j.iana.HandshakeType.CERTIFICATE_REQUEST;
import static org.libssl4j.iana.HandshakeType.CLIENT_HELLO;
import static org.libssl4j.iana.HandshakeType.ENCRYPTED_EXTENSIONS;
import static org.libssl4j.iana.HandshakeType.SERVER_HELLO;

import java.util.List;
import java.util.function.Predicate;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/**
 * Which of BoringSSL's names for errors, which the runner expects, stand for which of OpenSSL's reasons, which the library gives.
 *
 * <p>OpenSSL's reasons are coarser in some places: there the alert, our role, or the peer's message, which the shim reads itself, tells the names apart. The first row that fits counts. One name stands for each failure; but where BoringSSL's own errors are a stack of two, both are printed, as it does. What is not in the table has the same name.
 */
final class BoringErrors {
    private static final Predicate<Observed> ANY = o -> true;

    /** A row of the table; without an alert it is for any. */
    private record Row(Reason reason, AlertDescription alert, Predicate<Observed> when, List<String> names) {
        boolean fits(TlsException e, Observed o) {
            return e.reason() == reason && (alert == null || e.alert() == alert) && when.test(o);
        }
    }

    private static final List<Row> ROWS = List.of(
            // Messages that do not have the form of their type.
            row(
                    Reason.LENGTH_MISMATCH,
                    DECODE_ERROR,
                    o -> o.last().is(CLIENT_HELLO) && !o.last().readable(),
                    "CLIENTHELLO_PARSE_FAILED"),
            row(
                    Reason.LENGTH_MISMATCH,
                    DECODE_ERROR,
                    o -> o.last().noCertificate(),
                    "PEER_DID_NOT_RETURN_A_CERTIFICATE"),
            row(Reason.LENGTH_MISMATCH, DECODE_ERROR, ANY, "DECODE_ERROR"),
            row(Reason.BAD_PACKET, DECODE_ERROR, o -> o.last().is(CERTIFICATE), "CANNOT_PARSE_LEAF_CERT"),
            row(Reason.BAD_LEGACY_VERSION, ILLEGAL_PARAMETER, Observed::helloRetryRequest, "DECODE_ERROR"),
            row(Reason.BAD_LEGACY_VERSION, ILLEGAL_PARAMETER, ANY, "UNSUPPORTED_PROTOCOL"),
            row(Reason.BAD_KEY_UPDATE, ILLEGAL_PARAMETER, ANY, "DECODE_ERROR"),
            row(Reason.INVALID_CONTEXT, ILLEGAL_PARAMETER, ANY, "DECODE_ERROR"),
            row(Reason.INVALID_COMPRESSION_ALGORITHM, DECODE_ERROR, ANY, "DECODE_ERROR"),
            row(Reason.INVALID_COMPRESSION_ALGORITHM, ILLEGAL_PARAMETER, ANY, "INVALID_COMPRESSION_LIST"),
            row(Reason.NO_COMPRESSION_SPECIFIED, ILLEGAL_PARAMETER, ANY, "INVALID_COMPRESSION_LIST"),
            row(Reason.INVALID_SESSION_ID, ILLEGAL_PARAMETER, o -> !o.server(), "SERVER_ECHOED_INVALID_SESSION_ID"),
            // Sessions and keys.
            row(Reason.CIPHERSUITE_DIGEST_HAS_CHANGED, ILLEGAL_PARAMETER, ANY, "OLD_SESSION_PRF_HASH_MISMATCH"),
            row(Reason.BAD_PSK_IDENTITY, ILLEGAL_PARAMETER, ANY, "PSK_IDENTITY_NOT_FOUND"),
            row(Reason.BINDER_DOES_NOT_VERIFY, DECRYPT_ERROR, ANY, "DIGEST_CHECK_FAILED"),
            row(Reason.MISSING_PSK_KEX_MODES_EXTENSION, MISSING_EXTENSION, ANY, "MISSING_EXTENSION"),
            row(
                    Reason.BAD_EXTENSION,
                    ILLEGAL_PARAMETER,
                    o -> o.server() && o.last().pskNotLast(),
                    "PRE_SHARED_KEY_MUST_BE_LAST"),
            row(
                    Reason.BAD_EXTENSION,
                    ILLEGAL_PARAMETER,
                    o -> o.server() && o.last().has(PRE_SHARED_KEY) && !o.last().extensionTwice(),
                    "PSK_IDENTITY_BINDER_COUNT_MISMATCH"),
            // Extensions. BoringSSL reads some of them where it reads the message.
            row(Reason.BAD_EXTENSION, DECODE_ERROR, BoringErrors::requestWithoutSignature, "DECODE_ERROR"),
            row(
                    Reason.INCONSISTENT_EXTMS,
                    HANDSHAKE_FAILURE,
                    o -> !o.server() && o.last().has(EXTENDED_MASTER_SECRET),
                    "RESUMED_NON_EMS_SESSION_WITH_EMS_EXTENSION"),
            row(Reason.INCONSISTENT_EXTMS, HANDSHAKE_FAILURE, ANY, "RESUMED_EMS_SESSION_WITHOUT_EMS_EXTENSION"),
            row(Reason.BAD_EXTENSION, DECODE_ERROR, ANY, "PARSE_TLSEXT", "ERROR_PARSING_EXTENSION"),
            row(Reason.BAD_EXTENSION, ILLEGAL_PARAMETER, o -> o.last().extensionTwice(), "DUPLICATE_EXTENSION"),
            row(Reason.BAD_EXTENSION, ILLEGAL_PARAMETER, BoringErrors::otherProtocol, "INVALID_ALPN_PROTOCOL"),
            row(
                    Reason.BAD_EXTENSION,
                    ILLEGAL_PARAMETER,
                    o -> o.last().is(ENCRYPTED_EXTENSIONS),
                    "ERROR_PARSING_EXTENSION"),
            row(Reason.BAD_EXTENSION, ILLEGAL_PARAMETER, o -> !o.server(), "UNEXPECTED_EXTENSION"),
            row(Reason.UNSOLICITED_EXTENSION, UNSUPPORTED_EXTENSION, ANY, "UNEXPECTED_EXTENSION"),
            row(Reason.MISSING_SIGALGS_EXTENSION, MISSING_EXTENSION, o -> !o.server(), "DECODE_ERROR"),
            row(
                    Reason.MISSING_SIGALGS_EXTENSION,
                    MISSING_EXTENSION,
                    Observed::server,
                    "NO_COMMON_SIGNATURE_ALGORITHMS"),
            row(
                    Reason.MISSING_SUPPORTED_GROUPS_EXTENSION,
                    MISSING_EXTENSION,
                    o -> o.last().has(SUPPORTED_GROUPS),
                    "MISSING_KEY_SHARE"),
            row(Reason.MISSING_SUPPORTED_GROUPS_EXTENSION, MISSING_EXTENSION, ANY, "NO_SHARED_GROUP"),
            row(Reason.TLS_INVALID_ECPOINTFORMAT_LIST, ILLEGAL_PARAMETER, ANY, "ERROR_PARSING_EXTENSION"),
            row(Reason.BAD_VALUE, INTERNAL_ERROR, ANY, "INVALID_ALPN_PROTOCOL"),
            // Groups and versions.
            row(Reason.BAD_KEY_SHARE, ILLEGAL_PARAMETER, o -> o.last().sharesTwice(), "DUPLICATE_KEY_SHARE"),
            row(Reason.BAD_KEY_SHARE, ILLEGAL_PARAMETER, ANY, "WRONG_CURVE"),
            row(Reason.NO_SUITABLE_KEY_SHARE, MISSING_EXTENSION, ANY, "MISSING_KEY_SHARE"),
            row(Reason.NO_SUITABLE_KEY_SHARE, HANDSHAKE_FAILURE, ANY, "NO_SHARED_GROUP"),
            row(Reason.NO_CHANGE_FOLLOWING_HRR, ILLEGAL_PARAMETER, ANY, "EMPTY_HELLO_RETRY_REQUEST"),
            row(Reason.WRONG_CURVE, ILLEGAL_PARAMETER, o -> o.last().is(CERTIFICATE), "BAD_ECC_CERT"),
            row(Reason.NO_SHARED_CIPHER, HANDSHAKE_FAILURE, Observed::ownCurveUnknown, "WRONG_CURVE"),
            row(Reason.NO_PROTOCOLS_AVAILABLE, INTERNAL_ERROR, ANY, "NO_SUPPORTED_VERSIONS_ENABLED"),
            row(
                    Reason.BAD_PROTOCOL_VERSION_NUMBER,
                    ILLEGAL_PARAMETER,
                    o -> o.last().choosesOlder(),
                    "UNEXPECTED_EXTENSION"),
            row(Reason.INAPPROPRIATE_FALLBACK, ILLEGAL_PARAMETER, o -> !o.server(), "TLS13_DOWNGRADE"),
            row(Reason.WRONG_SSL_VERSION, null, ANY, "SECOND_SERVERHELLO_VERSION_MISMATCH"),
            // Signatures.
            row(
                    Reason.NO_SUITABLE_SIGNATURE_ALGORITHM,
                    HANDSHAKE_FAILURE,
                    Observed::ownKeyUnwanted,
                    "UNKNOWN_CERTIFICATE_TYPE"),
            row(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, HANDSHAKE_FAILURE, ANY, "NO_COMMON_SIGNATURE_ALGORITHMS"),
            row(
                    Reason.WRONG_SIGNATURE_TYPE,
                    ILLEGAL_PARAMETER,
                    o -> o.last(CERTIFICATE).pssKey(),
                    "UNSUPPORTED_ALGORITHM"),
            row(
                    Reason.WRONG_SIGNATURE_TYPE,
                    ILLEGAL_PARAMETER,
                    Observed::beforeTls12,
                    "PEER_ERROR_UNSUPPORTED_CERTIFICATE_TYPE"),
            row(
                    Reason.WRONG_CERTIFICATE_TYPE,
                    ILLEGAL_PARAMETER,
                    o -> o.last(CERTIFICATE).pssKey(),
                    "UNSUPPORTED_ALGORITHM"),
            row(Reason.INVALID_CERTIFICATE_OR_ALG, UNSUPPORTED_CERTIFICATE, ANY, "KEY_USAGE_BIT_INCORRECT"),
            row(Reason.CALLBACK_FAILED, INTERNAL_ERROR, o -> !o.server(), "CERT_CB_ERROR"),
            row(Reason.CALLBACK_FAILED, HANDSHAKE_FAILURE, ANY, "CONNECTION_REJECTED"),
            // Records and alerts. What does not decrypt, BoringSSL's ciphers report as well.
            row(
                    Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                    BAD_RECORD_MAC,
                    ANY,
                    "BAD_DECRYPT",
                    "DECRYPTION_FAILED_OR_BAD_RECORD_MAC"),
            row(Reason.LENGTH_TOO_SHORT, BAD_RECORD_MAC, ANY, "BAD_DECRYPT", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC"),
            row(Reason.LENGTH_TOO_SHORT, UNEXPECTED_MESSAGE, ANY, "DECRYPTION_FAILED_OR_BAD_RECORD_MAC"),
            row(Reason.BAD_RECORD_TYPE, UNEXPECTED_MESSAGE, ANY, "INVALID_OUTER_RECORD_TYPE"),
            row(Reason.RECORD_TOO_SMALL, UNEXPECTED_MESSAGE, ANY, "TOO_MANY_EMPTY_FRAGMENTS"),
            row(Reason.UNEXPECTED_CCS_MESSAGE, UNEXPECTED_MESSAGE, ANY, "UNEXPECTED_RECORD"),
            row(Reason.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, Observed::changeCipherSpecLast, "UNEXPECTED_RECORD"),
            row(Reason.GOT_A_FIN_BEFORE_A_CCS, UNEXPECTED_MESSAGE, ANY, "UNEXPECTED_RECORD"),
            row(Reason.APP_DATA_IN_HANDSHAKE, UNEXPECTED_MESSAGE, ANY, "UNEXPECTED_RECORD"),
            row(Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA, UNEXPECTED_MESSAGE, ANY, "UNEXPECTED_RECORD"),
            row(Reason.NOT_ON_RECORD_BOUNDARY, UNEXPECTED_MESSAGE, ANY, "EXCESS_HANDSHAKE_DATA"),
            row(Reason.APPLICATION_DATA_AFTER_CLOSE_NOTIFY, INTERNAL_ERROR, ANY, "APPLICATION_DATA_ON_SHUTDOWN"),
            row(Reason.TOO_MANY_WARN_ALERTS, UNEXPECTED_MESSAGE, ANY, "TOO_MANY_WARNING_ALERTS"),
            row(Reason.INVALID_ALERT, DECODE_ERROR, ANY, "BAD_ALERT"));

    private BoringErrors() {}

    private static Row row(Reason reason, AlertDescription alert, Predicate<Observed> when, String... names) {
        return new Row(reason, alert, when, List.of(names));
    }

    private static boolean requestWithoutSignature(Observed o) {
        return o.last().is(CERTIFICATE_REQUEST) && o.last().noSignatureAlgorithm();
    }

    private static boolean otherProtocol(Observed o) {
        return (o.last().is(ENCRYPTED_EXTENSIONS) || o.last().is(SERVER_HELLO))
                && o.last().otherProtocolThan(o.config().text(ShimFlag.ADVERTISE_ALPN));
    }

    /** The names for a failure of the protocol; at least one. */
    static List<String> names(TlsException e, Observed observed) {
        if (e instanceof PeerAlertException) {
            return List.of(e.reason().name()); // what the peer says is no fault that we found
        }
        return ROWS.stream()
                .filter(r -> r.fits(e, observed))
                .findFirst()
                .map(Row::names)
                .orElse(List.of(e.reason().name()));
    }

    /** The text in which the runner seeks a name. A refusal of a client that has got no answer yet has one more. */
    static String text(Exception failure, Observed observed) {
        if (!(failure instanceof TlsException e)) {
            return failure == null ? "no failure is known" : "SSL error: SYSCALL: " + failure;
        }
        StringBuilder text = new StringBuilder("SSL error: SSL:");
        names(e, observed).forEach(n -> text.append(n).append(':'));
        if (!observed.server()
                && !observed.serverHello()
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

    /** Whether the stream ended without close_notify. */
    static boolean isEndOfStream(Exception failure) {
        return failure instanceof TlsException e && e.reason() == Reason.UNEXPECTED_EOF_WHILE_READING;
    }
}
