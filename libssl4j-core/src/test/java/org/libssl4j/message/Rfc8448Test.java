// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.message.ext.EarlyData;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.Padding;
import org.libssl4j.message.ext.Place;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.message.ext.PskKeyExchangeModes;
import org.libssl4j.message.ext.RecordSizeLimit;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.SupportedGroups;
import org.libssl4j.message.ext.SupportedVersions;

/** The messages of RFC 8448: §3, the simple handshake; §4, the resumed one with early data; §5, the one with a HelloRetryRequest. */
public class Rfc8448Test {
    private static final String CLIENT_HELLO =
            "010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7000006130113"
                    + "031302010000910000000b0009000006736572766572ff01000100000a00140012001d001700180019010001"
                    + "0101020103010400230000003300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae"
                    + "4d5413691e529aaf2c002b0003020304000d0020001e04030503060302030804080508060401050106010201"
                    + "0402050206020202002d00020101001c00024001";

    private static final String SERVER_HELLO =
            "020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e2692800130100002e"
                    + "00330024001d0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b0002"
                    + "0304";

    private static final String ENCRYPTED_EXTENSIONS =
            "080000240022000a00140012001d00170018001901000101010201030104001c0002400100000000";

    private static final String CERTIFICATE =
            "0b0001b9000001b50001b0308201ac30820115a003020102020102300d06092a864886f70d01010b0500300e"
                    + "310c300a06035504031303727361301e170d3136303733303031323335395a170d3236303733303031323335"
                    + "395a300e310c300a0603550403130372736130819f300d06092a864886f70d010101050003818d0030818902"
                    + "818100b4bb498f8279303d980836399b36c6988c0c68de55e1bdb826d3901a2461eafd2de49a91d015abbc9a"
                    + "95137ace6c1af19eaa6af98c7ced43120998e187a80ee0ccb0524b1b018c3e0b63264d449a6d38e22a5fda43"
                    + "0846748030530ef0461c8ca9d9efbfae8ea6d1d03e2bd193eff0ab9a8002c47428a6d35a8d88d79f7f1e3f02"
                    + "03010001a31a301830090603551d1304023000300b0603551d0f0404030205a0300d06092a864886f70d0101"
                    + "0b05000381810085aad2a0e5b9276b908c65f73a7267170618a54c5f8a7b337d2df7a594365417f2eae8f8a5"
                    + "8c8f8172f9319cf36b7fd6c55b80f21a03015156726096fd335e5e67f2dbf102702e608ccae6bec1fc63a42a"
                    + "99be5c3eb7107c3c54e9b9eb2bd5203b1c3b84e0a8b2f759409ba3eac9d91d402dcc0cc8f8961229ac9187b4"
                    + "2b4de10000";

    private static final String CERTIFICATE_VERIFY =
            "0f000084080400805a747c5d88fa9bd2e55ab085a61015b7211f824cd484145ab3ff52f1fda8477b0b7abc90"
                    + "db78e2d33a5c141a078653fa6bef780c5ea248eeaaa785c4f394cab6d30bbe8d4859ee511f602957b15411ac"
                    + "027671459e46445c9ea58c181e818e95b8c3fb0bf3278409d3be152a3da5043e063dda65cdf5aea20d53dfac"
                    + "d42f74f3";

    private static final String FINISHED = "140000209b9b141d906337fbd2cbdce71df4deda4ab42c309572cb7fffee5454b78f0718";

    private static final String NEW_SESSION_TICKET =
            "040000c90000001efad6aac502000000b22c035d829359ee5ff7af4ec900000000262a6494dc486d2c8a34cb"
                    + "33fa90bf1b0070ad3c498883c9367c09a2be785abc55cd226097a3a982117283f82a03a143efd3ff5dd36d64"
                    + "e861be7fd61d2827db279cce145077d454a3664d4e6da4d29ee03725a6a4dafcd0fc67d2aea70529513e3da2"
                    + "677fa5906c5b3f7d8f92f228bda40dda721470f9fbf297b5aea617646fac5c03272e970727c621a79141ef5f"
                    + "7de6505e5bfbc388e93343694093934ae4d3570008002a000400000400";

    public static final String RESUMING_CLIENT_HELLO =
            "010001fc03031bc3ceb6bbe39cff938355b5a50adb6db21b7a6af649d7b4bc419d7876487d95000006130113"
                    + "031302010001cd0000000b0009000006736572766572ff01000100000a00140012001d001700180019010001"
                    + "01010201030104003300260024001d0020e4ffb68ac05f8d96c99da26698346c6be16482badddafe051a66b4"
                    + "f18d668f0b002a0000002b0003020304000d0020001e04030503060302030804080508060401050106010201"
                    + "0402050206020202002d00020101001c00024001001500570000000000000000000000000000000000000000"
                    + "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
                    + "0000000000000000000000000000000000000000000000002900dd00b800b22c035d829359ee5ff7af4ec900"
                    + "000000262a6494dc486d2c8a34cb33fa90bf1b0070ad3c498883c9367c09a2be785abc55cd226097a3a98211"
                    + "7283f82a03a143efd3ff5dd36d64e861be7fd61d2827db279cce145077d454a3664d4e6da4d29ee03725a6a4"
                    + "dafcd0fc67d2aea70529513e3da2677fa5906c5b3f7d8f92f228bda40dda721470f9fbf297b5aea617646fac"
                    + "5c03272e970727c621a79141ef5f7de6505e5bfbc388e93343694093934ae4d357fad6aacb0021203add4fb2"
                    + "d8fdf822a0ca3cf7678ef5e88dae990141c5924d57bb6fa31b9e5f9d";

    private static final String RESUMING_SERVER_HELLO =
            "0200005c03033ccfd2dec890222763472ae8136777c9d7358777bb66e91ea5122495f559ea2d001301000034"
                    + "00290002000000330024001d0020121761ee42c333e1b9e77b60dd57c2053cd94512ab47f115e86eff50942c"
                    + "ea31002b00020304";

    private static final String RESUMING_ENCRYPTED_EXTENSIONS =
            "080000280026000a00140012001d00170018001901000101010201030104001c0002400100000000002a0000";

    private static final String END_OF_EARLY_DATA = "05000000";

    private static final String HELLO_RETRY_REQUEST =
            "020000ac0303cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c001301000084"
                    + "003300020017002c0074007271dcd04bb88bc3189119398a00000000eefafc76c146b823b096f8aacad365dd"
                    + "0030953f4edf625636e5f21bb2e23fcc654b1b5b40318d10d137abcbb87574e36e8a1f025f7dfa5d6e50781b"
                    + "5eda4aa15b0c8be778257d16aa3030e9e7841dd9e4c0342267e8ca0caf571fb2b7cff0f934b0002b00020304";

    private static final int[] CLIENT_OFFERED = {0, 0xff01, 10, 35, 51, 43, 13, 45, 28, 42, 41};

    @Test
    void theBytesAreThoseOfTheRfc() throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(hex(CLIENT_HELLO));
        assertHash("860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8", sha.digest(hex(SERVER_HELLO)));
    }

    @Test
    void theClientHelloIsRead() throws TlsException {
        ClientHello hello = parse(CLIENT_HELLO, ClientHello::read);
        assertEquals(0x0303, hello.legacyVersion());
        assertEquals(0, hello.sessionId().length);
        assertArrayEquals(new int[] {0x1301, 0x1303, 0x1302}, hello.cipherSuites());
        assertArrayEquals(new byte[1], hello.compressionMethods());
        ExtensionBlock x = hello.extensions();
        x.check(Place.CLIENT_HELLO);
        assertEquals(
                "server", x.get(ExtensionType.SERVER_NAME, ServerName::read).hostName());
        assertArrayEquals(
                new int[] {0x1d, 0x17, 0x18, 0x19, 0x100, 0x101, 0x102, 0x103, 0x104},
                x.get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read).groups());
        List<KeyShare.Entry> shares =
                x.get(ExtensionType.KEY_SHARE, KeyShare.Offer::read).entries();
        assertEquals(1, shares.size());
        assertEquals(0x1d, shares.get(0).group());
        assertEquals(32, shares.get(0).keyExchange().length);
        assertArrayEquals(
                new int[] {0x0304},
                x.get(ExtensionType.SUPPORTED_VERSIONS, SupportedVersions.Offer::read)
                        .versions());
        int[] schemes = x.get(ExtensionType.SIGNATURE_ALGORITHMS, SignatureAlgorithms::read)
                .schemes();
        assertEquals(15, schemes.length);
        assertEquals(0x0403, schemes[0]);
        assertArrayEquals(
                new int[] {1},
                x.get(ExtensionType.PSK_KEY_EXCHANGE_MODES, PskKeyExchangeModes::read)
                        .modes());
        assertEquals(
                0x4001,
                x.get(ExtensionType.RECORD_SIZE_LIMIT, RecordSizeLimit::read).limit());
        assertRoundTrip(CLIENT_HELLO, hello.toMessage());
    }

    @Test
    void theServerHelloIsRead() throws TlsException {
        ServerHello hello = parse(SERVER_HELLO, ServerHello::read);
        assertFalse(hello.isHelloRetryRequest());
        assertEquals(0x1301, hello.cipherSuite());
        assertEquals(0, hello.compressionMethod());
        hello.extensions().check(hello.place());
        hello.extensions().requireSolicited(CLIENT_OFFERED);
        assertEquals(
                0x0304,
                hello.extensions()
                        .get(ExtensionType.SUPPORTED_VERSIONS, SupportedVersions.Selected::read)
                        .version());
        KeyShare.Entry share = hello.extensions()
                .get(ExtensionType.KEY_SHARE, KeyShare.Answer::read)
                .entry();
        assertEquals(0x1d, share.group());
        assertEquals((byte) 0xc9, share.keyExchange()[0]);
        assertRoundTrip(SERVER_HELLO, hello.toMessage());
    }

    @Test
    void theRestOfTheServersFlightIsRead() throws TlsException {
        EncryptedExtensions ee = parse(ENCRYPTED_EXTENSIONS, EncryptedExtensions::read);
        assertArrayEquals(new int[] {10, 28, 0}, ee.extensions().types());
        ee.extensions().requireSolicited(CLIENT_OFFERED);
        ee.extensions().get(ExtensionType.SERVER_NAME, ServerName::readAnswer);
        assertRoundTrip(ENCRYPTED_EXTENSIONS, ee.toMessage());

        Certificate13 chain = parse(CERTIFICATE, Certificate13::read);
        assertEquals(1, chain.entries().size());
        assertEquals(0x1b0, chain.entries().get(0).data().length);
        assertRoundTrip(CERTIFICATE, chain.toMessage());

        CertificateVerify verify = parse(CERTIFICATE_VERIFY, CertificateVerify::read);
        assertEquals(0x0804, verify.scheme());
        assertEquals(128, verify.signature().length);
        assertRoundTrip(CERTIFICATE_VERIFY, verify.toMessage());

        Finished finished = parse(FINISHED, Finished::read);
        assertEquals(32, finished.verifyData().length);
        assertRoundTrip(FINISHED, finished.toMessage());
    }

    @Test
    void theTicketIsRead() throws TlsException {
        NewSessionTicket13 ticket = parse(NEW_SESSION_TICKET, NewSessionTicket13::read);
        assertEquals(30, ticket.lifetime());
        assertEquals(0xfad6aac5L, ticket.ageAdd());
        assertArrayEquals(new byte[2], ticket.nonce());
        assertEquals(0xb2, ticket.ticket().length);
        assertEquals(
                1024,
                ticket.extensions()
                        .get(ExtensionType.EARLY_DATA, EarlyData.MaxSize::read)
                        .bytes());
        assertRoundTrip(NEW_SESSION_TICKET, ticket.toMessage());
    }

    @Test
    void theResumingClientHelloIsReadAndItsBindersAreCutOff() throws Exception {
        ClientHello hello = parse(RESUMING_CLIENT_HELLO, ClientHello::read);
        hello.extensions().check(Place.CLIENT_HELLO);
        hello.extensions().get(ExtensionType.EARLY_DATA, EarlyData::read);
        assertEquals(
                0x57,
                hello.extensions().get(ExtensionType.PADDING, Padding::read).length());
        PreSharedKey.Offer offer = hello.extensions().get(ExtensionType.PRE_SHARED_KEY, PreSharedKey.Offer::read);
        assertEquals(0xfad6aacbL, offer.identities().get(0).obfuscatedTicketAge());
        NewSessionTicket13 ticket = parse(NEW_SESSION_TICKET, NewSessionTicket13::read);
        assertArrayEquals(ticket.ticket(), offer.identities().get(0).identity());
        assertEquals(32, offer.binders().get(0).length);
        byte[] raw = hex(RESUMING_CLIENT_HELLO);
        byte[] cut = Arrays.copyOf(raw, raw.length - offer.bindersLength());
        assertHash(
                "63224b2e4573f2d3454ca84b9d009a04f6be9e05711a8396473aefa01e924a14",
                MessageDigest.getInstance("SHA-256").digest(cut));
        assertRoundTrip(RESUMING_CLIENT_HELLO, hello.toMessage());
    }

    @Test
    void theResumingServersFlightIsRead() throws TlsException {
        ServerHello hello = parse(RESUMING_SERVER_HELLO, ServerHello::read);
        hello.extensions().check(Place.SERVER_HELLO);
        assertEquals(
                0,
                hello.extensions()
                        .get(ExtensionType.PRE_SHARED_KEY, PreSharedKey.Selected::read)
                        .identity());
        assertRoundTrip(RESUMING_SERVER_HELLO, hello.toMessage());
        EncryptedExtensions ee = parse(RESUMING_ENCRYPTED_EXTENSIONS, EncryptedExtensions::read);
        assertTrue(ee.extensions().has(ExtensionType.EARLY_DATA));
        assertRoundTrip(RESUMING_ENCRYPTED_EXTENSIONS, ee.toMessage());
        assertRoundTrip(
                END_OF_EARLY_DATA,
                parse(END_OF_EARLY_DATA, EndOfEarlyData::read).toMessage());
    }

    @Test
    void theHelloRetryRequestIsRead() throws TlsException {
        ServerHello retry = parse(HELLO_RETRY_REQUEST, ServerHello::read);
        assertTrue(retry.isHelloRetryRequest());
        retry.extensions().check(Place.HELLO_RETRY_REQUEST);
        retry.extensions().requireSolicited(CLIENT_OFFERED);
        assertEquals(
                0x17,
                retry.extensions()
                        .get(ExtensionType.KEY_SHARE, KeyShare.Retry::read)
                        .group());
        assertEquals(
                0x72, retry.extensions().get(ExtensionType.COOKIE, Cookie::read).cookie().length);
        assertRoundTrip(HELLO_RETRY_REQUEST, retry.toMessage());
        assertRoundTrip(
                HELLO_RETRY_REQUEST,
                ServerHello.retry(new byte[0], 0x1301, retry.extensions()).toMessage());
    }

    private static <T> T parse(String message, HandshakeMessage.Codec<T> codec) throws TlsException {
        return HandshakeMessage.received(hex(message)).parse(codec);
    }

    private static void assertRoundTrip(String expected, HandshakeMessage written) {
        assertEquals(expected, HexFormat.of().formatHex(written.raw()));
    }

    private static void assertHash(String expected, byte[] hash) {
        assertEquals(expected, HexFormat.of().formatHex(hash));
    }

    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }
}
