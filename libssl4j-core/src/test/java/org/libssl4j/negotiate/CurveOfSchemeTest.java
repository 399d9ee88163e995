// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.config.SignatureList;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/** RFC 9846 §4.3.3 [8446 4.2.3]: in TLS 1.3 an ECDSA scheme names its curve. Crypto does not see to that: TLS 1.2 has no such rule. */
class CurveOfSchemeTest {
    @ParameterizedTest
    @CsvSource({
        "secp256r1, ECDSA_SECP256R1_SHA256",
        "secp384r1, ECDSA_SECP384R1_SHA384",
        "secp521r1, ECDSA_SECP521R1_SHA512"
    })
    void aSchemeOfAnotherCurveIsIllegal(String curve, SignatureScheme own) throws Exception {
        List<SignatureScheme> schemes = List.of(
                SignatureScheme.ECDSA_SECP256R1_SHA256,
                SignatureScheme.ECDSA_SECP384R1_SHA384,
                SignatureScheme.ECDSA_SECP521R1_SHA512);
        EncodedCertificate c = certificate(curve);
        for (SignatureScheme s : schemes) {
            assertEquals(s == own, SignatureChoice.canSign(c, s), s.ianaName());
            if (s == own) {
                assertEquals(s, SignatureChoice.ofPeer(s.code(), new SignatureList(schemes), c, false));
                continue;
            }
            TlsException e = assertThrows(
                    TlsException.class, () -> SignatureChoice.ofPeer(s.code(), new SignatureList(schemes), c, false));
            assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
            assertEquals(Reason.WRONG_SIGNATURE_TYPE, e.reason());
        }
    }

    /** The frame of a certificate around a key on this curve. */
    private static EncodedCertificate certificate(String curve) throws GeneralSecurityException {
        KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
        g.initialize(new ECGenParameterSpec(curve));
        byte[] algorithm = sequence(new DerWriter().oid("1.2.840.10045.4.3.2"));
        byte[] empty = sequence(new DerWriter());
        byte[] tbs = sequence(new DerWriter()
                .integer(1)
                .raw(algorithm)
                .raw(empty)
                .raw(empty)
                .raw(empty)
                .raw(g.generateKeyPair().getPublic().getEncoded()));
        return JcaCrypto.of(CryptoPolicy.JDK_ONLY)
                .certificate(sequence(new DerWriter().raw(tbs).raw(algorithm).bits(new byte[1])));
    }

    private static byte[] sequence(DerWriter content) {
        return content.wrap(DerReader.SEQUENCE).toByteArray();
    }
}
