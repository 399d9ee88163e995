// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Place;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The client's first message: what it can do and would like (RFC 9846 §4.2.2 [8446 4.1.2]). Code points are kept as they came, known or not.
 *
 * <p>Reading checks the form alone. A server that speaks TLS 1.3 calls {@code extensions().check(Place.CLIENT_HELLO)} once the version is known.
 *
 * @param legacyVersion the version as TLS 1.2 named it
 * @param random 32 bytes
 * @param sessionId 0 to 32 bytes
 * @param extensions {@link ExtensionBlock#EMPTY} where the message ends before the field
 */
public record ClientHello(
        int legacyVersion,
        byte[] random,
        byte[] sessionId,
        int[] cipherSuites,
        byte[] compressionMethods,
        ExtensionBlock extensions) {

    /** Reads the body. */
    public static ClientHello read(WireReader in) throws DecodeException, TlsException {
        int legacyVersion = in.u16();
        byte[] random = in.bytes(32);
        byte[] sessionId = in.opaque8(0, 32, "legacy_session_id");
        int[] cipherSuites = in.vector16().u16List(1, "cipher_suites");
        byte[] compressionMethods = in.opaque8(1, 0xff, "legacy_compression_methods");
        // RFC 9846 §4.2.2 [8446 4.1.2]: before TLS 1.3 the field may be left out, which shows in that nothing follows.
        ExtensionBlock extensions = in.hasMore() ? ExtensionBlock.read(in, Place.CLIENT_HELLO) : ExtensionBlock.EMPTY;
        return new ClientHello(legacyVersion, random, sessionId, cipherSuites, compressionMethods, extensions);
    }

    /** This one with other extensions. */
    public ClientHello with(ExtensionBlock other) {
        return new ClientHello(legacyVersion, random, sessionId, cipherSuites, compressionMethods, other);
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.CLIENT_HELLO, this::write);
    }

    private void write(WireWriter out) {
        out.u16(legacyVersion).bytes(random).opaque8(sessionId);
        int suites = out.beginU16();
        out.u16List(cipherSuites);
        out.endU16(suites);
        out.opaque8(compressionMethods);
        if (extensions != ExtensionBlock.EMPTY) {
            extensions.write(out);
        }
    }
}
