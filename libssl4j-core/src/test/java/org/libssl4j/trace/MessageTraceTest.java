// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libssl4j.crypto.pem.Certificates;
import org.libssl4j.spi.ProtocolMessage;

class MessageTraceTest {
    private static String trace(int contentType, String hex) {
        return MessageTrace.of(new ProtocolMessage(
                false, contentType, "APPLICATION", HexFormat.of().parseHex(hex)));
    }

    private static String handshake(byte[] m) {
        return MessageTrace.of(new ProtocolMessage(true, 22, "HANDSHAKE", m));
    }

    private static void assertShows(String text, String... lines) {
        List<String> all = text.lines().map(String::strip).toList();
        int at = 0;
        for (String line : lines) {
            int found = all.subList(at, all.size()).indexOf(line);
            assertTrue(found >= 0, "no '" + line + "', or not in this order, in:\n" + text);
            at += found + 1;
        }
    }

    @Test
    void aRecordsHeaderIsSplitIntoItsFields() {
        assertEquals("""
                Received Record
                Header:
                  Version = TLS 1.0 (0x301)
                  Content Type = Handshake (22)
                  Length = 314
                """, trace(256, "160301013a"));
        assertEquals("  Inner Content Type = Alert (21)\n", trace(257, "15"));
    }

    @Test
    void alertsHaveLevelAndDescription() {
        assertEquals("    Level=fatal(2), description=decode error(50)\n\n", trace(21, "0232"));
        assertEquals("    Level=warning(1), description=close notify(0)\n\n", trace(21, "0100"));
        assertEquals("    Level=unknown(9), description=unknown(255)\n\n", trace(21, "09ff"));
        assertShows(trace(21, "02"), "Illegal Alert Length");
    }

    @Test
    void theLayoutIsThatOfOpenssl() {
        byte[] hello = Samples.clientHello(
                Samples.extension(10, Samples.vector(2, "001d", "0100")),
                Samples.extension(43, Samples.vector(1, "0304")),
                Samples.extension(51, Samples.vector(2, "001d", Samples.vector(2, "0a0b"))));
        assertEquals("""
                    ClientHello, Length=%d
                      client_version=0x303 (TLS 1.2)
                      Random:
                        gmt_unix_time=0x00000000
                        random_bytes (len=28): %s
                      session_id (len=2): AABB
                      cipher_suites (len=8)
                        {0x13, 0x01} TLS_AES_128_GCM_SHA256
                        {0xC0, 0x2B} TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
                        {0x1A, 0x1A} GREASE
                        {0x99, 0x99} UNKNOWN
                      compression_methods (len=1)
                        No Compression (0x00)
                      extensions, length = 29
                        extension_type=supported_groups(10), length=6
                          x25519 (29)
                          ffdhe2048 (256)
                        extension_type=supported_versions(43), length=3
                          TLS 1.3 (772)
                        extension_type=key_share(51), length=8
                            NamedGroup: x25519 (29)
                            key_exchange:  (len=2): 0A0B

                """.formatted(hello.length - 4, "00".repeat(28)), handshake(hello));
    }

    @Test
    void everyExtensionOfAClientHelloIsDecoded() {
        assertShows(
                handshake(Samples.full()),
                "host_name (0): example.org",
                "max_fragment_length := 2^10 (1024 bytes) (2)",
                "status_type=ocsp (1)",
                "responder_id (len=2): 0102",
                "request_extensions (len=1): 03",
                "X25519MLKEM768 (4588)",
                "secp256r1 (23)",
                "GREASE (10794)",
                "uncompressed (0)",
                "ecdsa_secp256r1_sha256 (0x0403)",
                "mldsa65 (0x0905)",
                "SRTP_AES128_CM_HMAC_SHA1_80 (1)",
                "srtp_mki (len=1): FF",
                "h2",
                "\\x1B[2J",
                "extension_type=signed_certificate_timestamp(18), length=0",
                "RawPublicKey (2)",
                "X509 (0)",
                "0000 - 00 00 00 00 00                                    .....",
                "brotli (2)",
                "record_size_limit=16385",
                "extension_type=delegated_credential(34), length=4",
                "ticket (len=3): 010203",
                "extension_type=early_data(42), length=0",
                "TLS 1.3 (772)",
                "UNKNOWN (32540)",
                "cookie (len=2): C0C0",
                "psk_dhe_ke (1)",
                "CN=Hello",
                "not a name (len=2): FFFF",
                "rsa_pss_rsae_sha256 (0x0804)",
                "NamedGroup: x25519 (29)",
                "NamedGroup: GREASE (10794)",
                "max_idle_timeout(1) (len=1): FF",
                "unknown(1028) (len=2): 0102",
                "type=outer (0)",
                "cipher_suite: KDF 0x0001, AEAD 0x0001",
                "config_id=7",
                "enc (len=2): E0E1",
                "payload (len=3): F0F1F2",
                "<EMPTY>",
                "extension_type=GREASE(10794), length=0",
                "extension_type=UNKNOWN(4660), length=4",
                "0000 - 0b ad ca fe                                       ....",
                "identity (len=2): 0A0B",
                "obfuscated_ticket_age=16",
                "binder (len=2): 0C0D");
    }

    @Test
    void anExtensionIsDecodedAsTheMessageItStandsInHasIt() throws Exception {
        assertShows(handshake(Samples.retry()), "HelloRetryRequest, Length=60", "NamedGroup: secp256r1 (23)");
        assertShows(handshake(Samples.all().get(2)), "TLS 1.3 (772)", "NamedGroup: x25519 (29)", "selected_identity=0");
        assertShows(handshake(Samples.all().get(4)), "ticket_lifetime_hint=7200", "max_early_data=100");
        assertShows(handshake(Samples.all().get(6)), "h2", "RawPublicKey (2)");
        assertShows(
                handshake(Samples.certificate("00")),
                "<UNPARSEABLE CERTIFICATE>",
                "response (len=2): 0A0B",
                "SCT (len=2): 0102");
    }

    @Test
    void theOtherMessagesAreDecoded() throws Exception {
        assertShows(handshake(Samples.message(5)), "EndOfEarlyData, Length=0");
        assertShows(
                handshake(Samples.all().get(8)),
                "request_context (len=2): 0102",
                "certificate_extension_oid (len=3): 551D25");
        assertShows(
                handshake(Samples.all().get(9)),
                "Signature Algorithm: ecdsa_secp256r1_sha256 (0x0403)",
                "Signature (len=8): 3006020101020101");
        assertShows(handshake(Samples.message(20, "0a")), "verify_data (len=1): 0A");
        assertShows(handshake(Samples.message(24, "01")), "update_requested (1)");
        assertShows(handshake(Samples.all().get(12)), "Compression type=brotli (2)", "Uncompressed length=256");
        assertShows(handshake(Samples.message(99, "04")), "UNKNOWN, Length=1", "type 99, not decoded:");
    }

    @Test
    void aCertificateIsShownInWordsAndInPem() throws Exception {
        String text = handshake(Samples.certificate(Samples.realCertificate()));
        assertShows(
                text,
                "Subject: CN=localhost",
                "Issuer: CN=localhost",
                "Validity: 2030-01-02T03:04:05Z to 2030-01-02T03:05:05Z",
                "Public Key: EC",
                "Signature Algorithm: SHA256withECDSA",
                "-----BEGIN CERTIFICATE-----",
                "-----END CERTIFICATE-----",
                "extension_type=status_request(5), length=6");
        String pem = text.substring(text.indexOf("-----BEGIN"), text.indexOf("------------------\n"));
        X509Certificate again = Certificates.readX509(pem.getBytes()).iterator().next();
        assertEquals("CN=localhost", again.getSubjectX500Principal().getName());
    }

    @Test
    void aFieldThatDoesNotFitIsSaidAndAllBytesAreShown() {
        assertShows(
                handshake(Samples.clientHello(Samples.extension(28, "400100"), Samples.extension(49))),
                "record_size_limit=16385",
                "malformed: structure: 1 bytes follow the last field; none allowed",
                "0000 - 40 01 00                                          @..",
                "extension_type=post_handshake_auth(49), length=0");
    }

    @Test
    void messagesOfEarlierVersionsAreNotTakenForThoseOfTls13() {
        byte[] old = Samples.message(11, Samples.vector(3, Samples.vector(3, "00")));
        String text = MessageTrace.of(new ProtocolMessage(false, 22, "INITIAL", old));
        assertShows(text, "Certificate, Length=7", "type 11, not decoded:");
    }

    @Test
    void noPrefixAndNoChangedByteMakesItFailOrTalkWithoutEnd() throws Exception {
        Random random = new Random(20_26);
        for (byte[] m : Samples.all()) {
            for (int to = 0; to <= m.length; to++) {
                assertBounded(22, Arrays.copyOf(m, to));
            }
            for (int i = 0; i < m.length; i++) {
                for (int value : new int[] {0, 0xff, random.nextInt(256)}) {
                    byte[] changed = m.clone();
                    changed[i] = (byte) value;
                    assertBounded(22, changed);
                }
            }
        }
    }

    @Test
    void noiseOfAnyContentTypeMakesItNeitherFailNorTalkWithoutEnd() {
        Random random = new Random(20_27);
        for (int i = 0; i < 6000; i++) {
            byte[] m = new byte[random.nextInt(100)];
            random.nextBytes(m);
            assertBounded(new int[] {20, 21, 22, 24, 256, 257}[i % 6], m);
        }
    }

    private static void assertBounded(int contentType, byte[] m) {
        for (String epoch : new String[] {"INITIAL", "APPLICATION"}) {
            String text = MessageTrace.of(new ProtocolMessage(false, contentType, epoch, m));
            assertTrue(text.length() <= 80 * m.length + 400, () -> text.length() + " for " + m.length + ":\n" + text);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                assertTrue(c == '\n' || c >= ' ' && c < 0x7f, text);
            }
        }
    }
}
