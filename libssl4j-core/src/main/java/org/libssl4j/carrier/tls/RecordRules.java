// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import org.libssl4j.config.RecordSettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ContentType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.record.RecordHeader;
import org.libssl4j.record.RecordProtection;

/** Which records the peer may send at this point, told from their headers, before any room is made for them (RFC 9846 §5). Not thread-safe. */
final class RecordRules {
    private static final int CCS = ContentType.CHANGE_CIPHER_SPEC.code();
    private static final int ALERT = ContentType.ALERT.code();
    private static final int HANDSHAKE = ContentType.HANDSHAKE.code();
    private static final int DATA = ContentType.APPLICATION_DATA.code();

    private final Role role;
    private boolean anyRecord;
    private boolean anyMessage;
    private boolean anyDecrypted;
    private int sizeLimit = RecordSettings.MAX_SIZE_LIMIT;
    private ProtocolVersion version; // null until it is known

    RecordRules(Role role) {
        this.role = role;
    }

    /** A record was opened. */
    void record(boolean decrypted) {
        anyRecord = true;
        anyDecrypted |= decrypted;
    }

    /** A handshake message is whole. */
    void message() {
        anyMessage = true;
    }

    /** This version was chosen. */
    void version(ProtocolVersion v) {
        version = v;
    }

    /** No protected record may have more content, type and padding than this. */
    void limit(int bytes) {
        sizeLimit = bytes;
    }

    /** Checks the header that stands in {@code b}. */
    void checkHeader(byte[] b, int off, Epoch epoch, RecordProtection protection, boolean earlyData)
            throws TlsException {
        if (this.version != null && this.version != ProtocolVersion.TLS1_3) {
            RecordRules12.checkHeader(b, off, this.version, protection);
            return;
        }
        int version = RecordHeader.version(b, off);
        // RFC 9846 §5.1: the version is ignored. Its first byte is not, as with OpenSSL: what has no 3 there is no TLS.
        if (version >>> 8 != 3) {
            throw anyRecord
                    ? new TlsException(
                            AlertDescription.PROTOCOL_VERSION,
                            Reason.WRONG_VERSION_NUMBER,
                            "a record of version " + version + "; 3 is allowed in the first byte")
                    : ForeignProtocol.of(b, off);
        }
        int type = RecordHeader.type(b, off);
        int length = RecordHeader.length(b, off);
        if (type == CCS) {
            checkChangeCipherSpec(epoch, length, earlyData);
        } else if (protection.encrypts()) {
            checkProtected(version, type, length, epoch, protection, earlyData);
        } else {
            checkUnprotected(type, length, earlyData);
        }
    }

    private static void checkUnprotected(int type, int length, boolean earlyData) throws TlsException {
        if (type == ALERT) {
            AlertCodec.checkLength(length);
            return;
        }
        // RFC 9846 §4.3.10 [8446 4.2.10]: early data that was sent before a HelloRetryRequest came.
        if (type == DATA && earlyData && length <= RecordHeader.MAX_CIPHERTEXT) {
            return;
        }
        // RFC 9846 §5.1: application data is never without protection.
        if (type == DATA) {
            throw unexpected(Reason.APP_DATA_IN_HANDSHAKE, "application data without protection");
        }
        // RFC 9846 §5: no types but those that are defined.
        if (type != HANDSHAKE) {
            throw unexpected(Reason.UNEXPECTED_RECORD, "a record of type " + type);
        }
        // RFC 9846 §5.1: at most 2^14 bytes.
        if (length > RecordHeader.MAX_PLAINTEXT) {
            throw overflow(Reason.PACKET_LENGTH_TOO_LONG, length, RecordHeader.MAX_PLAINTEXT);
        }
        // RFC 9846 §5.1: no handshake record without content.
        if (length == 0) {
            throw unexpected(Reason.BAD_LENGTH, "a handshake record without content");
        }
    }

    private void checkProtected(
            int version, int type, int length, Epoch epoch, RecordProtection protection, boolean earlyData)
            throws TlsException {
        if (unprotected(type, epoch)) {
            AlertCodec.checkLength(length);
            return;
        }
        // RFC 9846 §5, §5.2: with keys all that comes is application_data outside. A handshake record is opened all the
        // same, as BoringSSL does: it mostly shows that the peer has no keys, or others, and that is a bad_record_mac.
        if (type != DATA && type != HANDSHAKE) {
            throw unexpected(Reason.BAD_RECORD_TYPE, "a record of type " + type + " without protection");
        }
        // RFC 9846 §5.2: the version of a protected record is always 0x0303; no old peer sends one.
        if (version != RecordHeader.VERSION) {
            throw new TlsException(
                    AlertDescription.PROTOCOL_VERSION,
                    Reason.WRONG_VERSION_NUMBER,
                    String.format("a protected record of version 0x%04x; 0x0303 is allowed", version));
        }
        // RFC 9846 §5.2: at most 2^14 + 256 bytes.
        if (length > protection.maxBody()) {
            throw overflow(Reason.ENCRYPTED_LENGTH_TOO_LONG, length, protection.maxBody());
        }
        // RFC 9846 §5.2: what cannot be opened is a bad_record_mac; this has not even a tag. Of refused early data it
        // is
        // dropped as all that cannot be opened (§4.3.10 [8446 4.2.10]).
        if (length < protection.minBody() && !(earlyData && type == DATA)) {
            throw new TlsException(
                    AlertDescription.BAD_RECORD_MAC,
                    Reason.LENGTH_TOO_SHORT,
                    "a protected record of " + length + " bytes; at least " + protection.minBody() + " allowed");
        }
        // RFC 8449 §4: what is larger than our limit is a record_overflow. Early data that was refused knew none.
        int inner = length - protection.minBody();
        if (inner > sizeLimit && sizeLimit < RecordSettings.MAX_SIZE_LIMIT && !earlyData) {
            throw overflow(Reason.DATA_LENGTH_TOO_LONG, inner, sizeLimit);
        }
    }

    /** The content of a record of TLS 1.2 or before, which was opened. */
    void checkContent(int length, RecordProtection protection) throws TlsException {
        // RFC 8449 §4, RFC 6066 §4: what is larger than our limit is a record_overflow.
        if (protection.encrypts() && length > sizeLimit) {
            throw overflow(Reason.DATA_LENGTH_TOO_LONG, length, sizeLimit);
        }
    }

    /** Whether a record of this outer type comes without protection although there are keys: a change_cipher_spec does (RFC 9846 §5). */
    boolean unprotected(int type, Epoch epoch) {
        if (epoch == Epoch.INITIAL) {
            return true;
        }
        boolean tls13 = version == null || version == ProtocolVersion.TLS1_3;
        return tls13 && (type == CCS || type == ALERT && mayBeUnprotected(epoch));
    }

    /** The outer type of a record that was opened. */
    static void checkOuterType(int type) throws TlsException {
        // RFC 9846 §5.2: all that is protected is application_data outside.
        if (type != DATA) {
            throw unexpected(Reason.BAD_RECORD_TYPE, "a protected record of type " + type);
        }
    }

    /**
     * RFC 9846 §6: alerts are protected by the keys in force. But a client that fails over our ServerHello has no keys for its alert, and we have installed ours already: OpenSSL (allow_plain_alerts) and rustls take such an alert until they have decrypted a record, and so do we.
     */
    private boolean mayBeUnprotected(Epoch epoch) {
        return role == Role.SERVER && epoch == Epoch.HANDSHAKE && !anyDecrypted;
    }

    private void checkChangeCipherSpec(Epoch epoch, int length, boolean earlyData) throws TlsException {
        // RFC 9846 §5: it is dropped between the first ClientHello and the peer's Finished; before and after it is
        // unexpected.
        if (epoch == Epoch.APPLICATION) {
            throw unexpected(Reason.UNEXPECTED_CCS_MESSAGE, "a change_cipher_spec after finished");
        }
        // RFC 9846 §4.3.2 [8446 4.2.2]: but a server that keeps no state drops it also before the first ClientHello
        // that
        // it sees, as it does with early data: that one may be the client's second.
        if (role == Role.SERVER && !anyMessage && !earlyData) {
            throw unexpected(Reason.UNEXPECTED_CCS_MESSAGE, "a change_cipher_spec before the client_hello");
        }
        // RFC 9846 §5: it has one byte.
        if (length != 1) {
            throw unexpected(
                    Reason.BAD_CHANGE_CIPHER_SPEC, "a change_cipher_spec of " + length + " bytes; 1 is allowed");
        }
    }

    static TlsException overflow(Reason reason, int length, int allowed) {
        return new TlsException(
                AlertDescription.RECORD_OVERFLOW,
                reason,
                "a record of " + length + " bytes; at most " + allowed + " allowed");
    }

    /** RFC 9846 §5: what has no place here ends the connection with unexpected_message. */
    static TlsException unexpected(Reason reason, String what) {
        return new TlsException(AlertDescription.UNEXPECTED_MESSAGE, reason, what + " has no place here");
    }
}
