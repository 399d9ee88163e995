// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.iana.SignatureScheme;

class SignatureListTest {
    private static List<SignatureScheme> parse(String list) {
        return SignatureList.parse(list, s -> s != SignatureScheme.ED448).schemes();
    }

    @ParameterizedTest
    @CsvSource({
        "RSA+SHA256, RSA_PKCS1_SHA256",
        "rsa+sha1, RSA_PKCS1_SHA1",
        "RSA-PSS+SHA384, RSA_PSS_RSAE_SHA384",
        "PSS+SHA512, RSA_PSS_RSAE_SHA512",
        "ECDSA+SHA256, ECDSA_SECP256R1_SHA256",
        "ECDSA+SHA1, ECDSA_SHA1",
        "ecdsa+SHA-512, ECDSA_SECP521R1_SHA512",
        "ed25519, ED25519",
        "rsa_pss_pss_sha256, RSA_PSS_PSS_SHA256",
        "ECDSA_SECP384R1_SHA384, ECDSA_SECP384R1_SHA384"
    })
    void aSchemeHasTheNamesThatOpensslGivesIt(String name, SignatureScheme scheme) {
        assertEquals(List.of(scheme), parse(name));
    }

    @Test
    void theOrderIsThatOfTheListAndNoneStandsTwice() {
        assertEquals(
                List.of(
                        SignatureScheme.ECDSA_SECP256R1_SHA256,
                        SignatureScheme.RSA_PSS_RSAE_SHA256,
                        SignatureScheme.ED25519),
                parse("ECDSA+SHA256:RSA-PSS+SHA256:ed25519:ecdsa_secp256r1_sha256"));
    }

    @Test
    void whatIsNotToBeHadIsLeftOutBehindAQuestionMark() {
        assertEquals(List.of(SignatureScheme.ED25519), parse("?mldsa_of_the_future:?ed448:?DSA+SHA256:ed25519"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "ed25519:",
                "ed25519::RSA+SHA256",
                "nothing",
                "RSA",
                "RSA+",
                "+SHA256",
                "RSA+MD4",
                "DSA+SHA256",
                "ed448",
                "?ed448",
                "ed25519+SHA256",
                "ECDSA+SHA256+SHA384",
                "?"
            })
    void whatIsNotKnownOrEmptyIsRefused(String list) {
        assertThrows(IllegalArgumentException.class, () -> parse(list));
    }

    @Test
    void aListOfAbsurdLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> parse("ed25519:".repeat(1000) + "ed25519"));
    }

    /** How RSA signs before TLS 1.2 is no scheme that a list could have. */
    @Test
    void aSchemeWithoutANumberIsNotKnown() {
        for (String name : new String[] {"rsa_pkcs1_md5_sha1", "RSA+MD5_SHA1"}) {
            String message = assertThrows(IllegalArgumentException.class, () -> SignatureList.parse(name, s -> true))
                    .getMessage();
            assertEquals("signature scheme \"" + name + "\" is not known", message);
        }
        assertNull(SignatureScheme.of(SignatureScheme.RSA_PKCS1_MD5_SHA1.code()));
        assertFalse(SignatureScheme.RSA_PKCS1_MD5_SHA1.signsHandshake13(true));
    }
}
