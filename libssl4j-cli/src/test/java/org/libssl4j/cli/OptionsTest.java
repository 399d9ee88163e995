// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each option changes, between a server and a client of ours. */
@Timeout(120)
class OptionsTest {
    private static final Pattern LENGTH = Pattern.compile(
            "Content Type = ApplicationData \\(23\\)\n  Length = (\\d+)\n  Inner Content Type = ApplicationData");

    @TempDir
    static Path directory;

    private static PemFiles pem;
    private static PemFiles named;

    @BeforeAll
    static void certificates() throws Exception {
        pem = PemFiles.in(directory);
        named = PemFiles.in(Files.createDirectory(directory.resolve("named")), "named.example");
    }

    private static String after(String marker, String text) {
        int at = text.indexOf(marker);
        assertTrue(at >= 0, () -> "no '" + marker + "' in " + text);
        return text.substring(at + marker.length(), text.indexOf('\n', at));
    }

    @Test
    void aKeyThatWasSharedBeforeStandsInForCertificates() throws Exception {
        Pair p = new Pair(pem, "-psk", "1a2b3c", "-psk_identity", "us", "-psk_hint", "which one?")
                .client("-tls1_2", "-cipher", "DHE-PSK-AES128-GCM-SHA256", "-psk", "1A2B3C", "-psk_identity", "us")
                .ended();
        for (Command c : List.of(p.client, p.server)) {
            assertTrue(c.out().contains("New, TLSv1.2, Cipher is DHE-PSK-AES128-GCM-SHA256\n"), c.out());
            assertTrue(c.out().contains("PSK identity: us\nPSK identity hint: which one?\n"), c.out());
        }
        assertTrue(p.client.out().contains("no peer certificate available\n"), p.client.out());
        assertFalse(p.server.err().contains("PSK warning"), p.server.err());
    }

    @Test
    void anotherNameOfTheKeyIsToldAndTheKeyTried() throws Exception {
        Pair p = new Pair(pem, "-psk", "1a2b3c")
                .client("-tls1_2", "-cipher", "PSK-AES256-CBC-SHA", "-psk", "1a2b3c", "-psk_identity", "s\u00e4")
                .ended();
        assertTrue(
                p.server
                        .err()
                        .contains("PSK warning: client identity not what we expected (got 's\\xc3\\xa4' expected"
                                + " 'Client_identity')\n"),
                p.server.err());
        assertTrue(p.client.out().contains("PSK identity: s\\xc3\\xa4\n"), p.client.out());
    }

    @Test
    void bothSidesExportTheSameKeyingMaterial() throws Exception {
        String[] options = {"-keymatexport", "EXPERIMENTAL test", "-keymatexportlen", "33"};
        Pair p = new Pair(pem, options).client(options).ended();
        String material = after("    Keying material: ", p.client.out());
        assertEquals(66, material.length());
        assertEquals(material, after("    Keying material: ", p.server.out()));
        assertTrue(p.client.out().contains("    Label: 'EXPERIMENTAL test'\n    Length: 33 bytes\n"), p.client.out());
    }

    /** Whichever side does without it. */
    @Test
    void theMacStandsInsideIfASideWantsItSo() throws Exception {
        String[] cbc = {"-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA", "-trace"};
        String[] without = Arrays.copyOf(cbc, cbc.length + 1);
        without[cbc.length] = "-no_etm";
        String agreed = "encrypt_then_mac(22)";
        assertEquals(
                2, occurrences(agreed, new Pair(pem).client(cbc).ended().client.out()), "offered and agreed on");
        assertEquals(
                0,
                occurrences(agreed, new Pair(pem).client(without).ended().client.out()));
        assertEquals(
                1,
                occurrences(
                        agreed,
                        new Pair(pem, "-no_etm").client(cbc).ended().client.out()),
                "offered");
    }

    private static int occurrences(String what, String text) {
        return (text.length() - text.replace(what, "").length()) / what.length();
    }

    @Test
    void aFallbackThatNeedNotBeIsRefused() throws Exception {
        Pair p = new Pair(pem).client("-fallback_scsv", "-tls1_2");
        assertTrue(p.client.complaint().contains("inappropriate fallback"), p.client::err);
        assertEquals(1, p.server.status());
        assertTrue(p.server.err().contains("inappropriate fallback"), p.server.err());
        new Pair(pem, "-tls1_2").client("-fallback_scsv", "-tls1_2").ended();
    }

    private static String suite(List<String> server, String suites) throws Exception {
        Pair p = new Pair(pem, server.toArray(new String[0]))
                .client("-tls1_2", "-cipher", suites)
                .ended();
        return after("Cipher is ", p.client.out());
    }

    @Test
    void theOrderOfSuitesIsTheClientsOrTheServers() throws Exception {
        String gcm = "ECDHE-ECDSA-AES128-GCM-SHA256";
        String chacha = "ECDHE-ECDSA-CHACHA20-POLY1305";
        List<String> ours = List.of("-cipher", gcm + ":" + chacha);
        List<String> preferring = List.of("-cipher", gcm + ":" + chacha, "-serverpref");
        List<String> exceptChaCha = List.of("-cipher", gcm + ":" + chacha, "-serverpref", "-prioritize_chacha");
        assertEquals(chacha, suite(ours, chacha + ":" + gcm));
        assertEquals(gcm, suite(preferring, chacha + ":" + gcm));
        assertEquals(chacha, suite(exceptChaCha, chacha + ":" + gcm));
        assertEquals(gcm, suite(exceptChaCha, gcm + ":" + chacha));
    }

    @Test
    void aServerMayDoWithoutFiniteFields() throws Exception {
        String[] dhe = {"-tls1_2", "-cipher", "DHE-PSK-AES128-GCM-SHA256:PSK-AES128-GCM-SHA256", "-psk", "1a2b"};
        Pair with = new Pair(pem, "-psk", "1a2b").client(dhe).ended();
        assertEquals("DHE-PSK-AES128-GCM-SHA256", after("Cipher is ", with.client.out()));
        Pair without = new Pair(pem, "-psk", "1a2b", "-no_dhe").client(dhe).ended();
        assertEquals("PSK-AES128-GCM-SHA256", after("Cipher is ", without.client.out()));
    }

    /** The lengths of the records with data that a client sends with these options. */
    private static List<Integer> records(String... options) throws Exception {
        // It is the sender who traces: at the receiver, data and trace share the output and come in any order.
        String[] traced = Arrays.copyOf(options, options.length + 1);
        traced[options.length] = "-trace";
        Pair p = new Pair(pem).client(traced);
        p.atClient.type("x".repeat(2000) + "\nend\n");
        p.server.awaitOut("\nend\n");
        p.ended();
        return LENGTH.matcher(p.client.out())
                .results()
                .map(r -> Integer.valueOf(r.group(1)))
                .toList();
    }

    @Test
    void dataIsSentInRecordsOfTheLengthThatIsAskedFor() throws Exception {
        assertEquals(List.of(2022), records());
        assertEquals(List.of(1017, 1017, 22), records("-max_send_frag", "1000"));
        // There is one pipeline, so nothing is split for several; but what may be split is no larger than what is sent.
        assertEquals(List.of(2022), records("-split_send_frag", "600"));
        assertEquals(List.of(1017, 1017, 22), records("-max_send_frag", "1000", "-split_send_frag", "1000"));
    }

    @Test
    void theServerKeepsToTheLengthThatTheClientAsksFor() throws Exception {
        Pair p = new Pair(pem, "-trace").client("-maxfraglen", "512");
        p.atServer.type("x".repeat(2000) + "\n");
        p.client.awaitOut("xxx\n");
        p.ended();
        List<String> lengths =
                LENGTH.matcher(p.server.out()).results().map(r -> r.group(1)).toList();
        assertEquals(List.of("529", "529", "529", "482"), lengths);
    }

    @Test
    void recordsArePaddedToBlocks() throws Exception {
        assertEquals(List.of(2048 + 16), records("-record_padding", "1024"));
        assertEquals(List.of(2100 + 16), records("-record_padding", "700,0"));
    }

    @Test
    void lettersUpdateTheKeys() throws Exception {
        Pair p = new Pair(pem, "-trace").client("-trace");
        p.client.awaitOut("Verify return code:");
        p.atClient.type("k\n");
        p.atClient.type("K\n");
        p.server.awaitOut(keyUpdate("Received", "update_requested (1)"));
        p.atServer.type("K\n");
        p.client.awaitOut(keyUpdate("Received", "update_requested (1)"));
        p.atClient.type("after all that\n"); // an answer goes out with what is sent next
        p.server.awaitOut("after all that\n");
        p.ended();
        assertTrue(p.client.err().startsWith("KEYUPDATE\nKEYUPDATE\n"), p.client.err());
        assertEquals(
                2, occurrences(keyUpdate("Received", "update_not_requested (0)"), p.server.out()), "k, the answer");
    }

    private static String keyUpdate(String way, String asks) {
        return way + " Record\nHeader:\n  Version = TLS 1.2 (0x303)\n  Content Type = ApplicationData (23)\n"
                + "  Length = 22\n  Inner Content Type = Handshake (22)\n    KeyUpdate, Length=1\n      " + asks + "\n";
    }

    @Test
    void aServerAsksForACertificateLater() throws Exception {
        Pair p = new Pair(pem, "-CAfile", pem.cert())
                .client("-enable_pha", "-cert", pem.cert(), "-key", pem.keyFile(), "-state");
        p.client.awaitOut("Verify return code:");
        p.atServer.type("c\n");
        p.atServer.type("asked\n");
        p.client.awaitOut("asked\n");
        p.atClient.type("answered\n");
        p.server.awaitOut("answered\n");
        p.ended();
        assertEquals("depth=0 CN = localhost\nverify return:1\n", p.server.err());
    }

    @Test
    void aClientThatDidNotOfferItCannotBeAskedLater() throws Exception {
        Pair p = new Pair(pem).client();
        p.client.awaitOut("Verify return code:");
        p.atServer.type("c\n");
        p.atServer.type("data\n");
        p.client.awaitOut("data\n");
        p.ended();
        assertTrue(p.server.err().startsWith("not now: "), p.server.err());
    }

    @Test
    void theServerCountsHandshakes() throws Exception {
        Pair p = new Pair(pem, "-naccept", "3", "-ciphersuites", "TLS_AES_256_GCM_SHA384").client();
        p.client.awaitOut("Verify return code:");
        p.atServer.type("S\n");
        p.server.awaitOut("   1 server accepts (SSL_accept())\n   1 server accepts that finished\n");
        p.atServer.type("q\n");
        p.client.succeeded();
        p.client("-ciphersuites", "TLS_AES_128_GCM_SHA256").client.complaint(); // begun, but never finished
        p.client().client.awaitOut("Verify return code:");
        p.atServer.type("S\n");
        p.server.awaitOut("   3 server accepts (SSL_accept())\n   2 server accepts that finished\n");
        p.atServer.type("q\n");
        p.client.succeeded();
    }

    @Test
    void plainTextFromTheServerEndsTheConnection() throws Exception {
        Pair p = new Pair(pem).client();
        p.client.awaitOut("Verify return code:");
        p.atServer.type("P\n");
        String why = p.client.complaint();
        assertTrue(why.startsWith("s_client: read: ") && why.contains("(alert sent: "), why);
        assertTrue(p.server.complaint().contains("alert"), p.server.err());
        assertFalse(p.client.out().contains("plain text"), p.client.out());
    }

    @Test
    void aClientConnectsAnew() throws Exception {
        Pair p = new Pair(pem, "-naccept", "2").client();
        p.client.awaitOut("Verify return code:");
        p.atClient.type("C\n");
        p.atClient.type("again\n");
        p.server.awaitOut("again\n");
        p.ended();
        assertEquals(2, p.client.out().split("CONNECTED\\(", -1).length - 1, p.client.out());
        assertEquals("RECONNECTING\nDONE\n", p.client.err());
    }

    @Test
    void whatIsNoLetterOfOneSideIsData() throws Exception {
        Pair p = new Pair(pem).client();
        p.client.awaitOut("Verify return code:");
        for (String letter : List.of("P", "S", "c", "q", "r", "x", "QQ")) {
            p.atClient.type(letter + "\n");
        }
        p.server.awaitOut("P\nS\nc\nq\nr\nx\nQQ\n");
        p.atServer.type("C\n");
        p.client.awaitOut("C\n");
        p.ended();
    }

    @Test
    void lettersAreDataWhereCommandsAreOff() throws Exception {
        Pair p = new Pair(pem).client("-nocommands");
        p.atClient.type("k\n");
        p.atClient.type("Q\n");
        p.server.awaitOut("k\nQ\n");
        p.atClient.end();
        p.client.succeeded();
        p.server.succeeded();
    }

    @Test
    void aSecondCertificateIsForASecondName() throws Exception {
        String[] options = {"-servername", "named.example", "-cert2", named.cert(), "-key2", named.keyFile()};
        Pair p = new Pair(pem, options).client("-servername", "Named.Example").ended();
        assertTrue(p.client.out().contains("subject=CN = named.example\n"), p.client.out());
        assertTrue(p.server.err().contains("Switching server context.\n"), p.server.err());
        Pair other = new Pair(pem, options).client("-servername", "localhost").ended();
        assertTrue(other.client.out().contains("subject=CN = localhost\n"), other.client.out());
    }

    @Test
    void anotherNameMayBeRefused() throws Exception {
        Pair p = new Pair(pem, "-servername", "named.example", "-servername_fatal").client("-servername", "localhost");
        assertEquals(1, p.client.status());
        assertTrue(p.client.err().contains("unrecognized name"), p.client.err());
    }

    @Test
    void aStatelessServerAsksForACookieFirst() throws Exception {
        Pair p = new Pair(pem, "-stateless").client("-trace").ended();
        assertTrue(
                p.client.out().contains("HelloRetryRequest, Length=")
                        && p.client.out().contains("extension_type=cookie(44)"),
                p.client.out());
    }

    @Test
    void authoritiesAreNamedBothWays() throws Exception {
        Pair p = new Pair(pem, "-trace", "-verify", "1", "-CAfile", pem.cert())
                .client("-requestCAfile", named.cert())
                .ended();
        assertTrue(
                p.client.out().contains("---\nAcceptable client certificate CA names\nCN = localhost\n"),
                p.client.out());
        assertTrue(p.server.out().contains("          CN=named.example\n"), p.server.out());
        Pair none = new Pair(pem, "-verify", "1", "-CAfile", pem.cert(), "-no_ca_names")
                .client()
                .ended();
        assertTrue(none.client.out().contains("No client certificate CA names sent\n"), none.client.out());
    }

    @Test
    void signatureAlgorithmsAreThoseThatAreAskedFor() throws Exception {
        Pair p = new Pair(pem, "-trace")
                .client("-sigalgs", "ECDSA+SHA256:ed25519")
                .ended();
        assertTrue(
                p.server
                        .out()
                        .contains("extension_type=signature_algorithms(13), length=6\n"
                                + "          ecdsa_secp256r1_sha256 (0x0403)\n          ed25519 (0x0807)\n"),
                p.server.out());
        Pair asked = new Pair(pem, "-verify", "1", "-client_sigalgs", "ed448")
                .client("-trace")
                .ended();
        assertTrue(
                asked.client.out().contains("CertificateRequest")
                        && asked.client.out().contains("length=4\n          ed448 (0x0808)\n"),
                asked.client.out());
    }

    @Test
    void theServerSaysWhatTheClientOffered() throws Exception {
        Pair p = new Pair(
                        pem,
                        "-groups",
                        "P-256:X25519",
                        "-ciphersuites",
                        "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384")
                .client(
                        "-tls1_3",
                        "-groups",
                        "X25519:P-384:P-256",
                        "-ciphersuites",
                        "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256",
                        "-sigalgs",
                        "ECDSA+SHA256:RSA-PSS+SHA256:rsa_pss_pss_sha384:ed25519:RSA+SHA512")
                .ended();
        assertTrue(
                p.server
                        .out()
                        .contains("Shared ciphers:TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256\n"
                                + "Signature Algorithms: ECDSA+SHA256:RSA-PSS+SHA256:rsa_pss_pss_sha384:ed25519:RSA+SHA512\n"
                                + "Shared Signature Algorithms: ECDSA+SHA256:RSA-PSS+SHA256:rsa_pss_pss_sha384:ed25519:RSA+SHA512\n"
                                + "Supported groups: x25519:secp384r1:secp256r1\n"
                                + "Shared groups: secp256r1:x25519\n"
                                + "CIPHER is "),
                p.server.out());
    }

    @ParameterizedTest
    @CsvSource({
        "-max_send_frag, 511",
        "-max_send_frag, many",
        "-split_send_frag, 0",
        "-split_send_frag, 16385",
        "-split_send_frag, many",
        "-certform, ENGINE",
        "-keyform, P12",
        "-keyform, ''",
        "-record_padding, 16385",
        "-record_padding, '1,2,3'",
        "-maxfraglen, 513",
        "-sigalgs, rot13",
        "-client_sigalgs, rot13",
        "-requestCAfile, /nowhere",
        "-verify, -1"
    })
    void aValueThatCannotBeIsSaidWithItsOption(String option, String value) throws Exception {
        String why = Command.start("s_client", "-connect", "localhost:1", option, value)
                .complaint();
        assertTrue(why.startsWith("s_client: " + option + " " + value + ": "), why);
    }

    @Test
    void aSplitBeyondTheLargestRecordIsSaid() throws Exception {
        String why = Command.start("s_client", "-max_send_frag", "512", "-split_send_frag", "513")
                .complaint();
        assertTrue(why.startsWith("s_client: -split_send_frag 513: "), why);
    }

    /** The test's certificate and key in files of another form. */
    private static String form(Path pemFile, String form) throws Exception {
        Path to = directory.resolve(pemFile.getFileName() + "." + form);
        if (form.equalsIgnoreCase("DER")) {
            String base64 = Files.readString(pemFile).replaceAll("-----[^-]+-----|\\s", "");
            Files.write(to, Base64.getDecoder().decode(base64));
            return to.toString();
        }
        return pemFile.toString();
    }

    @ParameterizedTest
    @CsvSource({"PEM, PEM", "DER, DER", "DER, PEM", "pem, der"})
    void certificateAndKeyComeInEitherForm(String certform, String keyform) throws Exception {
        String cert = form(pem.certificate(), certform);
        String key = form(pem.key(), keyform);
        Pair p = new Pair(pem, "-cert", cert, "-certform", certform, "-key", key, "-keyform", keyform)
                .client()
                .ended();
        assertTrue(p.client.out().contains("Verify return code: 0 (ok)\n"), p.client.out());
    }

    @Test
    void certificateAndKeyComeFromOnePkcs12File() throws Exception {
        TestCertificate made = TestCertificate.make("p12.example");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("k", made.key(), "secret".toCharArray(), new X509Certificate[] {made.x509()});
        Path p12 = directory.resolve("both.p12");
        try (OutputStream out = Files.newOutputStream(p12)) {
            store.store(out, "secret".toCharArray());
        }
        Command server = Command.start(
                new Typing(),
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-naccept",
                "1",
                "-cert",
                p12.toString(),
                "-certform",
                "P12",
                "-pass",
                "pass:secret");
        Command client = Command.start("s_client", "-connect", server.address());
        assertTrue(client.succeeded().out().contains("subject=CN = p12.example\n"), client.out());
        server.succeeded();
        String why = Command.start(
                        "s_server",
                        "-accept",
                        "127.0.0.1:0",
                        "-cert",
                        p12.toString(),
                        "-certform",
                        "P12",
                        "-pass",
                        "pass:no")
                .complaint();
        assertTrue(why.startsWith("s_server: -cert " + p12 + ": "), why);
    }

    @Test
    void aFileOfAnotherFormIsSaid() throws Exception {
        String why = Command.start("s_server", "-accept", "127.0.0.1:0", "-cert", pem.cert(), "-certform", "P12")
                .complaint();
        assertTrue(why.startsWith("s_server: -cert " + pem.cert() + ": "), why);
    }

    @Test
    void anExportThatCannotBeIsSaid() throws Exception {
        Pair p = new Pair(pem).client("-keymatexport", "x", "-keymatexportlen", "100000");
        assertTrue(p.client.complaint().startsWith("s_client: -keymatexport x of 100000 bytes: "), p.client.err());
    }

    @Test
    void aChainMayComeFromAFileOfItsOwn() throws Exception {
        Pair p = new Pair(pem, "-cert_chain", named.cert()).client("-showcerts").ended();
        assertTrue(p.client.out().contains(" 0 s:CN = localhost\n"), p.client.out());
        assertTrue(p.client.out().contains(" 1 s:CN = named.example\n"), p.client.out());
    }
}
