// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.PskClientCb;
import org.libssl4j.PskServerCb;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** Pre-shared keys in TLS 1.2 and before, with {@code openssl} and GnuTLS, both ways: suite, identity and hint are read from what they print. */
class PskProgramTest extends ProgramTest {
    private static final String IDENTITY = "our_identity";
    private static final String HINT = "their_hint";
    private static final String KEY = "1a2b3c4d5e6f7788";
    private static final byte[] THERE = "a line\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BACK = "another line\n".getBytes(StandardCharsets.US_ASCII);

    /** A suite in a version. */
    record Row(CipherSuite suite, ProtocolVersion version) {}

    /** All of TLS 1.2, and of the versions before those that have been there since. */
    static List<Row> openssl() {
        List<Row> rows = new ArrayList<>();
        for (CipherSuite s : CipherSuite.values()) {
            if (s.keyExchange().preShared()) {
                rows.add(new Row(s, ProtocolVersion.TLS1_2));
                if (s.mac() == HashAlgorithm.SHA1) {
                    rows.add(new Row(s, ProtocolVersion.TLS1_1));
                    rows.add(new Row(s, ProtocolVersion.TLS1_0));
                }
            }
        }
        return rows;
    }

    /** Those that GnuTLS has, for each kind of key exchange. */
    static List<CipherSuite> gnutls() {
        return List.of(
                CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
                CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA,
                CipherSuite.TLS_DHE_PSK_WITH_AES_256_GCM_SHA384,
                CipherSuite.TLS_DHE_PSK_WITH_CHACHA20_POLY1305_SHA256,
                CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256,
                CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA384);
    }

    /** Those without Diffie-Hellman: with it gnutls-cli 3.7.9 crashes when it prints the session, whoever serves it. */
    static List<CipherSuite> gnutlsCli() {
        return List.of(
                CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
                CipherSuite.TLS_PSK_WITH_AES_256_GCM_SHA384,
                CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA,
                CipherSuite.TLS_PSK_WITH_CHACHA20_POLY1305_SHA256);
    }

    private static SslCtx context(TlsMethod method, CipherSuite suite, ProtocolVersion version) {
        SslCtx c = new SslCtx(method);
        c.setSecurityLevel(0);
        c.setMinProtoVersion(version);
        c.setMaxProtoVersion(version);
        c.setDhAuto(true);
        c.setCipherList(suite.opensslName());
        return c;
    }

    private static SslCtx server(CipherSuite suite, ProtocolVersion version) {
        SslCtx c = context(TlsMethod.TLS_SERVER, suite, version);
        c.usePskIdentityHint(HINT);
        c.setPskServerCallback((ssl, identity) -> Arrays.equals(bytes(IDENTITY), identity)
                ? PskServerCb.Answer.of(HexFormat.of().parseHex(KEY))
                : PskServerCb.Answer.NONE);
        return c;
    }

    private static SslCtx client(CipherSuite suite, ProtocolVersion version) {
        SslCtx c = context(TlsMethod.TLS_CLIENT, suite, version);
        c.setPskClientCallback((ssl, hint) -> Arrays.equals(bytes(HINT), hint)
                ? PskClientCb.Answer.of(IDENTITY, HexFormat.of().parseHex(KEY))
                : PskClientCb.Answer.NONE);
        return c;
    }

    private static byte[] bytes(String s) {
        return s.getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertAgreed(Ssl ssl, CipherSuite suite, ProtocolVersion version) {
        assertEquals(version.text(), ssl.getVersion());
        assertEquals(suite, CipherSuite.named(ssl.getCipherName()));
        assertArrayEquals(bytes(IDENTITY), ssl.getPskIdentity());
        assertArrayEquals(bytes(HINT), ssl.getPskIdentityHint());
        assertNull(ssl.getPeerCertificate());
    }

    // ---- openssl ---------------------------------------------------------------------------------------------------

    private static List<String> common(Row row) {
        String only =
                "-" + row.version().name().toLowerCase(java.util.Locale.ROOT).replace("tls1_0", "tls1");
        return List.of(
                only, "-cipher", row.suite().opensslName() + ":@SECLEVEL=0", "-psk", KEY, "-psk_identity", IDENTITY);
    }

    @ParameterizedTest
    @MethodSource("openssl")
    void sClientIsServedByUs(Row row) throws Exception {
        List<String> command = new ArrayList<>();
        try (Door door = new Door()) {
            command.addAll(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + door.port()));
            command.addAll(common(row));
            try (PeerProgram peer = PeerProgram.start(command.toArray(new String[0]));
                    Ssl ssl = new Ssl(server(row.suite(), row.version()));
                    OurEnd ours = door.accept(ssl, true)) {
                ours.handshake();
                peer.awaitLine("^    Cipher    : " + row.suite().opensslName() + "$", PATIENCE);
                peer.awaitLine("^    PSK identity: " + IDENTITY + "$", PATIENCE);
                peer.awaitLine("^    PSK identity hint: " + HINT + "$", PATIENCE);
                peer.feed(THERE, false);
                assertArrayEquals(THERE, ours.read(THERE.length));
                ours.write(BACK);
                peer.awaitLine("^another line$", PATIENCE);
                assertAgreed(ssl, row.suite(), row.version());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("openssl")
    void sServerServesUs(Row row) throws Exception {
        try (Call call = Call.to(port -> {
                    List<String> c = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port));
                    c.addAll(List.of("-naccept", "1", "-nocert", "-psk_hint", HINT));
                    c.addAll(common(row));
                    return c;
                });
                PeerProgram peer = call.server();
                Ssl ssl = new Ssl(client(row.suite(), row.version()));
                OurEnd ours = call.ours(ssl, false)) {
            ours.handshake();
            ours.write(THERE);
            peer.awaitLine("^CIPHER is " + row.suite().opensslName() + "$", PATIENCE);
            peer.awaitLine("^a line$", PATIENCE);
            peer.feed(BACK, false);
            assertArrayEquals(BACK, ours.read(BACK.length));
            assertAgreed(ssl, row.suite(), row.version());
        }
    }

    // ---- GnuTLS ----------------------------------------------------------------------------------------------------

    private static String priority(CipherSuite suite) {
        return GnutlsNames.priority(suite, ProtocolVersion.TLS1_2);
    }

    /** As GnuTLS describes a session: version, key exchange or its group if there is one, cipher. */
    private static String description(CipherSuite suite) {
        String kx = GnutlsNames.keyExchange(suite).equals("PSK")
                ? "PSK"
                : GnutlsNames.keyExchange(suite).replace("PSK", "[A-Z0-9]+");
        return "^- Description: \\(TLS1.2-X.509\\)-\\(" + kx + "\\)-\\(" + GnutlsNames.cipher(suite) + "\\)";
    }

    @ParameterizedTest
    @MethodSource("gnutlsCli")
    void gnutlsCliIsServedByUs(CipherSuite suite) throws Exception {
        try (Door door = new Door();
                PeerProgram peer = PeerProgram.start(
                        "gnutls-cli",
                        "--port",
                        "" + door.port(),
                        "127.0.0.1",
                        "--pskusername",
                        IDENTITY,
                        "--pskkey",
                        KEY,
                        "--priority",
                        priority(suite));
                Ssl ssl = new Ssl(server(suite, ProtocolVersion.TLS1_2));
                OurEnd ours = door.accept(ssl, true)) {
            ours.handshake();
            peer.awaitLine(description(suite), PATIENCE);
            peer.awaitLine("^- PSK authentication. PSK hint '" + HINT + "'$", PATIENCE);
            peer.feed(THERE, false);
            assertArrayEquals(THERE, ours.read(THERE.length));
            ours.write(BACK);
            peer.awaitLine("^another line$", PATIENCE);
            assertAgreed(ssl, suite, ProtocolVersion.TLS1_2);
        }
    }

    @ParameterizedTest
    @MethodSource("gnutls")
    void gnutlsServServesUs(CipherSuite suite) throws Exception {
        Path keys = Files.writeString(Files.createTempFile(directory, "psk", null), IDENTITY + ":" + KEY + "\n");
        try (Call call = Call.to(port -> List.of(
                        "gnutls-serv",
                        "--echo",
                        "--port",
                        "" + port,
                        "--pskpasswd",
                        keys.toString(),
                        "--pskhint",
                        HINT,
                        "--priority",
                        priority(suite)));
                PeerProgram peer = call.server();
                Ssl ssl = new Ssl(client(suite, ProtocolVersion.TLS1_2));
                OurEnd ours = call.ours(ssl, false)) {
            ours.handshake();
            ours.write(THERE);
            assertArrayEquals(THERE, ours.read(THERE.length));
            peer.awaitLine(description(suite), PATIENCE);
            peer.awaitLine("^- Key Exchange: " + GnutlsNames.keyExchange(suite) + "$", PATIENCE);
            peer.awaitLine("^- PSK authentication. Connected as '" + IDENTITY + "'$", PATIENCE);
            assertAgreed(ssl, suite, ProtocolVersion.TLS1_2);
        }
    }
}
