// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import java.util.Arrays;
import java.util.HexFormat;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Place;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The server's answer to a ClientHello, or its wish for another one: a HelloRetryRequest is a ServerHello with a fixed random (RFC 9846 §4.2.3, §4.2.4 [8446 4.1.3, 4.1.4]).
 *
 * <p>Reading checks the form alone, for the version is not known before the extensions are. A client that finds TLS 1.3 in them calls {@code extensions().check(place())}.
 *
 * @param legacyVersion the version as TLS 1.2 named it
 * @param random 32 bytes
 * @param sessionId 0 to 32 bytes
 * @param extensions {@link ExtensionBlock#EMPTY} where the message ends before the field
 */
public record ServerHello(
        int legacyVersion,
        byte[] random,
        byte[] sessionId,
        int cipherSuite,
        int compressionMethod,
        ExtensionBlock extensions) {
    // RFC 9846 §4.2.3 [8446 4.1.3]: SHA-256 of "HelloRetryRequest".
    private static final byte[] HELLO_RETRY_REQUEST_RANDOM =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    /** The random by which a HelloRetryRequest is known; a copy. */
    public static byte[] helloRetryRequestRandom() {
        return HELLO_RETRY_REQUEST_RANDOM.clone();
    }

    /** A HelloRetryRequest. */
    public static ServerHello retry(byte[] sessionId, int suite, ExtensionBlock extensions) {
        return new ServerHello(
                ProtocolVersion.TLS1_2.code(), helloRetryRequestRandom(), sessionId, suite, 0, extensions);
    }

    /** Reads the body. */
    public static ServerHello read(WireReader in) throws DecodeException, TlsException {
        int legacyVersion = in.u16();
        byte[] random = in.bytes(32);
        byte[] sessionId = in.opaque8(0, 32, "legacy_session_id_echo");
        int cipherSuite = in.u16();
        int compressionMethod = in.u8();
        // RFC 5246 §7.4.1.3: a server of TLS 1.2 or before may leave the field out.
        ExtensionBlock extensions = in.hasMore() ? ExtensionBlock.read(in, place(random)) : ExtensionBlock.EMPTY;
        return new ServerHello(legacyVersion, random, sessionId, cipherSuite, compressionMethod, extensions);
    }

    /** Whether it asks for another ClientHello. */
    public boolean isHelloRetryRequest() {
        return place() == Place.HELLO_RETRY_REQUEST;
    }

    /** The column of the extension table that holds for it in TLS 1.3. */
    public Place place() {
        return place(random);
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.SERVER_HELLO, this::write);
    }

    private void write(WireWriter out) {
        out.u16(legacyVersion).bytes(random).opaque8(sessionId).u16(cipherSuite).u8(compressionMethod);
        if (extensions != ExtensionBlock.EMPTY) {
            extensions.write(out);
        }
    }

    private static Place place(byte[] random) {
        return Arrays.equals(random, HELLO_RETRY_REQUEST_RANDOM) ? Place.HELLO_RETRY_REQUEST : Place.SERVER_HELLO;
    }
}
