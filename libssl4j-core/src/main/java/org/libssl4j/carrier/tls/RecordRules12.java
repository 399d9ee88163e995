// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ContentType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.record.Opened;
import org.libssl4j.record.RecordHeader;
import org.libssl4j.record.RecordProtection;

/** Which records the peer may send in TLS 1.2 and before, once the version is chosen (RFC 5246 §6.2). */
final class RecordRules12 {
    private RecordRules12() {}

    /** Checks the header that stands in {@code b}, before any room is made for the record. */
    static void checkHeader(byte[] b, int off, ProtocolVersion chosen, RecordProtection protection)
            throws TlsException {
        ContentType type = ContentType.of(RecordHeader.type(b, off));
        checkVersion(RecordHeader.version(b, off), chosen, type == ContentType.ALERT && !protection.encrypts());
        // RFC 5246 §6: no types but those that are defined.
        if (type == null) {
            throw RecordRules.unexpected(Reason.UNEXPECTED_RECORD, "a record of type " + RecordHeader.type(b, off));
        }
        int length = RecordHeader.length(b, off);
        if (protection.encrypts()) {
            checkProtected(length, protection);
        } else {
            checkUnprotected(type, length);
        }
    }

    private static void checkVersion(int version, ProtocolVersion chosen, boolean plainAlert) throws TlsException {
        // RFC 5246 §6.2.1: the version of a record is the one in use. But a peer that fails over our choice of it may
        // send its alert with another one; OpenSSL does not look at that either.
        if (version != chosen.code() && !(plainAlert && version >>> 8 == 3)) {
            throw new TlsException(
                    AlertDescription.PROTOCOL_VERSION,
                    Reason.WRONG_VERSION_NUMBER,
                    String.format("a record of version 0x%04x; 0x%04x is allowed", version, chosen.code()));
        }
    }

    private static void checkUnprotected(ContentType type, int length) throws TlsException {
        // RFC 5246 §6.2.1, §10: application data is never without protection.
        if (type == ContentType.APPLICATION_DATA) {
            throw RecordRules.unexpected(Reason.APP_DATA_IN_HANDSHAKE, "application data without protection");
        }
        // RFC 5246 §6.2.1: at most 2^14 bytes.
        if (length > RecordHeader.MAX_PLAINTEXT) {
            throw RecordRules.overflow(Reason.PACKET_LENGTH_TOO_LONG, length, RecordHeader.MAX_PLAINTEXT);
        }
    }

    private static void checkProtected(int length, RecordProtection protection) throws TlsException {
        // RFC 5246 §6.2.3: at most 2^14 + 2048 bytes.
        if (length > protection.maxBody()) {
            throw RecordRules.overflow(Reason.ENCRYPTED_LENGTH_TOO_LONG, length, protection.maxBody());
        }
        // RFC 5246 §6.2.3, §7.2.2: what cannot be opened is a bad_record_mac; this is too short for a tag, or for MAC
        // and padding.
        if (length < protection.minBody()) {
            throw new TlsException(
                    AlertDescription.BAD_RECORD_MAC,
                    Reason.LENGTH_TOO_SHORT,
                    "a protected record of " + length + " bytes; at least " + protection.minBody() + " allowed");
        }
    }

    /** A handshake record that was opened. */
    static void checkHandshake(int length) throws TlsException {
        // RFC 5246 §6.2.1: no handshake record without content.
        if (length == 0) {
            throw RecordRules.unexpected(Reason.BAD_LENGTH, "a handshake record without content");
        }
    }

    /** A change_cipher_spec record that was opened. */
    static void checkChangeCipherSpec(Opened record) throws TlsException {
        // RFC 5246 §7.1: one byte of the value 1. Another one is an illegal_parameter, as BoringSSL has it.
        if (record.length() != 1 || record.array()[record.offset()] != 1) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_CHANGE_CIPHER_SPEC,
                    "a change_cipher_spec of " + record.length() + " bytes"
                            + (record.length() == 0 ? "" : ", the first " + record.array()[record.offset()])
                            + "; one byte of the value 1 is allowed");
        }
    }

    /** Whether an alert that is no close_notify only warns, so that all goes on. */
    static boolean passedOver(int level, int description) throws TlsException {
        // RFC 5246 §7.2.2: no_renegotiation is a warning, and whether one can go on without is the asker's to say. Who
        // has asked had a reason; OpenSSL ends the connection, and so do we.
        if (level == AlertCodec.WARNING && description == AlertDescription.NO_RENEGOTIATION.code()) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE, Reason.NO_RENEGOTIATION, "the peer does not renegotiate");
        }
        // RFC 5246 §7.2: a warning need not end anything; nor do OpenSSL and BoringSSL take one as an end.
        return level == AlertCodec.WARNING;
    }
}
