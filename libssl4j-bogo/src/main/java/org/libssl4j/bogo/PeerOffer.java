// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;

/** What the extensions of a ClientHello or CertificateRequest say, read once more from its bytes: a check of the library that does not rest on the library's own reading. */
final class PeerOffer {
    private final Map<Integer, ByteBuffer> extensions = new HashMap<>();

    private PeerOffer() {}

    /** Reads a message that the library has taken. */
    static PeerOffer of(byte[] message) throws ShimFailure {
        try {
            ByteBuffer b = ByteBuffer.wrap(message);
            int type = b.get();
            b.position(4);
            if (type == HandshakeType.CLIENT_HELLO.code()) {
                b.position(4 + 2 + 32);
                part(b, 1); // session id
                part(b, 2); // cipher suites
                part(b, 1); // compression methods
            } else {
                part(b, 1); // certificate_request_context
            }
            PeerOffer offer = new PeerOffer();
            for (ByteBuffer all = part(b, 2); all.hasRemaining(); ) {
                int extension = all.getShort() & 0xffff;
                offer.extensions.put(extension, part(all, 2));
            }
            return offer;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new ShimFailure("a message that the library took is damaged: " + e);
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
        List<Integer> numbers = new ArrayList<>();
        ByteBuffer e = extensions.get(ExtensionType.SIGNATURE_ALGORITHMS.code());
        if (e != null) {
            for (ByteBuffer list = part(e.duplicate(), 2); list.hasRemaining(); ) {
                numbers.add(list.getShort() & 0xffff);
            }
        }
        return numbers;
    }

    /** Whether supported_versions has this number. */
    boolean supports(int version) {
        ByteBuffer e = extensions.get(ExtensionType.SUPPORTED_VERSIONS.code());
        if (e != null) {
            for (ByteBuffer list = part(e.duplicate(), 1); list.hasRemaining(); ) {
                if ((list.getShort() & 0xffff) == version) {
                    return true;
                }
            }
        }
        return false;
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
