// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.ProtocolMessage;

class BoringErrorsTest {
    private static TlsException fault(Reason reason, AlertDescription alert) {
        return new TlsException(alert, reason, "what came");
    }

    @Test
    void aReasonThatIsNotInTheTableKeepsItsName() {
        TlsException e = fault(Reason.NO_SHARED_CIPHER, AlertDescription.HANDSHAKE_FAILURE);
        assertEquals(List.of("NO_SHARED_CIPHER"), BoringErrors.names(e, server()));
        assertTrue(BoringErrors.text(e, server()).contains(":NO_SHARED_CIPHER:"));
    }

    @Test
    void aReasonMayHaveAnotherName() {
        TlsException e = fault(Reason.UNSOLICITED_EXTENSION, AlertDescription.UNSUPPORTED_EXTENSION);
        assertEquals(List.of("UNEXPECTED_EXTENSION"), BoringErrors.names(e, server()));
    }

    @Test
    void theAlertTellsNamesApart() {
        TlsException decode = fault(Reason.INVALID_COMPRESSION_ALGORITHM, AlertDescription.DECODE_ERROR);
        TlsException illegal = fault(Reason.INVALID_COMPRESSION_ALGORITHM, AlertDescription.ILLEGAL_PARAMETER);
        assertEquals(List.of("DECODE_ERROR"), BoringErrors.names(decode, server()));
        assertEquals(List.of("INVALID_COMPRESSION_LIST"), BoringErrors.names(illegal, server()));
    }

    /** A ClientHello with these extensions, in hexadecimal. */
    private static String hello(String sessionId, String extensions) {
        String body = "0303" + "00".repeat(32) + block(1, sessionId) + "0002" + "1301" + "0100" + block(2, extensions);
        return "01" + block(3, body);
    }

    private static String block(int lengthBytes, String hex) {
        return String.format("%0" + 2 * lengthBytes + "x", hex.length() / 2) + hex;
    }

    private static void named(String name, Reason reason, AlertDescription alert, Observed seen) {
        assertEquals(List.of(name), BoringErrors.names(fault(reason, alert), seen));
    }

    @Test
    void aClientHelloThatCannotBeReadHasANameOfItsOwn() {
        Reason r = Reason.LENGTH_MISMATCH;
        AlertDescription a = AlertDescription.DECODE_ERROR;
        named("CLIENTHELLO_PARSE_FAILED", r, a, server(hello("00".repeat(33), "")));
        named("CLIENTHELLO_PARSE_FAILED", r, a, server("01000003" + "030300"));
        named("DECODE_ERROR", r, a, server(hello("", "0033" + "0001" + "00")));
    }

    @Test
    void aKeyShareTwiceIsNoWrongCurve() {
        Reason r = Reason.BAD_KEY_SHARE;
        AlertDescription a = AlertDescription.ILLEGAL_PARAMETER;
        String share = "001d" + block(2, "07");
        named("DUPLICATE_KEY_SHARE", r, a, server(hello("", "0033" + block(2, block(2, share + share)))));
        named("WRONG_CURVE", r, a, server(hello("", "0033" + block(2, block(2, share)))));
    }

    @Test
    void aCertificateMessageWithoutOneIsNotDamaged() {
        Reason r = Reason.LENGTH_MISMATCH;
        AlertDescription a = AlertDescription.DECODE_ERROR;
        named("PEER_DID_NOT_RETURN_A_CERTIFICATE", r, a, client("0b000004" + "00" + "000000"));
        named("DECODE_ERROR", r, a, client("0b000005" + "00" + "000001" + "00"));
    }

    @Test
    void aRequestThatNamesNoSignatureIsNoMalformedExtension() {
        Reason r = Reason.BAD_EXTENSION;
        AlertDescription a = AlertDescription.DECODE_ERROR;
        named("DECODE_ERROR", r, a, client("0d" + block(3, "00" + block(2, "000d" + block(2, "0000")))));
        TlsException e = fault(r, a);
        String authorities =
                "0d" + block(3, "00" + block(2, "000d" + block(2, "00020403") + "002f" + block(2, "0000")));
        assertEquals(List.of("PARSE_TLSEXT", "ERROR_PARSING_EXTENSION"), BoringErrors.names(e, client(authorities)));
    }

    @Test
    void aKeyForPssAloneIsNotSupported() throws Exception {
        Reason r = Reason.WRONG_SIGNATURE_TYPE;
        AlertDescription a = AlertDescription.ILLEGAL_PARAMETER;
        named("UNSUPPORTED_ALGORITHM", r, a, client(certificate("RSASSA-PSS")));
        named("WRONG_SIGNATURE_TYPE", r, a, client(certificate("RSA")));
        named("WRONG_SIGNATURE_TYPE", r, a, client(certificate("RSASSA-PSS").substring(0, 100)));
    }

    /** A Certificate with a key of this type. */
    private static String certificate(String keyType) throws GeneralSecurityException {
        KeyPairGenerator g = KeyPairGenerator.getInstance(keyType);
        g.initialize(2048);
        String spki = HexFormat.of().formatHex(g.generateKeyPair().getPublic().getEncoded());
        // Version, serial number, signature, issuer, validity and subject, of which nobody wants the content.
        String tbs = sequence("a003020102" + "020101" + "3000" + "3000" + "3000" + "3000" + spki);
        String der = sequence(tbs + "3000" + "0300");
        return "0b" + block(3, "00" + block(3, block(3, der) + "0000"));
    }

    private static String sequence(String content) {
        return "3082" + block(2, content);
    }

    @Test
    void forbiddenExtensionsAreNamedByMessage() {
        Reason r = Reason.BAD_EXTENSION;
        AlertDescription a = AlertDescription.ILLEGAL_PARAMETER;
        String random = "00".repeat(32);
        String twice = "002c" + "0000" + "002c" + "0000";
        named("DUPLICATE_EXTENSION", r, a, client("02" + block(3, "0303" + random + "00130100" + block(2, twice))));
        String once = "000b" + "0000";
        named("UNEXPECTED_EXTENSION", r, a, client("02" + block(3, "0303" + random + "00130100" + block(2, once))));
        named("ERROR_PARSING_EXTENSION", r, a, client("08" + block(3, block(2, once))));
        String alpn = "0010" + block(2, block(2, block(1, "66")));
        named("INVALID_ALPN_PROTOCOL", r, a, client("08" + block(3, block(2, alpn))));
    }

    private static Observed server(String... received) {
        TestConfig c = new TestConfig();
        c.add(ShimFlag.SERVER, "");
        return seen(c, received);
    }

    private static Observed client(String... received) {
        return seen(new TestConfig(), received);
    }

    private static Observed seen(TestConfig config, String... received) {
        Observed o = new Observed(config);
        for (String hex : received) {
            o.message(new ProtocolMessage(false, 22, "INITIAL", HexFormat.of().parseHex(hex)));
        }
        return o;
    }

    @Test
    void anotherAlertThanTheTablesIsNotTakenForIt() {
        TlsException e = fault(Reason.BAD_KEY_SHARE, AlertDescription.DECODE_ERROR);
        assertEquals(List.of("BAD_KEY_SHARE"), BoringErrors.names(e, server()));
    }

    @Test
    void whatThePeerSaysIsNotTakenForAFaultThatWeFound() {
        TlsException e = PeerAlertException.of(AlertDescription.UNEXPECTED_MESSAGE.code());
        assertEquals(List.of("SSLV3_ALERT_UNEXPECTED_MESSAGE"), BoringErrors.names(e, server()));
    }

    @Test
    void eachNameStandsBetweenColons() {
        TlsException e = fault(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, AlertDescription.BAD_RECORD_MAC);
        String text = BoringErrors.text(e, server());
        for (String name : List.of("BAD_DECRYPT", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC")) {
            assertTrue(text.contains(":" + name + ":"), text);
        }
    }

    @Test
    void aRefusalOfTheClientHelloHasANameOfItsOwn() {
        TlsException e = PeerAlertException.of(AlertDescription.HANDSHAKE_FAILURE.code());
        assertTrue(BoringErrors.text(e, client()).contains(":HANDSHAKE_FAILURE_ON_CLIENT_HELLO:"));
        assertFalse(BoringErrors.text(e, server()).contains(":HANDSHAKE_FAILURE_ON_CLIENT_HELLO:"));
    }

    @Test
    void aFailureOfTheSocketIsNoneOfTheProtocol() {
        String text = BoringErrors.text(new IOException("reset"), client());
        assertTrue(text.contains("reset"), text);
        assertFalse(text.contains("SSL:"), text);
    }

    @Test
    void onlyOurOwnRefusalOfAVersionCountsAsOne() {
        assertTrue(BoringErrors.isUnsupportedProtocol(
                fault(Reason.UNSUPPORTED_PROTOCOL, AlertDescription.PROTOCOL_VERSION)));
        assertFalse(
                BoringErrors.isUnsupportedProtocol(PeerAlertException.of(AlertDescription.PROTOCOL_VERSION.code())));
        assertFalse(BoringErrors.isUnsupportedProtocol(null));
    }
}
