// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import org.libssl4j.SslSession;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.peer.PeerProgram;

/** {@code openssl s_client} and {@code s_server} resume sessions of TLS 1.2, 1.1 and 1.0 with us, by ticket and by id: what OpenSSL says of it counts. */
class Resumption12ProgramTest extends ProgramTest {
    /** As often as s_client does it. */
    private static final int RECONNECTS = 5;

    /** How a session is resumed, and in which version. */
    record Cell(ProtocolVersion version, boolean ticket) {
        private String cipher() {
            return (version == ProtocolVersion.TLS1_2 ? "ECDHE-ECDSA-AES128-GCM-SHA256" : "ECDHE-ECDSA-AES128-SHA")
                    + ":@SECLEVEL=" + (version == ProtocolVersion.TLS1_2 ? 1 : 0);
        }

        SslCtx ours(SslCtx c) {
            c.setMinProtoVersion(version);
            c.setMaxProtoVersion(version);
            c.setCipherList(cipher());
            if (!ticket) {
                c.setOptions(SslOption.NO_TICKET);
            }
            return c;
        }

        List<String> theirs(String... command) {
            List<String> all = new ArrayList<>(List.of("openssl"));
            all.addAll(List.of(command));
            all.add(
                    switch (version) {
                        case TLS1_0 -> "-tls1";
                        case TLS1_1 -> "-tls1_1";
                        default -> "-tls1_2";
                    });
            all.addAll(List.of("-cipher", cipher()));
            return all;
        }
    }

    static List<Cell> cells() {
        List<Cell> all = new ArrayList<>();
        for (ProtocolVersion v : List.of(ProtocolVersion.TLS1_0, ProtocolVersion.TLS1_1, ProtocolVersion.TLS1_2)) {
            all.add(new Cell(v, true));
            all.add(new Cell(v, false));
        }
        return all;
    }

    // ---- s_client --------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void sClientResumesWithUs(Cell cell) throws Exception {
        Path session = directory.resolve("session-" + System.nanoTime() + ".pem");
        SslCtx ctx = cell.ours(OurEnd.server(Identity.ECDSA, null, null, null));
        String first = call(cell, ctx, false, "-sess_out", session.toString());
        assertTrue(first.contains("\nNew, "), first);
        assertEquals(cell.ticket(), first.contains("TLS session ticket:"), first);
        String second = call(cell, ctx, true, "-sess_in", session.toString());
        assertTrue(second.contains("\nReused, "), second);
        assertTrue(second.contains("Verification: OK"), second);
        assertEquals(masterKey(first), masterKey(second));
        assertEquals(1, ctx.sessHits());
    }

    private static String masterKey(String report) {
        return report.lines().filter(l -> l.contains("Master-Key:")).findFirst().orElseThrow();
    }

    /** s_client calls us once; what it says. */
    private static String call(Cell cell, SslCtx ctx, boolean resumed, String... options) throws Exception {
        try (Door door = new Door()) {
            List<String> command = sClient(cell, door);
            command.addAll(List.of(options));
            try (PeerProgram client = PeerProgram.start(command.toArray(new String[0]));
                    Ssl ssl = new Ssl(ctx);
                    OurEnd ours = door.accept(ssl, true)) {
                ours.handshake();
                assertEquals(resumed, ssl.sessionReused());
                ours.write(new byte[] {'h', 'i', '\n'});
                client.awaitLine("^hi$", PATIENCE);
                client.feed(new byte[0], true);
                ours.awaitCloseNotify();
                ours.sendCloseNotify();
                ours.awaitEnd();
                assertEquals(0, client.awaitExit(PATIENCE), client::toString);
                return client.report();
            }
        }
    }

    private static List<String> sClient(Cell cell, Door door) {
        return cell.theirs(
                "s_client",
                "-connect",
                "127.0.0.1:" + door.port(),
                "-servername",
                Identity.HOST,
                "-CAfile",
                pem(Identity.Kind.ECDSA, "ca.pem"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void sClientReconnects(Cell cell) throws Exception {
        SslCtx ctx = cell.ours(OurEnd.server(Identity.ECDSA, null, null, null));
        try (Door door = new Door()) {
            List<String> command = sClient(cell, door);
            command.add("-reconnect");
            try (PeerProgram client = PeerProgram.start(command.toArray(new String[0]))) {
                for (int i = 0; i <= RECONNECTS; i++) {
                    try (Ssl ssl = new Ssl(ctx);
                            OurEnd ours = door.accept(ssl, true)) {
                        ours.handshake();
                        assertEquals(i > 0, ssl.sessionReused(), "connection " + i);
                        if (i == RECONNECTS) {
                            client.feed(new byte[0], true);
                        }
                        ours.awaitCloseNotify();
                        ours.sendCloseNotify();
                    }
                }
                assertEquals(0, client.awaitExit(PATIENCE), client::toString);
                String said = client.report();
                assertEquals(1, said.lines().filter(l -> l.startsWith("New, ")).count(), said);
                assertEquals(
                        RECONNECTS,
                        said.lines().filter(l -> l.startsWith("Reused, ")).count(),
                        said);
            }
        }
    }

    // ---- s_server --------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void sServerResumesUs(Cell cell) throws Exception {
        SslCtx ctx = cell.ours(OurEnd.client(Identity.ECDSA, null, null, null));
        try (Call call = Call.to(port -> sServer(cell, port));
                PeerProgram server = call.server()) {
            SslSession session;
            SocketAddress there = call.channel().getRemoteAddress();
            try (Ssl ssl = new Ssl(ctx);
                    OurEnd ours = call.ours(ssl, true)) {
                talk(ssl, ours, server, "first");
                assertFalse(ssl.sessionReused());
                session = ssl.getSession();
                assertNotNull(session);
                assertEquals(cell.ticket(), session.hasTicket());
                ours.sendCloseNotify();
            }
            try (SocketChannel channel = SocketChannel.open(there);
                    Ssl ssl = new Ssl(ctx);
                    OurEnd ours = OurEnd.blocking(ssl, channel.socket())) {
                ssl.setSession(session);
                talk(ssl, ours, server, "second");
                assertTrue(ssl.sessionReused());
                assertEquals(VerifyResult.OK, ssl.getVerifyResult());
                assertEquals(Identity.ECDSA.certificate(), ssl.getPeerCertificate());
                ours.sendCloseNotify();
            }
            session.close();
            server.awaitLine("^Reused session-id$", PATIENCE);
        }
    }

    private static void talk(Ssl ssl, OurEnd ours, PeerProgram server, String word) throws Exception {
        ssl.setHostname(Identity.HOST);
        ours.handshake();
        ours.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
        server.awaitLine("^" + word + "$", PATIENCE);
    }

    private static List<String> sServer(Cell cell, int port) {
        List<String> c = cell.theirs(
                "s_server",
                "-accept",
                "127.0.0.1:" + port,
                "-naccept",
                "2",
                "-cert",
                pem(Identity.Kind.ECDSA, "cert.pem"),
                "-key",
                pem(Identity.Kind.ECDSA, "key.pem"));
        if (!cell.ticket()) {
            c.add("-no_ticket");
        }
        return c;
    }
}
