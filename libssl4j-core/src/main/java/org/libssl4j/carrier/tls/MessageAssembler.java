// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import java.util.function.Supplier;
import org.libssl4j.config.Limits;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;

/** Puts handshake messages together from the contents of records (RFC 9846 §5.1). Holds one message at most. Not thread-safe. */
final class MessageAssembler {
    private static final int HEADER = 4;

    /** Room for a message of fixed and small size, with some to spare: a wrong length is the codec's to refuse, a huge one ours. */
    private static final int SMALL_MESSAGE = 256;

    /** What the fields of a NewSessionTicket amount to at their longest (RFC 9846 §4.7.1 [8446 4.6.1]): lifetime, age_add, nonce, ticket, extensions. */
    private static final int NEW_SESSION_TICKET = 4 + 4 + 1 + 0xff + 2 + 0xffff + 2 + 0xffff;
    /** Context and extensions of a CertificateRequest; EncryptedExtensions and CertificateVerify are shorter (RFC 9846 §4.4, §4.5.2). */
    private static final int CERTIFICATE_REQUEST = 1 + 0xff + 2 + 0xffff;

    /** Types, schemes and names of a CertificateRequest of TLS 1.2 (RFC 5246 §7.4.4), longer than that of TLS 1.3. */
    private static final int CERTIFICATE_REQUEST_12 = 1 + 0xff + 2 + 0xffff + 2 + 0xffff;

    private final Supplier<Limits> limits;
    private final byte[] header = new byte[HEADER];
    private byte[] raw;
    private int have;
    private HandshakeMessage whole;
    private boolean legacy; // TLS 1.2 or before

    MessageAssembler(Supplier<Limits> limits) {
        this.limits = limits;
    }

    /** Messages are those of TLS 1.2 and before from here on. */
    void legacy() {
        legacy = true;
    }

    /** The whole message, or null while there is none. */
    HandshakeMessage message() {
        return whole;
    }

    /** Whether bytes of a message are here that is not whole. */
    boolean incomplete() {
        return have > 0;
    }

    /** Makes room for the next message. */
    void consume() {
        whole = null;
    }

    /** Takes bytes until a message is whole; returns how many. Only while there is no whole one. */
    int add(byte[] b, int off, int len) throws TlsException {
        int taken = 0;
        if (raw == null) {
            taken = Math.min(HEADER - have, len);
            System.arraycopy(b, off, header, have, taken);
            have += taken;
            if (have < HEADER) {
                return taken;
            }
            raw = new byte[HEADER + boundedLength()];
            System.arraycopy(header, 0, raw, 0, HEADER);
        }
        int n = Math.min(raw.length - have, len - taken);
        System.arraycopy(b, off + taken, raw, have, n);
        have += n;
        if (have == raw.length) {
            whole = HandshakeMessage.received(raw);
            raw = null;
            have = 0;
        }
        return taken + n;
    }

    /** Drops everything. */
    void clear() {
        raw = null;
        whole = null;
        have = 0;
    }

    private int boundedLength() throws TlsException {
        int type = header[0] & 0xff;
        int length = (header[1] & 0xff) << 16 | (header[2] & 0xff) << 8 | header[3] & 0xff;
        int limit = limit(HandshakeType.of(type));
        // RFC 9846 §4: a length may be 2^24 - 1; what no message of this type needs is refused before room is made, as
        // OpenSSL does.
        if (length > limit) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.EXCESSIVE_MESSAGE_SIZE,
                    "handshake message of type " + type + " with " + length + " bytes; at most " + limit + " allowed");
        }
        return length;
    }

    private int limit(HandshakeType type) {
        if (type == null) {
            return limits.get().handshakeMessage();
        }
        return switch (type) {
            case CERTIFICATE, COMPRESSED_CERTIFICATE -> limits.get().certificateMessage();
            case NEW_SESSION_TICKET -> NEW_SESSION_TICKET;
            case CERTIFICATE_REQUEST -> legacy ? CERTIFICATE_REQUEST_12 : CERTIFICATE_REQUEST;
            case ENCRYPTED_EXTENSIONS, CERTIFICATE_VERIFY -> CERTIFICATE_REQUEST;
            case FINISHED, KEY_UPDATE, END_OF_EARLY_DATA, HELLO_REQUEST, SERVER_HELLO_DONE -> SMALL_MESSAGE;
            default -> limits.get().handshakeMessage();
        };
    }
}
