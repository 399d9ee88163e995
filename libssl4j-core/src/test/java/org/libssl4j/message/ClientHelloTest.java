// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.CompressCertificate;
import org.libssl4j.message.ext.EcPointFormats;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.Padding;
import org.libssl4j.message.ext.Place;
import org.libssl4j.message.ext.PskKeyExchangeModes;
import org.libssl4j.message.ext.RenegotiationInfo;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.message.ext.SessionTicket;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.StatusRequest;
import org.libssl4j.message.ext.SupportedGroups;
import org.libssl4j.message.ext.SupportedVersions;

class ClientHelloTest {
    private static final String RANDOM = "5c".repeat(32);
    private static final String SESSION_ID = "20" + "a7".repeat(32);
    /** GREASE, three of TLS 1.3, twelve of TLS 1.2. */
    private static final String SUITES =
            "0020" + "2a2a" + "130113021303" + "c02bc02fc02cc030cca9cca8c013c014009c009d002f0035";

    private static final String SHARES =
            "04ed" + "1a1a000100" + "11ec04c0" + "3b".repeat(1216) + "001d0020" + "9d".repeat(32);

    /** What a browser of 2025 sends: GREASE (RFC 8701) in each list, a hybrid share, a decoy of ECH (RFC 9849 §6.2). */
    private static final String[] BROWSER_EXTENSIONS = {
        "3a3a" + "0000",
        "0000" + "0010" + "000e00000b" + "6578616d706c652e636f6d",
        "0017" + "0000",
        "ff01" + "0001" + "00",
        "000a" + "000c" + "000a" + "1a1a11ec001d00170018",
        "000b" + "0002" + "0100",
        "0023" + "0000",
        "0010" + "000e" + "000c" + "026832" + "08687474702f312e31",
        "0005" + "0005" + "0100000000",
        "000d" + "0012" + "0010" + "0403080404010503080505010806" + "0601",
        "0012" + "0000",
        "0033" + "04ef" + SHARES,
        "002d" + "0002" + "0101",
        "002b" + "0007" + "06" + "4a4a03040303",
        "001b" + "0003" + "020002",
        "44cd" + "0005" + "0003026832",
        "fe0d" + "00da" + "00" + "00010001" + "7f" + "0020" + "e1".repeat(32) + "00b0" + "c4".repeat(176),
        "caca" + "0001" + "00",
        "0015" + "0020" + "00".repeat(32),
    };

    @Test
    void theHelloOfABrowserIsReadAndWrittenByteForByte() throws TlsException {
        String message = browserHello();
        ClientHello hello = parse(message);
        assertEquals(message, HexFormat.of().formatHex(hello.toMessage().raw()));
        assertEquals(0x0303, hello.legacyVersion());
        assertEquals(32, hello.sessionId().length);
        assertEquals(0x2a2a, hello.cipherSuites()[0]);
        assertEquals(16, hello.cipherSuites().length);
        hello.extensions().check(Place.CLIENT_HELLO);
        assertEquals(19, hello.extensions().types().length);
    }

    @Test
    void theExtensionsOfABrowserAreRead() throws TlsException {
        ExtensionBlock x = parse(browserHello()).extensions();
        assertEquals(
                "example.com",
                x.get(ExtensionType.SERVER_NAME, ServerName::read).hostName());
        assertEquals(
                List.of("h2", "http/1.1"),
                x.get(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, Alpn::read)
                        .protocols());
        assertArrayEquals(
                new int[] {0x1a1a, 0x11ec, 0x1d, 0x17, 0x18},
                x.get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read).groups());
        assertArrayEquals(
                new int[] {0x4a4a, 0x0304, 0x0303},
                x.get(ExtensionType.SUPPORTED_VERSIONS, SupportedVersions.Offer::read)
                        .versions());
        assertEquals(
                8,
                x.get(ExtensionType.SIGNATURE_ALGORITHMS, SignatureAlgorithms::read)
                        .schemes()
                        .length);
        KeyShare.Offer shares = x.get(ExtensionType.KEY_SHARE, KeyShare.Offer::read);
        assertEquals(3, shares.entries().size());
        assertEquals(
                NamedGroup.X25519MLKEM768.clientShareLength(),
                shares.of(NamedGroup.X25519MLKEM768.code()).keyExchange().length);
        assertEquals(1, shares.of(0x1a1a).keyExchange().length);
        assertArrayEquals(
                new int[] {1},
                x.get(ExtensionType.PSK_KEY_EXCHANGE_MODES, PskKeyExchangeModes::read)
                        .modes());
        assertArrayEquals(
                new int[] {2},
                x.get(ExtensionType.COMPRESS_CERTIFICATE, CompressCertificate::read)
                        .algorithms());
        assertEquals(
                StatusRequest.OCSP,
                x.get(ExtensionType.STATUS_REQUEST, StatusRequest::read).statusType());
        assertEquals(0, x.get(ExtensionType.SESSION_TICKET, SessionTicket::read).ticket().length);
        assertEquals(
                0,
                x.get(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::read).renegotiatedConnection().length);
        assertArrayEquals(
                new byte[1],
                x.get(ExtensionType.EC_POINT_FORMATS, EcPointFormats::read).formats());
        assertEquals(32, x.get(ExtensionType.PADDING, Padding::read).length());
        assertTrue(x.has(ExtensionType.ENCRYPTED_CLIENT_HELLO));
        assertEquals(0xda, x.body(0xfe0d).length);
        assertArrayEquals(new byte[1], x.body(0xcaca));
    }

    @Test
    void aHelloMayEndBeforeItsExtensions() throws TlsException {
        String message = message("0301" + RANDOM + "00" + "0004002f0035" + "0100");
        ClientHello hello = parse(message);
        assertSame(ExtensionBlock.EMPTY, hello.extensions());
        assertEquals(message, HexFormat.of().formatHex(hello.toMessage().raw()));
    }

    @Test
    void aHelloMayHaveNoneInItsExtensions() throws TlsException {
        String message = message("0303" + RANDOM + "00" + "0002002f" + "0100" + "0000");
        ClientHello hello = parse(message);
        assertEquals(0, hello.extensions().types().length);
        assertEquals(message, HexFormat.of().formatHex(hello.toMessage().raw()));
    }

    @Test
    void aFieldOfAForbiddenLengthIsADecodeError() {
        String suites = "0002" + "1301";
        refused("0303" + RANDOM + "21" + "00".repeat(33) + suites + "0100"); // a session id of 33 bytes
        refused("0303" + RANDOM + "00" + "0000" + "0100"); // no cipher suite
        refused("0303" + RANDOM + "00" + "0003" + "130113" + "0100"); // one and a half
        refused("0303" + RANDOM + "00" + suites + "00"); // no compression method
        refused("0303" + RANDOM + "00" + suites + "0100" + "00"); // half a length
        refused("0303" + RANDOM + "00" + suites + "0100" + "0000" + "00"); // bytes behind the extensions
    }

    private static void refused(String body) {
        TlsException e = assertThrows(TlsException.class, () -> parse(message(body)));
        assertEquals(AlertDescription.DECODE_ERROR, e.alert());
    }

    private static String browserHello() {
        String extensions = String.join("", BROWSER_EXTENSIONS);
        String length = String.format("%04x", extensions.length() / 2);
        return message("0303" + RANDOM + SESSION_ID + SUITES + "0100" + length + extensions);
    }

    private static String message(String body) {
        return String.format("01%06x", body.length() / 2) + body;
    }

    private static ClientHello parse(String message) throws TlsException {
        return HandshakeMessage.received(HexFormat.of().parseHex(message)).parse(ClientHello::read);
    }
}
