// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.SignatureScheme;

class CertificateTest {
    /** P-256, self-signed, CN=example.test. */
    private static final byte[] PLAIN = base64("""
            MIIBnzCCAUSgAwIBAgIUccsv/2lztXp7AZWye/Ytd8RMJAgwCgYIKoZIzj0EAwIwFzEVMBMGA1UE
            AwwMZXhhbXBsZS50ZXN0MCAXDTI2MTEyMTEzMjAzM1oYDzIxMjYxMDI4MTMyMDMzWjAXMRUwEwYD
            VQQDDAxleGFtcGxlLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS2UD8EOq/4WPAEXHfu
            l5+U0YQnl2DinjElUWEeGgFgJiBqSkjHkKX78jpNxaNv2DwVm6Aj0vNoAUZvMpR5SRAXo2wwajAd
            BgNVHQ4EFgQUcvgNaRRfEeVoVB7M2YZoPu9NF10wHwYDVR0jBBgwFoAUcvgNaRRfEeVoVB7M2YZo
            Pu9NF10wDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxleGFtcGxlLnRlc3QwCgYIKoZIzj0E
            AwIDSQAwRgIhAO7oO7Zs15uoRQDvkxrrl1TMFeOz7Fr6LwfKmpSPUxI5AiEA9RjpcTQweGl/aGj4
            lzRsdQDwfAejWEzDVnf3kzMUxLA=
            """);
    /** The same key; no subject, and a SubjectAltName that is not critical, which RFC 5280 §4.2.1.6 forbids and the JDK refuses. */
    private static final byte[] NO_SUBJECT = base64("""
            MIIBcTCCARagAwIBAgIUMJIcaWAE2pVBruf2pHU3YOYIiHEwCgYIKoZIzj0EAwIwADAgFw0yNjEx
            MjExMzIwMzNaGA8yMTI2MTAyODEzMjAzM1owADBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABLZQ
            PwQ6r/hY8ARcd+6Xn5TRhCeXYOKeMSVRYR4aAWAmIGpKSMeQpfvyOk3Fo2/YPBWboCPS82gBRm8y
            lHlJEBejbDBqMB0GA1UdDgQWBBRy+A1pFF8R5WhUHszZhmg+700XXTAfBgNVHSMEGDAWgBRy+A1p
            FF8R5WhUHszZhmg+700XXTAPBgNVHRMBAf8EBTADAQH/MBcGA1UdEQQQMA6CDGV4YW1wbGUudGVz
            dDAKBggqhkjOPQQDAgNJADBGAiEA0YLNjNbWAl0A3UhzAAtTEOPJuohwPsWgWMRRMyp5flsCIQDi
            QBXW7IaS4WNp+6UXpicrHlGRUpuwRG5C8XQ8d/T42w==
            """);

    private static final byte[] ED25519 = base64("""
            MIIBMDCB46ADAgECAhRWNkWeKfNlsD4qwrp+/Y5BJVXA/DAFBgMrZXAwDTELMAkGA1UEAwwCZWQw
            IBcNMjYxMTIxMTMyMDM0WhgPMjEyNjEwMjgxMzIwMzRaMA0xCzAJBgNVBAMMAmVkMCowBQYDK2Vw
            AyEArI5isdFbB9lN8e205JTyDTmkBp4zbP/20L1r6ZSoUPGjUzBRMB0GA1UdDgQWBBTzBE9EQdt8
            6bCDDwMqSxI4IzK0fjAfBgNVHSMEGDAWgBTzBE9EQdt86bCDDwMqSxI4IzK0fjAPBgNVHRMBAf8E
            BTADAQH/MAUGAytlcANBAMduEAt2o+KEQe0nhQmArd7S61j0RmpW8eSpffp/NhAJAFfxdZtX1zOu
            njTnX9hbzyiL5Y5aLRwp3mBhYvIJpgc=
            """);
    /** A key with the OID of RSASSA-PSS. */
    private static final byte[] RSASSA_PSS = base64("""
            MIICYDCCAZWgAwIBAgIUbBevtMOIcxSesXyybUO7GSjVBzkwQQYJKoZIhvcNAQEKMDSgDzANBglg
            hkgBZQMEAgEFAKEcMBoGCSqGSIb3DQEBCDANBglghkgBZQMEAgEFAKIDAgFeMA4xDDAKBgNVBAMM
            A3BzczAgFw0yNjExMjExMzIwMzRaGA8yMTI2MTAyODEzMjAzNFowDjEMMAoGA1UEAwwDcHNzMIGd
            MAsGCSqGSIb3DQEBCgOBjQAwgYkCgYEA0wSA6NEtquGvWGHdZFbVXgUvOKEluyvXbCaYAxTM+pdR
            OHJvHznZUSCCkna9pYBT25zeAvujeRLb5zvPdV3S6K+J9Z6fFyS66LYkukO+m30FlKY1ae87mWT7
            9Gf1sy9iOhtmnW08eLPPdAF/2l77buVVBE0TujDJUUcaR76XNMMCAwEAAaNTMFEwHQYDVR0OBBYE
            FCNG2IIPSgSKnroenEQ3YZbrkpdHMB8GA1UdIwQYMBaAFCNG2IIPSgSKnroenEQ3YZbrkpdHMA8G
            A1UdEwEB/wQFMAMBAf8wQQYJKoZIhvcNAQEKMDSgDzANBglghkgBZQMEAgEFAKEcMBoGCSqGSIb3
            DQEBCDANBglghkgBZQMEAgEFAKIDAgFeA4GBAK11ugkpNti40c1uHCF+ZECN+xIA/26jFvS9kShe
            b9Ts9KVUdRAUVsEphh7TGqfpfnEDLkAe9oLy7SWM3V7urZtHywXl7Vb2uAreQKZH1RpI8N4TSvdE
            dxXzYwne/XAIsnzkxyfEQTVlYvuGFcTmJSkNM9BFGci9KRK9+EOZp3UW
            """);

    private final Crypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY);

    @Test
    void theKeyIsThatOfTheJdksView() throws Exception {
        EncodedCertificate c = crypto.certificate(PLAIN);
        assertEquals(c.x509().getPublicKey(), c.publicKey());
        assertSame(c.publicKey(), c.publicKey());
        assertSame(c.x509(), c.x509());
    }

    @Test
    void aCertificateThatTheJdkRefusesStillGivesItsKey() throws Exception {
        EncodedCertificate c = crypto.certificate(NO_SUBJECT);
        assertNull(c.x509());
        assertEquals(crypto.certificate(PLAIN).publicKey(), c.publicKey());
    }

    @Test
    void theKindOfKeyIsReadFromItsOid() throws Exception {
        assertEquals("EC", crypto.certificate(PLAIN).keyType());
        assertEquals("Ed25519", crypto.certificate(ED25519).keyType());
        assertEquals("RSASSA-PSS", crypto.certificate(RSASSA_PSS).keyType());
        assertEquals("RSASSA-PSS", crypto.certificate(RSASSA_PSS).publicKey().getAlgorithm());
    }

    @Test
    void aKeyThatNobodyReadsIsUnsupported() throws Exception {
        byte[] der = PLAIN.clone();
        byte[] curve = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
        der[indexOf(der, curve) + 7] = 0x55;
        EncodedCertificate c = crypto.certificate(der);
        assertEquals("EC", c.keyType());
        TlsException e = assertThrows(TlsException.class, c::publicKey);
        assertEquals(AlertDescription.UNSUPPORTED_CERTIFICATE, e.alert());
    }

    @Test
    void aKindOfKeyThatNobodyKnowsIsUnsupported() throws Exception {
        byte[] der = PLAIN.clone();
        byte[] oid = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};
        der[indexOf(der, oid) + 6] = 9;
        EncodedCertificate c = crypto.certificate(der);
        assertEquals("unknown", c.keyType());
        assertEquals(
                AlertDescription.UNSUPPORTED_CERTIFICATE,
                assertThrows(TlsException.class, c::publicKey).alert());
    }

    @Test
    void theKindOfAnEcKeyHasItsCurve() throws Exception {
        assertEquals("EC:secp256r1", crypto.certificate(PLAIN).keyKind());
        assertEquals("Ed25519", crypto.certificate(ED25519).keyKind());
        byte[] der = PLAIN.clone();
        byte[] curve = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
        der[indexOf(der, curve) + 7] = 0x55;
        assertEquals("EC:unknown", crypto.certificate(der).keyKind());
    }

    @Test
    void theSignatureIsToldByItsAlgorithm() throws Exception {
        assertEquals(
                SignatureScheme.ECDSA_SECP256R1_SHA256,
                crypto.certificate(PLAIN).signedBy());
        assertEquals(SignatureScheme.ED25519, crypto.certificate(ED25519).signedBy());
        assertEquals(
                SignatureScheme.RSA_PSS_RSAE_SHA256,
                crypto.certificate(RSASSA_PSS).signedBy());
    }

    @Test
    void subjectAndIssuerAreCompared() throws Exception {
        assertTrue(crypto.certificate(PLAIN).selfIssued());
        byte[] der = PLAIN.clone();
        der[indexOf(der, "example.test".getBytes(StandardCharsets.US_ASCII))] = 'E'; // of the issuer
        assertFalse(crypto.certificate(der).selfIssued());
    }

    @Test
    void withoutAKeyUsageAKeyMaySign() throws Exception {
        assertTrue(crypto.certificate(PLAIN).maySign());
    }

    @Test
    void aKeyUsageHasToHaveDigitalSignature() throws Exception {
        byte[] keyUsage = {3, 0x55, 0x1d, 0x0f, 4, 4, 3, 2, 7, (byte) 0x80};
        byte[] der = PLAIN.clone();
        // In place of the beginning of the subjectKeyIdentifier, padded by an OCTET STRING behind it that nobody reads.
        byte[] id = {0x30, 0x1d, 6, 3, 0x55, 0x1d, 0x0e};
        int at = indexOf(der, id) + 3;
        System.arraycopy(keyUsage, 0, der, at, keyUsage.length);
        der[at + keyUsage.length] = 4;
        der[at + keyUsage.length + 1] = (byte) (0x1d - 1 - keyUsage.length - 2);
        assertTrue(crypto.certificate(der).maySign());
        der[at + keyUsage.length - 1] = 0x20; // keyEncipherment
        assertFalse(crypto.certificate(der).maySign());
    }

    @Test
    void nothingIsThrownBeforeSomethingIsAskedFor() {
        assertNotNull(crypto.certificate(new byte[0]).der());
    }

    @Test
    void everyPrefixIsADecodeError() {
        for (int length = 0; length < PLAIN.length; length++) {
            refused(Arrays.copyOf(PLAIN, length));
        }
    }

    @Test
    void bytesBehindTheCertificateAreADecodeError() {
        refused(Arrays.copyOf(PLAIN, PLAIN.length + 1));
    }

    /** The JDK's parser alone would take it. */
    @Test
    void aTextIsADecodeError() {
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(PLAIN)
                + "\n-----END CERTIFICATE-----\n";
        refused(pem.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void noDamageThrowsAnythingUnchecked(long seed) {
        Random r = new Random(seed);
        for (byte[] good : new byte[][] {PLAIN, RSASSA_PSS, ED25519}) {
            for (int i = 0; i < 1_000; i++) {
                byte[] der = good.clone();
                for (int n = r.nextInt(4); n >= 0; n--) {
                    der[r.nextInt(der.length)] = (byte) r.nextInt();
                }
                EncodedCertificate c = crypto.certificate(der);
                try {
                    c.x509();
                    c.keyType();
                    c.keyKind();
                    c.signedBy();
                    c.maySign();
                    c.publicKey();
                } catch (TlsException e) {
                    assertNotNull(e.alert());
                }
            }
        }
    }

    private void refused(byte[] der) {
        EncodedCertificate c = crypto.certificate(der);
        assertEquals(
                AlertDescription.DECODE_ERROR,
                assertThrows(TlsException.class, c::keyType).alert());
        assertEquals(
                AlertDescription.DECODE_ERROR,
                assertThrows(TlsException.class, c::publicKey).alert());
        assertNull(c.x509());
    }

    private static int indexOf(byte[] where, byte[] what) {
        for (int i = 0; ; i++) {
            if (Arrays.equals(where, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
    }

    private static byte[] base64(String s) {
        return Base64.getMimeDecoder().decode(s);
    }
}
