// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.MlDsaPrivateKey;
import org.libssl4j.crypto.MlDsaPublicKey;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/** ML-DSA of the JDK, which has it from 24 on; that one before has none is asserted, too. */
class MlDsaTest {
    private static final byte[] INPUT = {1, 2, 3};

    private final JcaCrypto crypto = JcaCrypto.of(CryptoPolicy.JDK_ONLY, List.of(), List.of());

    private boolean absent(SignatureScheme s) {
        boolean before = Runtime.version().feature() < 24;
        assertEquals(!before, crypto.supports(s));
        assertEquals(!before, crypto.supportsInCertificates(s));
        return before;
    }

    @ParameterizedTest
    @EnumSource(names = {"MLDSA44", "MLDSA65", "MLDSA87"})
    void eachFormOfAPrivateKeySigns(SignatureScheme s) throws Exception {
        if (absent(s)) {
            return;
        }
        KeyPair pair = KeyPairGenerator.getInstance(s.keyType()).generateKeyPair();
        MlDsaPrivateKey expanded = MlDsaPrivateKey.of(pair.getPrivate().getEncoded());
        assertTrue(crypto.verify(pair.getPublic(), s, INPUT, crypto.sign(pair.getPrivate(), s, INPUT)));
        assertTrue(crypto.verify(pair.getPublic(), s, INPUT, crypto.sign(expanded, s, INPUT)));
        PublicKey own = MlDsaPublicKey.of(pair.getPublic().getEncoded());
        assertTrue(crypto.verify(own, s, INPUT, crypto.sign(expanded, s, INPUT)));
        assertFalse(crypto.verify(own, s, new byte[1], crypto.sign(expanded, s, INPUT)));
    }

    /** What another library made of the same seed and signed with it. */
    @Test
    void theSeedGivesTheKeyThatOthersMakeOfIt() throws Exception {
        if (absent(SignatureScheme.MLDSA44)) {
            return;
        }
        PublicKey known = MlDsaPublicKey.of(MlDsaKnownAnswer.KEY);
        assertTrue(crypto.verify(known, SignatureScheme.MLDSA44, KnownAnswers.MESSAGE, MlDsaKnownAnswer.SIGNATURE));
        MlDsaPrivateKey seed = MlDsaPrivateKey.ofSeed(MlDsa.ML_DSA_44, new byte[32]);
        for (int i = 0; i < 2; i++) { // the second time by memory
            byte[] signature = crypto.sign(seed, SignatureScheme.MLDSA44, INPUT);
            assertTrue(crypto.verify(known, SignatureScheme.MLDSA44, INPUT, signature));
        }
    }

    /** RFC 9881 §8.2. */
    @Test
    void aSeedBesideAnotherKeysExpandedFormDoesNotSign() throws Exception {
        if (absent(SignatureScheme.MLDSA65)) {
            return;
        }
        KeyPair pair = KeyPairGenerator.getInstance("ML-DSA-65").generateKeyPair();
        byte[] expanded = MlDsaPrivateKey.of(pair.getPrivate().getEncoded()).expanded();
        MlDsaPrivateKey two = MlDsaPrivateKey.of(new DerWriter()
                .integer(0)
                .raw(new DerWriter()
                        .oid("2.16.840.1.101.3.4.3.18")
                        .wrap(DerReader.SEQUENCE)
                        .toByteArray())
                .octets(new DerWriter()
                        .octets(new byte[32])
                        .octets(expanded)
                        .wrap(DerReader.SEQUENCE)
                        .toByteArray())
                .wrap(DerReader.SEQUENCE)
                .toByteArray());
        TlsException e = assertThrows(TlsException.class, () -> crypto.sign(two, SignatureScheme.MLDSA65, INPUT));
        assertEquals(AlertDescription.INTERNAL_ERROR, e.alert());
        assertEquals(Reason.INTERNAL_ERROR, e.reason());
    }

    @Test
    void keysOfAnotherSetOfParametersDoNotFit() throws Exception {
        if (absent(SignatureScheme.MLDSA87)) {
            return;
        }
        MlDsaPrivateKey key = MlDsaPrivateKey.ofSeed(MlDsa.ML_DSA_44, new byte[32]);
        assertThrows(TlsException.class, () -> crypto.sign(key, SignatureScheme.MLDSA65, INPUT));
        assertFalse(crypto.verify(
                MlDsaPublicKey.of(MlDsaKnownAnswer.KEY), SignatureScheme.MLDSA87, INPUT, new byte[4_627]));
    }
}
