// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Place;

class ServerHelloTest {
    /** As a server of TLS 1.2 would: renegotiation_info, extended_master_secret, ec_point_formats, session_ticket. */
    private static final String EXTENSIONS_12 = "0013" + "ff01000100" + "00170000" + "000b00020100" + "00230000";

    @Test
    void theRandomOfAHelloRetryRequestIsAHash() throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest("HelloRetryRequest".getBytes(StandardCharsets.US_ASCII));
        assertArrayEquals(hash, ServerHello.helloRetryRequestRandom());
        assertNotSame(ServerHello.helloRetryRequestRandom(), ServerHello.helloRetryRequestRandom());
    }

    @Test
    void aHelloRetryRequestIsKnownByAllOfItsRandom() throws TlsException {
        ServerHello retry = ServerHello.retry(new byte[32], 0x1301, ExtensionBlock.EMPTY);
        assertTrue(retry.isHelloRetryRequest());
        assertEquals(Place.HELLO_RETRY_REQUEST, retry.place());
        byte[] raw = retry.toMessage().raw();
        assertTrue(
                HandshakeMessage.received(raw.clone()).parse(ServerHello::read).isHelloRetryRequest());
        raw[4 + 2 + 31] ^= 1;
        assertFalse(HandshakeMessage.received(raw).parse(ServerHello::read).isHelloRetryRequest());
    }

    @Test
    void theHelloOfAnOlderServerIsRead() throws TlsException {
        String message = message("0303" + "5c".repeat(32) + "00" + "c02f" + "00" + EXTENSIONS_12);
        ServerHello hello = parse(message);
        assertEquals(0xc02f, hello.cipherSuite());
        assertArrayEquals(new int[] {0xff01, 23, 11, 35}, hello.extensions().types());
        assertEquals(message, HexFormat.of().formatHex(hello.toMessage().raw()));
        TlsException e =
                assertThrows(TlsException.class, () -> hello.extensions().check(Place.SERVER_HELLO));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
    }

    @Test
    void theHelloOfAnOlderServerMayEndBeforeItsExtensions() throws TlsException {
        String message = message("0303" + "5c".repeat(32) + "00" + "002f" + "00");
        ServerHello hello = parse(message);
        assertSame(ExtensionBlock.EMPTY, hello.extensions());
        assertEquals(message, HexFormat.of().formatHex(hello.toMessage().raw()));
    }

    @Test
    void aSessionIdOf33BytesIsADecodeError() {
        String body = "0303" + "5c".repeat(32) + "21" + "00".repeat(33) + "1301" + "00";
        TlsException e = assertThrows(TlsException.class, () -> parse(message(body)));
        assertEquals(AlertDescription.DECODE_ERROR, e.alert());
    }

    private static String message(String body) {
        return String.format("02%06x", body.length() / 2) + body;
    }

    private static ServerHello parse(String message) throws TlsException {
        return HandshakeMessage.received(HexFormat.of().parseHex(message)).parse(ServerHello::read);
    }
}
