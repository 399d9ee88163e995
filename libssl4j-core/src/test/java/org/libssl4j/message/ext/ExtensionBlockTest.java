// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

class ExtensionBlockTest {
    private static final String COOKIE = "002c" + "0003" + "000161";
    private static final String GREASE = "0a0a" + "0000";
    private static final String KEY_SHARE_RETRY = "0033" + "0002" + "001d";
    private static final String PRE_SHARED_KEY = "0029" + "0002" + "0000";
    private static final String UNKNOWN = "7777" + "0002" + "abcd";

    @Test
    void theOrderAndTheBytesAreKept() throws Exception {
        ExtensionBlock block = read(Place.CLIENT_HELLO, UNKNOWN + COOKIE + GREASE);
        assertArrayEquals(new int[] {0x7777, 44, 0x0a0a}, block.types());
        assertEquals("0011" + UNKNOWN + COOKIE + GREASE, hex(block));
        assertArrayEquals(new byte[] {(byte) 0xab, (byte) 0xcd}, block.body(0x7777));
        assertArrayEquals(new byte[0], block.body(0x0a0a));
        assertNull(block.body(0x1a1a));
        assertEquals("[extension 0x7777, cookie, extension 0x0a0a]", block.toString());
    }

    @Test
    void whatIsBuiltIsWhatIsRead() throws Exception {
        ExtensionBlock built = ExtensionBlock.builder()
                .add(new Cookie(new byte[] {'a'}))
                .add(new EarlyData())
                .build();
        assertEquals("000b" + COOKIE + "002a0000", hex(built));
        assertArrayEquals(
                new byte[] {'a'}, built.get(ExtensionType.COOKIE, Cookie::read).cookie());
        assertTrue(built.has(ExtensionType.EARLY_DATA));
        assertFalse(built.has(ExtensionType.KEY_SHARE));
    }

    @Test
    void aBlockMayBeEmpty() throws Exception {
        ExtensionBlock block = read(Place.ENCRYPTED_EXTENSIONS, "");
        assertEquals("0000", hex(block));
        assertEquals("0000", hex(ExtensionBlock.EMPTY));
        assertNull(block.get(ExtensionType.COOKIE, Cookie::read));
    }

    @Test
    void anExtensionThatReachesBeyondTheBlockDoesNotDecode() {
        assertThrows(DecodeException.class, () -> read(Place.CLIENT_HELLO, "002c" + "0004" + "000161"));
        assertThrows(DecodeException.class, () -> read(Place.CLIENT_HELLO, "002c00"));
        assertThrows(DecodeException.class, () -> read(Place.CLIENT_HELLO, "00"));
    }

    @ParameterizedTest
    @EnumSource
    void anExtensionThatStandsTwiceIsRefusedByTheAlertThatOtherStacksGive(Place place) {
        TlsException e = assertThrows(TlsException.class, () -> read(place, GREASE + UNKNOWN + GREASE));
        boolean illegal = place == Place.HELLO_RETRY_REQUEST || place == Place.NEW_SESSION_TICKET;
        assertEquals(illegal ? AlertDescription.ILLEGAL_PARAMETER : AlertDescription.DECODE_ERROR, e.alert());
        assertEquals(Reason.BAD_EXTENSION, e.reason());
    }

    @Test
    void theLargestBlockIsReadAndSearchedForDuplicates() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int type = 0; type < 0xffff / 4; type++) {
            all.append(String.format("%04x0000", 0x4000 + type));
        }
        assertEquals(0xffff / 4, read(Place.CLIENT_HELLO, all.toString()).types().length);
        all.replace(all.length() - 8, all.length(), "40000000");
        assertThrows(TlsException.class, () -> read(Place.CLIENT_HELLO, all.toString()));
    }

    @ParameterizedTest
    @EnumSource(names = {"ENCRYPTED_EXTENSIONS", "CERTIFICATE", "CERTIFICATE_REQUEST", "NEW_SESSION_TICKET"})
    void inAMessageOfTls13AloneAForbiddenExtensionIsRefusedAtOnce(Place place) {
        TlsException e = assertThrows(TlsException.class, () -> read(place, UNKNOWN + "0033" + "0000"));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertTrue(e.getMessage().contains("key_share in " + place), e.getMessage());
    }

    @Test
    void inAHelloAForbiddenExtensionIsRefusedWhenTheVersionIsKnown() throws Exception {
        ExtensionBlock block = read(Place.SERVER_HELLO, "ff01" + "0001" + "00");
        assertArrayEquals(
                new byte[0],
                block.get(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::read)
                        .renegotiatedConnection());
        TlsException e = assertThrows(TlsException.class, () -> block.check(Place.SERVER_HELLO));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
    }

    @Test
    void anUnknownExtensionIsNoneThatIsForbidden() throws Exception {
        for (Place place : Place.values()) {
            ExtensionBlock block = read(place, UNKNOWN + GREASE);
            assertDoesNotThrow(() -> block.check(place));
        }
    }

    @Test
    void preSharedKeyComesLastInAClientHello() throws Exception {
        assertDoesNotThrow(
                () -> read(Place.CLIENT_HELLO, GREASE + PRE_SHARED_KEY).check(Place.CLIENT_HELLO));
        ExtensionBlock block = read(Place.CLIENT_HELLO, PRE_SHARED_KEY + GREASE);
        TlsException e = assertThrows(TlsException.class, () -> block.check(Place.CLIENT_HELLO));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.BAD_EXTENSION, e.reason());
    }

    @Test
    void preSharedKeyMayStandAnywhereInAServerHello() {
        String block = PRE_SHARED_KEY + "002b00020304";
        assertDoesNotThrow(() -> read(Place.SERVER_HELLO, block).check(Place.SERVER_HELLO));
    }

    @Test
    void aResponseThatNobodyAskedForIsUnsupported() throws Exception {
        int[] offered = {51, 44};
        ExtensionBlock known = read(Place.SERVER_HELLO, KEY_SHARE_RETRY + PRE_SHARED_KEY);
        TlsException e = assertThrows(TlsException.class, () -> known.requireSolicited(offered));
        assertEquals(AlertDescription.UNSUPPORTED_EXTENSION, e.alert());
        assertEquals(Reason.UNSOLICITED_EXTENSION, e.reason());
        ExtensionBlock unknown = read(Place.ENCRYPTED_EXTENSIONS, UNKNOWN);
        assertThrows(TlsException.class, () -> unknown.requireSolicited(offered));
        assertDoesNotThrow(() -> read(Place.SERVER_HELLO, KEY_SHARE_RETRY).requireSolicited(offered));
    }

    @Test
    void aHelloRetryRequestAloneMayHaveACookieUnasked() throws Exception {
        int[] offered = {51};
        assertDoesNotThrow(
                () -> read(Place.HELLO_RETRY_REQUEST, KEY_SHARE_RETRY + COOKIE).requireSolicited(offered));
        ExtensionBlock serverHello = read(Place.SERVER_HELLO, KEY_SHARE_RETRY + COOKIE);
        assertThrows(TlsException.class, () -> serverHello.requireSolicited(offered));
        ExtensionBlock other = read(Place.HELLO_RETRY_REQUEST, UNKNOWN);
        assertThrows(TlsException.class, () -> other.requireSolicited(offered));
    }

    @Test
    void whatNobodyAsksForIsNotParsed() throws Exception {
        ExtensionBlock block = read(Place.CLIENT_HELLO, "000a" + "0001" + "ff");
        assertTrue(block.has(ExtensionType.SUPPORTED_GROUPS));
        assertThrows(TlsException.class, () -> block.get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read));
    }

    @Test
    void anExtensionIsAddedOnce() {
        ExtensionBlock.Builder twice =
                ExtensionBlock.builder().add(new EarlyData()).add(new EarlyData());
        assertThrows(IllegalStateException.class, twice::build);
    }

    private static ExtensionBlock read(Place place, String extensions) throws DecodeException, TlsException {
        byte[] bytes = HexFormat.of().parseHex(extensions);
        WireReader in =
                new WireReader(new WireWriter(bytes.length + 2).opaque16(bytes).toByteArray());
        ExtensionBlock block = ExtensionBlock.read(in, place);
        assertFalse(in.hasMore());
        return block;
    }

    private static String hex(ExtensionBlock block) {
        WireWriter out = new WireWriter(64);
        block.write(out);
        return HexFormat.of().formatHex(out.toByteArray());
    }
}
