// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;

/** What the extensions of a hello message, of EncryptedExtensions, of a CertificateRequest or of a NewSessionTicket say, read once more from its bytes: a check of the library that does not rest on the library's own reading. */
final class PeerOffer {
    private static final int LONGEST_SESSION_ID = 32;

    private final Map<Integer, ByteBuffer> extensions = new HashMap<>();
    private boolean twice;
    private int last = -1; // type of the last extension

    private PeerOffer() {}

    /**
     * Reads a message that the library has taken.
     *
     * @param older whether it is one of TLS 1.2 or before: some have another form there
     */
    static PeerOffer of(byte[] message, boolean older) throws ShimFailure {
        try {
            ByteBuffer b = ByteBuffer.wrap(message);
            int type = b.get();
            b.position(4);
            if (type == HandshakeType.CLIENT_HELLO.code()) {
                b.position(4 + 2 + 32);
                sessionId(b);
                part(b, 2); // cipher suites
                part(b, 1); // compression methods
            } else if (type == HandshakeType.SERVER_HELLO.code()) {
                b.position(4 + 2 + 32);
                sessionId(b);
                b.position(b.position() + 3); // cipher suite, compression method
            } else if (type == HandshakeType.CERTIFICATE_REQUEST.code()) {
                part(b, 1); // certificate_request_context, or certificate_types
            } else if (type == HandshakeType.NEW_SESSION_TICKET.code()) {
                b.position(4 + 4 + 4); // ticket_lifetime, ticket_age_add
                part(b, 1); // ticket_nonce
                part(b, 2); // ticket
            }
            PeerOffer offer = new PeerOffer();
            if (older && type == HandshakeType.CERTIFICATE_REQUEST.code()) {
                // RFC 5246 §7.4.4: behind the types of certificates stands what is an extension in TLS 1.3.
                offer.extensions.put(ExtensionType.SIGNATURE_ALGORITHMS.code(), withLength(b));
                return offer;
            }
            if (!b.hasRemaining()) {
                return offer; // a hello message of an older version may lack the block
            }
            for (ByteBuffer all = part(b, 2); all.hasRemaining(); ) {
                int extension = all.getShort() & 0xffff;
                offer.last = extension;
                offer.twice |= offer.extensions.put(extension, part(all, 2)) != null;
            }
            if (b.hasRemaining()) {
                throw new ShimFailure("something follows a message of type " + type);
            }
            return offer;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new ShimFailure("a message that the library took is damaged: " + e);
        }
    }

    /** The next two bytes and as many more as they say. */
    private static ByteBuffer withLength(ByteBuffer b) {
        ByteBuffer whole = b.slice().limit(2 + (b.getShort(b.position()) & 0xffff));
        part(b, 2);
        return whole;
    }

    private static void sessionId(ByteBuffer b) throws ShimFailure {
        if (part(b, 1).limit() > LONGEST_SESSION_ID) {
            throw new ShimFailure("a session id that is too long");
        }
    }

    /** The bytes behind a length of so many bytes. */
    private static ByteBuffer part(ByteBuffer b, int lengthBytes) {
        int length = lengthBytes == 1 ? b.get() & 0xff : b.getShort() & 0xffff;
        ByteBuffer p = b.slice().limit(length);
        b.position(b.position() + length);
        return p;
    }

    /** The numbers in signature_algorithms; none without it. */
    List<Integer> signatureAlgorithms() {
        return numbers(ExtensionType.SIGNATURE_ALGORITHMS);
    }

    private List<Integer> numbers(ExtensionType type) {
        List<Integer> numbers = new ArrayList<>();
        ByteBuffer e = extensions.get(type.code());
        if (e != null) {
            for (ByteBuffer list = part(e.duplicate(), 2); list.hasRemaining(); ) {
                numbers.add(list.getShort() & 0xffff);
            }
        }
        return numbers;
    }

    boolean has(ExtensionType type) {
        return extensions.containsKey(type.code());
    }

    /** Whether an extension is there twice. */
    boolean twice() {
        return twice;
    }

    /** Whether pre_shared_key is there, and not as the last extension. */
    boolean pskNotLast() {
        return has(ExtensionType.PRE_SHARED_KEY) && last != ExtensionType.PRE_SHARED_KEY.code();
    }

    /** Whether a ClientHello's key_share has two shares of a group. */
    boolean sharesTwice() {
        Set<Integer> groups = new HashSet<>();
        boolean twice = false;
        ByteBuffer e = extensions.get(ExtensionType.KEY_SHARE.code());
        if (e != null) {
            for (ByteBuffer list = part(e.duplicate(), 2); list.hasRemaining(); part(list, 2)) {
                twice |= !groups.add(list.getShort() & 0xffff);
            }
        }
        return twice;
    }

    /** The protocols in application_layer_protocol_negotiation, as they stand there; empty without it. */
    String protocols() {
        ByteBuffer e = extensions.get(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION.code());
        return e == null
                ? ""
                : StandardCharsets.ISO_8859_1.decode(part(e.duplicate(), 2)).toString();
    }

    /** The number in a server's supported_versions; 0 without it. */
    int version() {
        ByteBuffer e = extensions.get(ExtensionType.SUPPORTED_VERSIONS.code());
        return e == null ? 0 : e.getShort(0) & 0xffff;
    }

    /** The numbers in supported_groups; none without it. */
    List<Integer> groups() {
        return numbers(ExtensionType.SUPPORTED_GROUPS);
    }

    /** The names in certificate_authorities, DER; none without it. */
    List<byte[]> certificateAuthorities() {
        List<byte[]> names = new ArrayList<>();
        ByteBuffer e = extensions.get(ExtensionType.CERTIFICATE_AUTHORITIES.code());
        if (e != null) {
            for (ByteBuffer list = part(e.duplicate(), 2); list.hasRemaining(); ) {
                ByteBuffer name = part(list, 2);
                byte[] der = new byte[name.remaining()];
                name.get(der);
                names.add(der);
            }
        }
        return names;
    }
}
