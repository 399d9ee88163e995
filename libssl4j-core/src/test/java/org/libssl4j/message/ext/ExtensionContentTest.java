// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.HandshakeMessage.Codec;

/** What is well-formed and wrong all the same. */
class ExtensionContentTest {
    private static final String BINDER = "20" + "00".repeat(32);

    @Test
    void aServerNameIsReadAsText() throws TlsException {
        assertEquals(
                "a.example",
                get(ExtensionType.SERVER_NAME, "000c000009612e6578616d706c65", ServerName::read)
                        .hostName());
    }

    @Test
    void twoServerNamesAreADecodeError() {
        refused(AlertDescription.DECODE_ERROR, ExtensionType.SERVER_NAME, "00080000016100000162", ServerName::read);
    }

    @Test
    void aServerNameOfAnotherTypeIsADecodeError() {
        refused(AlertDescription.DECODE_ERROR, ExtensionType.SERVER_NAME, "000401000161", ServerName::read);
    }

    @Test
    void anEmptyServerNameIsADecodeError() {
        refused(AlertDescription.DECODE_ERROR, ExtensionType.SERVER_NAME, "0003000000", ServerName::read);
        refused(AlertDescription.DECODE_ERROR, ExtensionType.SERVER_NAME, "0000", ServerName::read);
        refused(AlertDescription.DECODE_ERROR, ExtensionType.SERVER_NAME, "", ServerName::read);
    }

    @Test
    void aServerNameWithAZeroOrBeyondAsciiIsUnrecognized() {
        refused(AlertDescription.UNRECOGNIZED_NAME, ExtensionType.SERVER_NAME, "0006000003610062", ServerName::read);
        refused(AlertDescription.UNRECOGNIZED_NAME, ExtensionType.SERVER_NAME, "00060000036180ff", ServerName::read);
    }

    @Test
    void aServerNameOf256BytesIsUnrecognized() throws TlsException {
        String longest = "0102" + "00" + "00ff" + "61".repeat(255);
        assertEquals(
                "a".repeat(255),
                get(ExtensionType.SERVER_NAME, longest, ServerName::read).hostName());
        String tooLong = "0103" + "00" + "0100" + "61".repeat(256);
        refused(AlertDescription.UNRECOGNIZED_NAME, ExtensionType.SERVER_NAME, tooLong, ServerName::read);
    }

    @Test
    void aServerNameThatCannotBeSentIsNotTaken() {
        for (String name : List.of("", "a".repeat(256), "b\u00fccher.example", "a\0b")) {
            assertThrows(IllegalArgumentException.class, () -> new ServerName(name));
        }
    }

    @Test
    void anEmptyProtocolNameIsADecodeError() {
        refused(
                AlertDescription.DECODE_ERROR,
                ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION,
                "0004026832" + "00",
                Alpn::read);
        refused(
                AlertDescription.DECODE_ERROR,
                ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION,
                "000100",
                Alpn::read);
        refused(
                AlertDescription.DECODE_ERROR,
                ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION,
                "0000",
                Alpn::read);
    }

    @Test
    void aServerAnswersWithOneProtocol() throws TlsException {
        assertEquals("h2", new Alpn(List.of("h2")).single());
        TlsException e = assertThrows(TlsException.class, () -> new Alpn(List.of("h2", "http/1.1")).single());
        assertEquals(AlertDescription.DECODE_ERROR, e.alert());
    }

    @Test
    void anyByteSurvivesInAProtocolName() throws TlsException {
        Alpn alpn = get(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, "00050400ff800a", Alpn::read);
        assertEquals("\0\u00ff\u0080\n", alpn.single());
    }

    @Test
    void aProtocolNameThatCannotBeSentIsNotTaken() {
        for (String name : List.of("", "a".repeat(256), "\u0100")) {
            assertThrows(IllegalArgumentException.class, () -> new Alpn(List.of(name)));
        }
    }

    @Test
    void twoSharesOfOneGroupAreAnIllegalParameter() {
        TlsException e = refused(
                AlertDescription.ILLEGAL_PARAMETER,
                ExtensionType.KEY_SHARE,
                "000f" + "001d000101" + "0017000101" + "001d000102",
                KeyShare.Offer::read);
        assertEquals(Reason.BAD_KEY_SHARE, e.reason());
    }

    @Test
    void manySharesAreSearchedForDuplicatesToo() throws TlsException {
        StringBuilder shares = new StringBuilder();
        for (int group = 0; group < 5000; group++) {
            shares.append(String.format("%04x000101", group));
        }
        String length = String.format("%04x", 5 * 5000);
        assertEquals(
                5000,
                get(ExtensionType.KEY_SHARE, length + shares, KeyShare.Offer::read)
                        .entries()
                        .size());
        String again = String.format("%04x", 5 * 5001) + shares + "0123000101";
        refused(AlertDescription.ILLEGAL_PARAMETER, ExtensionType.KEY_SHARE, again, KeyShare.Offer::read);
    }

    @Test
    void anOfferMayHaveNoShares() throws TlsException {
        KeyShare.Offer offer = get(ExtensionType.KEY_SHARE, "0000", KeyShare.Offer::read);
        assertEquals(List.of(), offer.entries());
        assertNull(offer.of(0x001d));
    }

    @Test
    void aShareIsFoundByItsGroup() throws TlsException {
        KeyShare.Offer offer = get(ExtensionType.KEY_SHARE, "000a" + "001d000101" + "0017000102", KeyShare.Offer::read);
        assertArrayEquals(new byte[] {2}, offer.of(0x0017).keyExchange());
        assertNull(offer.of(0x0018));
    }

    @Test
    void anEmptyShareIsADecodeError() {
        refused(AlertDescription.DECODE_ERROR, ExtensionType.KEY_SHARE, "0004" + "001d0000", KeyShare.Offer::read);
        refused(AlertDescription.DECODE_ERROR, ExtensionType.KEY_SHARE, "001d0000", KeyShare.Answer::read);
    }

    @Test
    void eachIdentityHasOneBinder() throws TlsException {
        String one = "0007" + "000161" + "00000001";
        String two = "000e" + "000161" + "00000001" + "000162" + "00000002";
        PreSharedKey.Offer offer = get(ExtensionType.PRE_SHARED_KEY, one + "0021" + BINDER, PreSharedKey.Offer::read);
        assertEquals(1, offer.identities().get(0).obfuscatedTicketAge());
        assertEquals(2 + 33, offer.bindersLength());
        refused(
                AlertDescription.ILLEGAL_PARAMETER,
                ExtensionType.PRE_SHARED_KEY,
                two + "0021" + BINDER,
                PreSharedKey.Offer::read);
        refused(
                AlertDescription.ILLEGAL_PARAMETER,
                ExtensionType.PRE_SHARED_KEY,
                one + "0042" + BINDER + BINDER,
                PreSharedKey.Offer::read);
    }

    @Test
    void aBinderHas32BytesAtLeast() {
        String shorter = "0007" + "000161" + "00000001" + "0020" + "1f" + "00".repeat(31);
        refused(AlertDescription.DECODE_ERROR, ExtensionType.PRE_SHARED_KEY, shorter, PreSharedKey.Offer::read);
    }

    @Test
    void noIdentitiesOrNoBindersAreADecodeError() {
        refused(
                AlertDescription.DECODE_ERROR,
                ExtensionType.PRE_SHARED_KEY,
                "0000" + "0021" + BINDER,
                PreSharedKey.Offer::read);
        refused(
                AlertDescription.DECODE_ERROR,
                ExtensionType.PRE_SHARED_KEY,
                "0007" + "000161" + "00000001" + "0000",
                PreSharedKey.Offer::read);
    }

    @Test
    void listsThatMayNotBeEmptyAreADecodeErrorWhenEmpty() {
        refused(AlertDescription.DECODE_ERROR, ExtensionType.SUPPORTED_GROUPS, "0000", SupportedGroups::read);
        refused(AlertDescription.DECODE_ERROR, ExtensionType.SIGNATURE_ALGORITHMS, "0000", SignatureAlgorithms::read);
        refused(
                AlertDescription.DECODE_ERROR,
                ExtensionType.SIGNATURE_ALGORITHMS_CERT,
                "0000",
                SignatureAlgorithmsCert::read);
        refused(AlertDescription.DECODE_ERROR, ExtensionType.SUPPORTED_VERSIONS, "00", SupportedVersions.Offer::read);
        refused(AlertDescription.DECODE_ERROR, ExtensionType.PSK_KEY_EXCHANGE_MODES, "00", PskKeyExchangeModes::read);
        refused(AlertDescription.DECODE_ERROR, ExtensionType.COOKIE, "0000", Cookie::read);
        refused(
                AlertDescription.DECODE_ERROR,
                ExtensionType.CERTIFICATE_AUTHORITIES,
                "0000",
                CertificateAuthorities::read);
        refused(AlertDescription.DECODE_ERROR, ExtensionType.COMPRESS_CERTIFICATE, "00", CompressCertificate::read);
        refused(AlertDescription.DECODE_ERROR, ExtensionType.EC_POINT_FORMATS, "00", EcPointFormats::read);
        refused(
                AlertDescription.DECODE_ERROR,
                ExtensionType.CLIENT_CERTIFICATE_TYPE,
                "00",
                CertificateTypes.Offer::readClient);
        refused(
                AlertDescription.DECODE_ERROR,
                ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP,
                "0000",
                SignedCertificateTimestamps::read);
        refused(AlertDescription.DECODE_ERROR, ExtensionType.USE_SRTP, "000000", UseSrtp::read);
    }

    @Test
    void listsOfCodePointsHaveAnEvenLength() {
        refused(AlertDescription.DECODE_ERROR, ExtensionType.SUPPORTED_GROUPS, "0003001d00", SupportedGroups::read);
        refused(
                AlertDescription.DECODE_ERROR,
                ExtensionType.SUPPORTED_VERSIONS,
                "03030403",
                SupportedVersions.Offer::read);
    }

    @Test
    void aRecordSizeLimitBelow64IsAnIllegalParameter() throws TlsException {
        assertEquals(
                64,
                get(ExtensionType.RECORD_SIZE_LIMIT, "0040", RecordSizeLimit::read)
                        .limit());
        refused(AlertDescription.ILLEGAL_PARAMETER, ExtensionType.RECORD_SIZE_LIMIT, "003f", RecordSizeLimit::read);
    }

    @Test
    void aMaxFragmentLengthOfNoKnownCodeIsAnIllegalParameter() throws TlsException {
        assertEquals(
                512,
                get(ExtensionType.MAX_FRAGMENT_LENGTH, "01", MaxFragmentLength::read)
                        .bytes());
        assertEquals(
                4096,
                get(ExtensionType.MAX_FRAGMENT_LENGTH, "04", MaxFragmentLength::read)
                        .bytes());
        refused(AlertDescription.ILLEGAL_PARAMETER, ExtensionType.MAX_FRAGMENT_LENGTH, "00", MaxFragmentLength::read);
        refused(AlertDescription.ILLEGAL_PARAMETER, ExtensionType.MAX_FRAGMENT_LENGTH, "05", MaxFragmentLength::read);
    }

    @Test
    void anOidThatStandsTwiceIsAnIllegalParameter() {
        refused(
                AlertDescription.ILLEGAL_PARAMETER,
                ExtensionType.OID_FILTERS,
                "000a" + "0201020000" + "0201020000",
                OidFilters::read);
    }

    @Test
    void aStatusRequestOfAnUnknownKindIsKept() throws TlsException {
        StatusRequest s = get(ExtensionType.STATUS_REQUEST, "02ff", StatusRequest::read);
        assertEquals(2, s.statusType());
        assertArrayEquals(new byte[] {-1}, s.requestExtensions());
    }

    @Test
    void aStatusResponseOfAnotherKindIsADecodeError() {
        TlsException e = refused(
                AlertDescription.DECODE_ERROR,
                ExtensionType.STATUS_REQUEST,
                "0200000130",
                StatusRequest.Response::read);
        assertEquals(Reason.UNSUPPORTED_STATUS_TYPE, e.reason());
    }

    @Test
    void anSrtpAnswerHasOneProfile() throws TlsException {
        assertEquals(1, new UseSrtp(new int[] {1}, new byte[0]).single());
        assertThrows(TlsException.class, () -> new UseSrtp(new int[] {1, 2}, new byte[0]).single());
    }

    private static TlsException refused(AlertDescription alert, ExtensionType type, String body, Codec<?> codec) {
        TlsException e = assertThrows(TlsException.class, () -> get(type, body, codec));
        assertEquals(alert, e.alert(), e.getMessage());
        return e;
    }

    private static <T> T get(ExtensionType type, String body, Codec<T> codec) throws TlsException {
        byte[] bytes = HexFormat.of().parseHex(body);
        return ExtensionBlock.builder()
                .add(new RawExtension(type.code(), bytes))
                .build()
                .get(type, codec);
    }
}
