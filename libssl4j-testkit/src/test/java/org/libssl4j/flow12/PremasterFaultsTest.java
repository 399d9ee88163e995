// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.Reachable;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow13.Rogue;
import org.libssl4j.flow13.RogueCarrier;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.interop.Identity;
import org.libssl4j.message.CertificateVerify;
import org.libssl4j.message.ClientKeyExchange;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.spi.VerifyMode;

/**
 * Whatever is wrong with an encrypted premaster secret, the server goes on, and fails at the Finished as it does for a well-formed one that the client does not know (RFC 5246 §7.4.7.1): a difference would decrypt by and by what others have sent.
 */
class PremasterFaultsTest {
    private static final CipherSuite SUITE = CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256;
    private static final RSAPublicKey KEY =
            (RSAPublicKey) Identity.RSA.certificate().getPublicKey();
    private static final int SIZE = (KEY.getModulus().bitLength() + 7) / 8;
    private static final String WELL_FORMED = "a well-formed one of somebody else's";

    private static byte[] premaster(int length, int major, int minor) {
        byte[] p = new byte[length];
        Arrays.fill(p, (byte) 9);
        if (length > 1) {
            p[0] = (byte) major;
            p[1] = (byte) minor;
        }
        return p;
    }

    private static byte[] padded(byte[] premaster) {
        byte[] b = new byte[SIZE];
        Arrays.fill(b, (byte) 0x5a);
        b[0] = 0;
        b[1] = 2;
        b[SIZE - premaster.length - 1] = 0;
        System.arraycopy(premaster, 0, b, SIZE - premaster.length, premaster.length);
        return b;
    }

    private static byte[] encrypted(byte[] padded) {
        try {
            Cipher c = Cipher.getInstance("RSA/ECB/NoPadding");
            c.init(Cipher.ENCRYPT_MODE, KEY);
            return c.doFinal(padded);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] with(int at, int value) {
        byte[] b = padded(premaster(48, 3, 3));
        b[at] = (byte) value;
        return encrypted(b);
    }

    private static Map<String, byte[]> faults() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        byte[] right = encrypted(padded(premaster(48, 3, 3)));
        all.put(WELL_FORMED, right);
        all.put("the version that was chosen less one", encrypted(padded(premaster(48, 3, 2))));
        all.put("version 0", encrypted(padded(premaster(48, 0, 0))));
        all.put("TLS 1.3's version", encrypted(padded(premaster(48, 3, 4))));
        all.put("47 bytes", encrypted(padded(premaster(47, 3, 3))));
        all.put("49 bytes", encrypted(padded(premaster(49, 3, 3))));
        all.put("no bytes", encrypted(padded(new byte[0])));
        all.put("as much as fits", encrypted(padded(premaster(SIZE - 11, 3, 3))));
        all.put("first byte 1", with(0, 1));
        all.put("block type 1", with(1, 1));
        all.put("block type 0", with(1, 0));
        all.put("a zero in the first eight bytes of padding", with(5, 0));
        all.put("a zero within the padding", with(SIZE / 2, 0));
        all.put("a zero right before the end of the padding", with(SIZE - 50, 0));
        all.put("no zero at the end of the padding", with(SIZE - 49, 1));
        all.put("zero", new byte[SIZE]);
        byte[] one = new byte[SIZE];
        one[SIZE - 1] = 1;
        all.put("one", one);
        all.put("the modulus less one", unsigned(KEY.getModulus().subtract(BigInteger.ONE)));
        all.put("the modulus", unsigned(KEY.getModulus()));
        byte[] most = new byte[SIZE];
        Arrays.fill(most, (byte) 0xff);
        all.put("more than the modulus", most);
        all.put("nothing", new byte[0]);
        all.put("one byte", new byte[1]);
        all.put("a byte short", Arrays.copyOf(right, SIZE - 1));
        all.put("a byte long", Arrays.copyOf(right, SIZE + 1));
        all.put("4,000 bytes", new byte[4_000]);
        return all;
    }

    private static byte[] unsigned(BigInteger n) {
        byte[] b = n.toByteArray();
        return Arrays.copyOfRange(b, b.length - SIZE, b.length);
    }

    private static Rogue rogue(boolean showing) {
        HandshakeConfig client = Configs12.client(SUITE);
        HandshakeConfig server = Configs12.server(SUITE);
        return showing
                ? new Rogue(
                        Role.SERVER,
                        client.with(Configs12.credentials()),
                        server.with(server.verification().with(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT)))
                : new Rogue(Role.SERVER, client, server);
    }

    /** One whose ClientKeyExchange has this; its CertificateVerify, if it has one, is over the messages as they were sent. */
    private static Rogue rogue(boolean showing, byte[] encrypted) {
        Rogue r = rogue(showing);
        return r.watches((kind, m) -> {
            switch (kind) {
                case "client_key_exchange" -> r.carrier.message(message(encrypted));
                case "certificate_verify" -> r.carrier.message(verify(r.carrier.messages()));
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    private static HandshakeMessage message(byte[] encrypted) {
        return new ClientKeyExchange(KeyExchangeAlgorithm.RSA, null, encrypted).toMessage();
    }

    private static HandshakeMessage verify(byte[] messages) {
        try {
            SignatureScheme scheme = SignatureScheme.ECDSA_SECP256R1_SHA256;
            byte[] signature = Configs12.CRYPTO.sign(Identity.ECDSA.key(), scheme, messages);
            return new CertificateVerify(scheme.code(), signature).toMessage();
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
    }

    /** All that a client can see or a log can tell. */
    private static String outcome(boolean showing, byte[] encrypted) {
        Rogue r = rogue(showing, encrypted).run();
        assertNotNull(r.failure, "the Finished was taken");
        assertEquals(0, Reachable.openSecrets(r.victim).size(), "secrets are wiped");
        TlsException e = r.failure;
        return e.alert() + " " + e.reason() + " " + e.getMessage() + " " + e.getCause() + "; heard " + r.heard
                + "; sent records " + r.lastRecords + "; in " + r.victim.stateName();
    }

    @TestFactory
    Stream<DynamicTest> allEndAlike() {
        Map<String, byte[]> faults = faults();
        String expected = outcome(false, faults.get(WELL_FORMED));
        return Stream.of(false, true)
                .flatMap(showing -> faults.entrySet().stream()
                        .map(f -> DynamicTest.dynamicTest(f.getKey() + (showing ? ", and a certificate" : ""), () -> {
                            assertEquals(expected, outcome(showing, f.getValue()));
                            assertOnlyTheFinishedShowsIt(showing, f.getValue());
                        })));
    }

    /** Message by message: nothing is said before a record under the new keys is there, which cannot be opened. */
    private static void assertOnlyTheFinishedShowsIt(boolean showing, byte[] encrypted) {
        Rogue r = rogue(showing);
        r.watches((kind, m) -> {
                    switch (kind) {
                        case "client_key_exchange" -> {
                            r.carrier.message(message(encrypted));
                            if (showing) {
                                r.carrier.message(verify(r.carrier.messages()));
                            }
                        }
                        case "certificate_verify", "change_cipher_spec", "finished" -> {}
                        default -> {
                            return false;
                        }
                    }
                    return true;
                })
                .run();
        assertNull(r.failure, () -> "at the ClientKeyExchange: " + r.failure);
        r.carrier.plain(RogueCarrier.CHANGE_CIPHER_SPEC, new byte[] {1});
        r.run();
        assertNull(r.failure, () -> "at the change_cipher_spec: " + r.failure);
        r.carrier.plain(RogueCarrier.HANDSHAKE, new byte[40]); // no client can know the keys
        r.run();
        assertEquals(
                AlertDescription.BAD_RECORD_MAC + " " + Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                r.failure.alert() + " " + r.failure.reason());
    }

    /** What the faults are measured by: without one they connect. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutAFaultTheyConnect(boolean showing) {
        Rogue r = rogue(showing).run();
        assertNull(r.failure, () -> "" + r.failure);
        r.carrier.record(RogueCarrier.DATA, 1, 2);
        assertEquals(2, r.run().read);
    }
}
