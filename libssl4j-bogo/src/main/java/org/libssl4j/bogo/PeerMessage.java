// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;

/**
 * A handshake message of the peer's, by which BoringSSL's names for a fault are told apart where OpenSSL has one reason for several. It may be any message, with any fault: each question has an answer, which is no if the message cannot be read so far.
 *
 * @param bytes with the header
 * @param older whether it is one of TLS 1.2 or before: some have another form there
 */
record PeerMessage(byte[] bytes, boolean older) {
    /** No message: the answer to each question is no. */
    static final PeerMessage NONE = new PeerMessage(new byte[0], false);

    private static final int TLS13 = 0x0304;

    private static final int HEADER = 4;
    private static final byte VERSION_TAG = (byte) 0xa0;
    private static final byte[] RSASSA_PSS = HexFormat.of().parseHex("2a864886f70d01010a"); // RFC 8017 §A.2.3

    boolean is(HandshakeType type) {
        return bytes.length >= HEADER && (bytes[0] & 0xff) == type.code();
    }

    /** Of a message that has extensions: whether its own fields, and not only those, have the form that they should. */
    boolean readable() {
        return offer().isPresent();
    }

    boolean has(ExtensionType type) {
        return asked(o -> o.has(type));
    }

    /** Whether an extension is there twice. */
    boolean extensionTwice() {
        return asked(PeerOffer::twice);
    }

    /** Whether a ClientHello has something behind pre_shared_key. */
    boolean pskNotLast() {
        return asked(PeerOffer::pskNotLast);
    }

    /** Whether a ClientHello's key_share has two shares of a group. */
    boolean sharesTwice() {
        return asked(PeerOffer::sharesTwice);
    }

    /** Whether signature_algorithms is there and names none. */
    boolean noSignatureAlgorithm() {
        return asked(o -> o.has(ExtensionType.SIGNATURE_ALGORITHMS)
                && o.signatureAlgorithms().isEmpty());
    }

    /**
     * Whether a server chose a protocol that is not in the list.
     *
     * @param offered in the form of the wire
     */
    boolean otherProtocolThan(String offered) {
        return asked(o -> !o.protocols().isEmpty() && !offered.contains(o.protocols()));
    }

    /** Whether supported_versions has chosen a version that is not chosen by it. */
    boolean choosesOlder() {
        return asked(o -> o.version() > 0 && o.version() < TLS13);
    }

    /** Of a CertificateRequest of TLS 1.2: whether certificate_types has this number. */
    boolean asksFor(int certificateType) {
        int types = older && is(HandshakeType.CERTIFICATE_REQUEST) && bytes.length > HEADER ? bytes[HEADER] & 0xff : 0;
        for (int i = HEADER + 1; i <= HEADER + types && i < bytes.length; i++) {
            if ((bytes[i] & 0xff) == certificateType) {
                return true;
            }
        }
        return false;
    }

    /** Whether supported_groups has this group. */
    boolean hasGroup(int code) {
        return asked(o -> o.groups().contains(code));
    }

    private boolean asked(Predicate<PeerOffer> question) {
        try {
            return offer().filter(question).isPresent();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return false; // an extension that is damaged
        }
    }

    private Optional<PeerOffer> offer() {
        try {
            return Optional.of(PeerOffer.of(bytes, older));
        } catch (ShimFailure e) {
            return Optional.empty();
        }
    }

    /** Of a Certificate of TLS 1.3: whether it is well formed and has no certificate in it. That is no form at all in TLS 1.2. */
    boolean noCertificate() {
        if (older || !is(HandshakeType.CERTIFICATE) || bytes.length < HEADER + 4) {
            return false;
        }
        int list = certificateList();
        return bytes.length == list + 3 && bytes[list] == 0 && bytes[list + 1] == 0 && bytes[list + 2] == 0;
    }

    /** Where the list begins, with three bytes of length: in TLS 1.3 there is a certificate_request_context before it (RFC 9846 §4.5.1 [8446 4.4.2]). */
    private int certificateList() {
        return older ? HEADER : HEADER + 1 + (bytes[HEADER] & 0xff);
    }

    /** Of a Certificate: whether the first one's key is for RSASSA-PSS alone. */
    boolean pssKey() {
        if (!is(HandshakeType.CERTIFICATE)) {
            return false;
        }
        try {
            ByteBuffer b = ByteBuffer.wrap(bytes);
            b.position(certificateList() + 3);
            b.position(b.position() + 3); // the length of the first certificate
            ByteBuffer tbs = content(content(b));
            int before = tbs.get(0) == VERSION_TAG ? 6 : 5; // fields before subjectPublicKeyInfo (RFC 5280 §4.1)
            for (int i = 0; i < before; i++) {
                content(tbs);
            }
            ByteBuffer oid = content(content(content(tbs)));
            return oid.equals(ByteBuffer.wrap(RSASSA_PSS));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    /** What is inside the next element of DER, which is passed over. */
    private static ByteBuffer content(ByteBuffer b) {
        b.get(); // the tag
        int length = b.get() & 0xff;
        if (length > 0x80) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | b.get() & 0xff;
            }
        }
        ByteBuffer inside = b.slice().limit(length);
        b.position(b.position() + length);
        return inside;
    }
}
