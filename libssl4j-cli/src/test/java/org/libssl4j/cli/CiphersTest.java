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
        assertEquals(list + "\n", ciphers("-ciphersuites", list));
        assertEquals("""
                TLS_CHACHA20_POLY1305_SHA256   TLSv1.3 Kx=any      Au=any   Enc=CHACHA20/POLY1305(256) Mac=AEAD
                TLS_AES_128_GCM_SHA256         TLSv1.3 Kx=any      Au=any   Enc=AESGCM(128)            Mac=AEAD
                """, ciphers("-v", "-ciphersuites", list));
        assertEquals(
                "          0x13,0x01 - TLS_AES_128_GCM_SHA256         TLSv1.3 Kx=any      Au=any   "
                        + "Enc=AESGCM(128)            Mac=AEAD\n",
                ciphers("-V", "-ciphersuites", "TLS_AES_128_GCM_SHA256"));
    }

    @Test
    void aStandardNameIsOpensslsName() throws Exception {
        assertEquals("OpenSSL cipher name: TLS_AES_128_GCM_SHA256\n", ciphers("-convert", "TLS_AES_128_GCM_SHA256"));
    }

    @Test
    void anUnknownNameIsSaid() throws Exception {
        String why = Command.start("ciphers", "-ciphersuites", "TLS_ROT13").complaint();
        assertTrue(why.startsWith("ciphers: -ciphersuites TLS_ROT13: cipher suite TLS_ROT13 is not known"), why);
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
                List<String> ours = ciphers(options.get(0)).lines().toList();
                assertEquals(lines.subList(0, 3), ours.subList(0, 3));
            }
        }
    }
}
