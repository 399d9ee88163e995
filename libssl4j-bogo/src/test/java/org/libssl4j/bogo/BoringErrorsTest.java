// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        Observed o = new Observed(config, new ShimSessions(), false);
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

    /** A ServerHello with these extensions. */
    private static String serverHello(String extensions) {
        return "02" + block(3, "0303" + "00".repeat(32) + "00" + "c02f" + "00" + block(2, extensions));
    }

    private static final String TLS12 = serverHello("");

    @Test
    void messagesOfTls12HaveAFormOfTheirOwn() throws Exception {
        Reason r = Reason.WRONG_CERTIFICATE_TYPE;
        AlertDescription a = AlertDescription.ILLEGAL_PARAMETER;
        String chain = certificate("RSASSA-PSS").substring(10); // without header and context
        String older = "0b" + block(3, block(3, chain.substring(6, chain.length() - 4)));
        named("UNSUPPORTED_ALGORITHM", r, a, client(TLS12, older));
        named("WRONG_CERTIFICATE_TYPE", r, a, client(serverHello("002b00020304"), older));
        String none = "0b" + block(3, "000000");
        named("DECODE_ERROR", Reason.LENGTH_MISMATCH, AlertDescription.DECODE_ERROR, client(TLS12, none));
    }

    @Test
    void aRequestOfTls12NamesItsSignaturesWithoutAnExtension() throws Exception {
        String request = "0d" + block(3, block(1, "01") + block(2, "0403" + "0804") + block(2, ""));
        assertEquals(List.of(0x0403, 0x0804), client(TLS12, request).peerOffer().signatureAlgorithms());
    }

    @Test
    void aKeyOfAKindThatNobodyAskedForIsAnUnknownType(@TempDir Path directory) throws Exception {
        TestConfig c = new TestConfig();
        c.add(ShimFlag.KEY_FILE, key(directory, "EC").toString());
        Reason r = Reason.NO_SUITABLE_SIGNATURE_ALGORITHM;
        AlertDescription a = AlertDescription.HANDSHAKE_FAILURE;
        String rsa = "0d" + block(3, block(1, "01") + block(2, "0401") + block(2, ""));
        String both = "0d" + block(3, block(1, "0140") + block(2, "0401") + block(2, ""));
        named("UNKNOWN_CERTIFICATE_TYPE", r, a, seen(c, TLS12, rsa));
        named("NO_COMMON_SIGNATURE_ALGORITHMS", r, a, seen(c, TLS12, both));
        named("NO_COMMON_SIGNATURE_ALGORITHMS", r, a, seen(c, rsa));
    }

    @Test
    void beforeTls12AKeySignsInOneWayOrInNone() {
        Reason r = Reason.WRONG_SIGNATURE_TYPE;
        AlertDescription a = AlertDescription.ILLEGAL_PARAMETER;
        String tls11 = TLS12.replaceFirst("0303", "0302");
        named("PEER_ERROR_UNSUPPORTED_CERTIFICATE_TYPE", r, a, client(tls11));
        named("WRONG_SIGNATURE_TYPE", r, a, client(TLS12));
    }

    private static Path key(Path directory, String type) throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance(type);
        g.initialize(256);
        String base64 = Base64.getMimeEncoder()
                .encodeToString(g.generateKeyPair().getPrivate().getEncoded());
        return Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    }

    @Test
    void aChangeCipherSpecInTheWrongPlaceIsARecord() {
        Reason r = Reason.UNEXPECTED_MESSAGE;
        AlertDescription a = AlertDescription.UNEXPECTED_MESSAGE;
        Observed o = client(TLS12);
        named("UNEXPECTED_MESSAGE", r, a, o);
        o.message(new ProtocolMessage(false, 20, "INITIAL", new byte[] {1}));
        named("UNEXPECTED_RECORD", r, a, o);
        o.message(new ProtocolMessage(false, 22, "INITIAL", new byte[4]));
        named("UNEXPECTED_MESSAGE", r, a, o);
    }

    @Test
    void aServerThatChoosesTls12ByTheExtensionIsOneWithAnExtensionTooMany() {
        Reason r = Reason.BAD_PROTOCOL_VERSION_NUMBER;
        AlertDescription a = AlertDescription.ILLEGAL_PARAMETER;
        named("UNEXPECTED_EXTENSION", r, a, client(serverHello("002b00020303")));
        named("BAD_PROTOCOL_VERSION_NUMBER", r, a, client(serverHello("002b00020305")));
    }

    @Test
    void aSuiteThatIsNotSharedForItsCurveIsAWrongCurve(@TempDir Path directory) throws Exception {
        TestConfig c = new TestConfig();
        c.add(ShimFlag.SERVER, "");
        c.add(ShimFlag.KEY_FILE, key(directory, "EC").toString());
        Reason r = Reason.NO_SHARED_CIPHER;
        AlertDescription a = AlertDescription.HANDSHAKE_FAILURE;
        named("WRONG_CURVE", r, a, seen(c, hello("", "000a" + block(2, block(2, "0018")))));
        named("NO_SHARED_CIPHER", r, a, seen(c, hello("", "000a" + block(2, block(2, "0017")))));
    }
}
