// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.handshake.Transcript;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.message.Certificate13;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.HandshakeMessage;

/** The trace of RFC 8448 §3, a simple handshake with one round trip: every secret, key and Finished of it. */
class Rfc8448Test {
    private static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    private static final byte[] CLIENT_HELLO =
            hex("010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7000006130113031302010000"
                    + "910000000b0009000006736572766572ff01000100000a00140012001d001700180019010001010102010301040023000000"
                    + "3300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c002b0003020304000d"
                    + "0020001e040305030603020308040805080604010501060102010402050206020202002d00020101001c00024001");
    private static final byte[] SERVER_HELLO =
            hex("020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e2692800130100002e00330024001d"
                    + "0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304");
    private static final byte[] ENCRYPTED_EXTENSIONS =
            hex("080000240022000a00140012001d00170018001901000101010201030104001c0002400100000000");
    private static final byte[] CERTIFICATE =
            hex("0b0001b9000001b50001b0308201ac30820115a003020102020102300d06092a864886f70d01010b0500300e310c300a0603"
                    + "5504031303727361301e170d3136303733303031323335395a170d3236303733303031323335395a300e310c300a06035504"
                    + "03130372736130819f300d06092a864886f70d010101050003818d0030818902818100b4bb498f8279303d980836399b36c6"
                    + "988c0c68de55e1bdb826d3901a2461eafd2de49a91d015abbc9a95137ace6c1af19eaa6af98c7ced43120998e187a80ee0cc"
                    + "b0524b1b018c3e0b63264d449a6d38e22a5fda430846748030530ef0461c8ca9d9efbfae8ea6d1d03e2bd193eff0ab9a8002"
                    + "c47428a6d35a8d88d79f7f1e3f0203010001a31a301830090603551d1304023000300b0603551d0f0404030205a0300d0609"
                    + "2a864886f70d01010b05000381810085aad2a0e5b9276b908c65f73a7267170618a54c5f8a7b337d2df7a594365417f2eae8"
                    + "f8a58c8f8172f9319cf36b7fd6c55b80f21a03015156726096fd335e5e67f2dbf102702e608ccae6bec1fc63a42a99be5c3e"
                    + "b7107c3c54e9b9eb2bd5203b1c3b84e0a8b2f759409ba3eac9d91d402dcc0cc8f8961229ac9187b42b4de10000");
    private static final byte[] CERTIFICATE_VERIFY =
            hex("0f000084080400805a747c5d88fa9bd2e55ab085a61015b7211f824cd484145ab3ff52f1fda8477b0b7abc90db78e2d33a5c"
                    + "141a078653fa6bef780c5ea248eeaaa785c4f394cab6d30bbe8d4859ee511f602957b15411ac027671459e46445c9ea58c18"
                    + "1e818e95b8c3fb0bf3278409d3be152a3da5043e063dda65cdf5aea20d53dfacd42f74f3");
    private static final byte[] SERVER_FINISHED =
            hex("140000209b9b141d906337fbd2cbdce71df4deda4ab42c309572cb7fffee5454b78f0718");
    private static final byte[] CLIENT_FINISHED =
            hex("14000020a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61");

    private final Transcript transcript = new Transcript(CRYPTO);
    private HandshakeKeys keys;

    @BeforeEach
    void agree() {
        add(CLIENT_HELLO);
        transcript.choose(HashAlgorithm.SHA256);
        add(SERVER_HELLO);
        Secret shared = secret("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d");
        keys = new EarlyKeys(CRYPTO, HashAlgorithm.SHA256).handshake(shared, transcript.hash());
        assertThrows(IllegalStateException.class, shared::getEncoded, "the shared secret is wiped once it is used");
    }

    @Test
    void theHandshakeTrafficSecretsAreTheTraces() {
        assertEquals(
                secret("b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21"),
                keys.client().secret());
        assertEquals(
                secret("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38"),
                keys.server().secret());
    }

    @Test
    void theHandshakeKeysAndIvsAreTheTraces() {
        assertKeys(keys.server(), "3fce516009c21727d0f2e4e86ee403bc", "5d313eb2671276ee13000b30");
        assertKeys(keys.client(), "dbfaa693d1762c5b666af5d950258d01", "5bd3c71b836e0b76bb73265f");
    }

    @Test
    void theCertificateVerifyOfTheTraceIsConfirmedByItsCertificate() throws Exception {
        add(ENCRYPTED_EXTENSIONS);
        add(CERTIFICATE);
        Certificate13 c = HandshakeMessage.received(CERTIFICATE.clone()).parse(Certificate13::read);
        EncodedCertificate leaf = CRYPTO.certificate(c.entries().get(0).data());
        CertificateVerify v =
                HandshakeMessage.received(CERTIFICATE_VERIFY.clone()).parse(CertificateVerify::read);
        byte[] input = new byte[64 + 34 + 32];
        java.util.Arrays.fill(input, 0, 64, (byte) ' ');
        System.arraycopy(
                "TLS 1.3, server CertificateVerify\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                0,
                input,
                64,
                34);
        System.arraycopy(transcript.hash(), 0, input, 98, 32);
        assertEquals(SignatureScheme.RSA_PSS_RSAE_SHA256.code(), v.scheme());
        assertEquals("RSA", leaf.keyType());
        assertTrue(CRYPTO.verify(leaf.publicKey(), SignatureScheme.RSA_PSS_RSAE_SHA256, input, v.signature()));
        input[129] ^= 1;
        assertFalse(CRYPTO.verify(leaf.publicKey(), SignatureScheme.RSA_PSS_RSAE_SHA256, input, v.signature()));
    }

    @Test
    void bothFinishedAreTheTraces() {
        addServerFlight();
        byte[] server = new byte[32];
        System.arraycopy(SERVER_FINISHED, 4, server, 0, 32);
        assertArrayEquals(server, keys.finished(keys.server()).over(transcript.hash()));
        add(SERVER_FINISHED);
        byte[] client = new byte[32];
        System.arraycopy(CLIENT_FINISHED, 4, client, 0, 32);
        FinishedMac mac = keys.finished(keys.client());
        assertTrue(mac.matches(transcript.hash(), client));
        client[31] ^= 1;
        assertFalse(mac.matches(transcript.hash(), client));
    }

    @Test
    void theApplicationSecretsAndKeysAreTheTraces() {
        addServerFlight();
        add(SERVER_FINISHED);
        ApplicationKeys app = keys.application(transcript.hash());
        assertEquals(
                secret("9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5"),
                app.client().secret());
        assertEquals(
                secret("a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643"),
                app.server().secret());
        assertEquals(secret("fe22f881176eda18eb8f44529e6792c50c9a3f89452f68d8ae311b4309d3cf50"), app.exporter());
        assertKeys(app.server(), "9f02283b6c9c07efc26bb9f2ac92e356", "cf782b88dd83549aadf1e984");
        assertKeys(app.client(), "17422dda596ed5d9acd890e3c63f5051", "5b78923dee08579033e523d9");
        add(CLIENT_FINISHED);
        app.resumption(transcript.hash());
        assertEquals(
                secret("4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3"), app.ticketPsk(new byte[2]));
    }

    @Test
    void theEarlyExporterSecretIsTheTraces() {
        // RFC 8448 §4, the resumed handshake: the ticket's secret of the first one is its pre-shared key.
        Secret psk = secret("4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3");
        try (EarlyKeys early = new EarlyKeys(CRYPTO, HashAlgorithm.SHA256, psk);
                Secret exporter =
                        early.exporter(hex("08ad0fa05d7c7233b1775ba2ff9f4c5b8b59276b7f227f13a976245f5d960913"))) {
            assertEquals(secret("b2026866610937d7423e5be90862ccf24c0e6091186d34f812089ff5be2ef7df"), exporter);
        }
    }

    private void addServerFlight() {
        add(ENCRYPTED_EXTENSIONS);
        add(CERTIFICATE);
        add(CERTIFICATE_VERIFY);
    }

    private static void assertKeys(TrafficSecret t, String key, String iv) {
        assertEquals(secret(key), t.key(AeadAlgorithm.AES_128_GCM));
        assertEquals(secret(iv), t.iv(AeadAlgorithm.AES_128_GCM));
    }

    private void add(byte[] message) {
        transcript.add(HandshakeMessage.received(message));
    }

    private static Secret secret(String hex) {
        return Secret.of(hex(hex));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
