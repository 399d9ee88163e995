// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.testkit.peer.PeerProgram;

@Timeout(120)
class CiphersTest {
    private static String ciphers(String... options) throws Exception {
        String[] all = new String[options.length + 1];
        all[0] = "ciphers";
        System.arraycopy(options, 0, all, 1, options.length);
        return Command.start(all).succeeded().out();
    }

    @Test
    void theSuitesStandInTheOrderOfPreference() throws Exception {
        String suites = ciphers("-s", "-tls1_3");
        assertTrue(
                suites.startsWith("TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"),
                suites);
    }

    @Test
    void aListIsListedAsItIsGiven() throws Exception {
        String list = "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";
        assertEquals(list + "\n", ciphers("-s", "-tls1_3", "-ciphersuites", list));
        assertEquals(list + ":AES128-SHA\n", ciphers("-ciphersuites", list, "AES128-SHA"));
        assertEquals("""
                TLS_CHACHA20_POLY1305_SHA256   TLSv1.3 Kx=any      Au=any   Enc=CHACHA20/POLY1305(256) Mac=AEAD
                TLS_AES_128_GCM_SHA256         TLSv1.3 Kx=any      Au=any   Enc=AESGCM(128)            Mac=AEAD
                """, ciphers("-v", "-s", "-tls1_3", "-ciphersuites", list));
        assertEquals(
                "          0x13,0x01 - TLS_AES_128_GCM_SHA256         TLSv1.3 Kx=any      Au=any   "
                        + "Enc=AESGCM(128)            Mac=AEAD\n",
                ciphers("-V", "-s", "-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256"));
    }

    @Test
    void aStandardNameIsOpensslsName() throws Exception {
        assertEquals("OpenSSL cipher name: TLS_AES_128_GCM_SHA256\n", ciphers("-convert", "TLS_AES_128_GCM_SHA256"));
        assertEquals("OpenSSL cipher name: AES128-SHA\n", ciphers("-convert", "TLS_RSA_WITH_AES_128_CBC_SHA"));
    }

    @Test
    void aStringIsExplained() throws Exception {
        assertEquals(
                """
                ECDHE-RSA-AES128-GCM-SHA256    TLSv1.2 Kx=ECDH     Au=RSA   Enc=AESGCM(128)            Mac=AEAD
                DHE-PSK-CHACHA20-POLY1305      TLSv1.2 Kx=DHEPSK   Au=PSK   Enc=CHACHA20/POLY1305(256) Mac=AEAD
                """, ciphers("-v", "-s", "-psk", "-tls1_2", "ECDHE-RSA-AES128-GCM-SHA256:DHE-PSK-CHACHA20-POLY1305"));
        assertEquals(
                "ECDHE-RSA-AES128-GCM-SHA256\n",
                ciphers("-s", "-tls1_2", "ECDHE-RSA-AES128-GCM-SHA256:DHE-PSK-CHACHA20-POLY1305"));
        String strong = ciphers("-s", "-tls1_2", "ALL:@SECLEVEL=4");
        assertTrue(strong.startsWith("ECDHE-ECDSA-AES256-GCM-SHA384:"), strong);
        assertTrue(!strong.contains("AES128"), strong);
        assertEquals("\n", ciphers("-s", "-tls1_1", "AES128-SHA"));
        assertEquals("AES128-SHA\n", ciphers("-s", "-tls1_1", "AES128-SHA:@SECLEVEL=0"));
    }

    @Test
    void anUnknownNameIsSaid() throws Exception {
        String why = Command.start("ciphers", "-ciphersuites", "TLS_ROT13").complaint();
        assertTrue(why.startsWith("ciphers: -ciphersuites TLS_ROT13: cipher suite TLS_ROT13 is not known"), why);
        why = Command.start("ciphers", "ECDHE+AESGMC").complaint();
        assertTrue(why.contains("at character 7: \"AESGMC\" is no suite and no keyword"), why);
        assertTrue(Command.start("ciphers", "-convert", "x").complaint().contains("'x' is no cipher suite"));
    }

    @Tag("peers")
    @Test
    void eachLineIsOpenssls() throws Exception {
        for (List<String> options : List.of(List.of("-v"), List.of("-V"), List.of("-stdname"))) {
            String[] theirs = {
                "openssl",
                "ciphers",
                options.get(0),
                "-s",
                "-tls1_3",
                "-ciphersuites",
                "TLS_AES_256_GCM_SHA384:" + "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_SHA256"
            };
            try (PeerProgram openssl = PeerProgram.start(theirs)) {
                assertEquals(0, openssl.awaitExit(Duration.ofSeconds(30)), openssl::toString);
                List<String> lines = new String(openssl.output(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                List<String> ours =
                        ciphers(options.get(0), "-s", "-tls1_3").lines().toList();
                assertEquals(lines.subList(0, 3), ours.subList(0, 3));
            }
        }
    }

    @Tag("peers")
    @Test
    void eachLineOfTls12IsOpenssls() throws Exception {
        String string = "DEFAULT:-kRSA:!DSS:!SRP:!kRSAPSK:!CBC:@SECLEVEL=2";
        for (String option : List.of("-v", "-V", "-stdname")) {
            try (PeerProgram openssl =
                    PeerProgram.start("openssl", "ciphers", option, "-s", "-psk", "-tls1_2", string)) {
                assertEquals(0, openssl.awaitExit(Duration.ofSeconds(30)), openssl::toString);
                String theirs = new String(openssl.output(), StandardCharsets.UTF_8);
                assertEquals(theirs, ciphers(option, "-s", "-psk", "-tls1_2", string));
            }
        }
    }

    /** From level 3 on what is left of pre-shared keys has Diffie-Hellman beside them. */
    @Tag("peers")
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void eachLevelLeavesOfPreSharedKeysWhatItDoesWithOpenssl(int level) throws Exception {
        String string = "kDHEPSK:kECDHEPSK:kPSK:!AESCCM:!ARIA:!CAMELLIA:!eNULL:@SECLEVEL=" + level;
        try (PeerProgram openssl = PeerProgram.start("openssl", "ciphers", "-s", "-psk", "-tls1_2", string)) {
            openssl.awaitExit(Duration.ofSeconds(30));
            String theirs = new String(openssl.output(), StandardCharsets.UTF_8);
            assertEquals(theirs, ciphers("-s", "-psk", "-tls1_2", string));
        }
    }
}
