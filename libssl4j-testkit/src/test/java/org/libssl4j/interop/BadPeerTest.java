// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.testkit.peer.CuttingOutput;
import org.libssl4j.testkit.peer.EnginePeer;
import org.libssl4j.testkit.peer.WireView;

/**
 * Peers that break off or turn bad, in each flight and in both roles: what our call returns, why, and which alert the peer gets. In the first flight the peer is a script on a socket, whose bytes show the alert; later it is SunJSSE, whose output is cut, and which reports the alert that it decrypts.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BadPeerTest {
    /** What the peer does. */
    enum Deed {
        GARBAGE("a5".repeat(300), false),
        HTTP_REQUEST(hex("GET / HTTP/1.1\r\nHost: peer.libssl4j.test\r\n\r\n"), false),
        HTTP_ANSWER(hex("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"), false),
        // RFC 9846 §E.5 (SSLv2): length 46 with the top bit set, client_hello, version 3.1, lengths, suites, challenge.
        SSL2_HELLO("802e010301001500000010000004000005000035" + "00".repeat(28), false),
        OVERSIZED_RECORD("160303ffff" + "00".repeat(600), false),
        OVERSIZED_PROTECTED_RECORD("170303ffff" + "00".repeat(600), false),
        RECORD_OF_UNKNOWN_TYPE("6303030010" + "00".repeat(16), false),
        UNDECRYPTABLE_RECORD("1703030040" + "5a".repeat(64), false),
        PLAIN_ALERT("15030300020228", false),
        TRUNCATED_HEADER("1603", true),
        TRUNCATED_RECORD("1603030064" + "01".repeat(10), true),
        TRUNCATED_PROTECTED_RECORD("1703030064" + "01".repeat(10), true),
        CLOSE("", true);

        private final byte[] bytes;
        private final boolean end;

        Deed(String hex, boolean end) {
            this.bytes = HexFormat.of().parseHex(hex);
            this.end = end;
        }

        private static String hex(String ascii) {
            return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** When it does it. */
    enum Flight {
        /** In place of its hello. */
        HELLO,
        /** In place of what follows its hello: a server's encrypted flight, a client's Finished. */
        FINISHED,
        /** In place of its first application data. */
        DATA
    }

    /** What has to come of it; no alert where the peer has gone or has sent one. */
    private record Outcome(Reason reason, AlertDescription alert) {
        static final Outcome END = new Outcome(Reason.UNEXPECTED_EOF_WHILE_READING, null);
        static final Outcome PEER_ALERT = new Outcome(Reason.SSLV3_ALERT_HANDSHAKE_FAILURE, null);
        static final Outcome NO_TLS = new Outcome(Reason.WRONG_VERSION_NUMBER, AlertDescription.PROTOCOL_VERSION);
    }

    /** One combination. */
    record Case(Flight flight, Deed deed, boolean weAreServer, boolean blocking) {
        @Override
        public String toString() {
            return deed.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " in place of "
                    + flight.name().toLowerCase(Locale.ROOT) + ", " + (weAreServer ? "our server" : "our client") + ", "
                    + (blocking ? "blocking" : "non-blocking");
        }

        Outcome expected() {
            return flight == Flight.HELLO ? unprotected() : underKeys();
        }

        private Outcome unprotected() {
            return switch (deed) {
                case HTTP_REQUEST -> new Outcome(Reason.HTTP_REQUEST, AlertDescription.PROTOCOL_VERSION);
                case OVERSIZED_RECORD -> new Outcome(Reason.PACKET_LENGTH_TOO_LONG, AlertDescription.RECORD_OVERFLOW);
                case TRUNCATED_HEADER, TRUNCATED_RECORD, CLOSE -> Outcome.END;
                // The header alone tells: the rest need not come.
                case OVERSIZED_PROTECTED_RECORD, UNDECRYPTABLE_RECORD, TRUNCATED_PROTECTED_RECORD ->
                    new Outcome(Reason.APP_DATA_IN_HANDSHAKE, AlertDescription.UNEXPECTED_MESSAGE);
                case RECORD_OF_UNKNOWN_TYPE ->
                    new Outcome(Reason.UNEXPECTED_RECORD, AlertDescription.UNEXPECTED_MESSAGE);
                case PLAIN_ALERT -> Outcome.PEER_ALERT;
                default -> Outcome.NO_TLS;
            };
        }

        private Outcome underKeys() {
            return switch (deed) {
                case TRUNCATED_HEADER, TRUNCATED_RECORD, TRUNCATED_PROTECTED_RECORD, CLOSE -> Outcome.END;
                case OVERSIZED_RECORD, OVERSIZED_PROTECTED_RECORD ->
                    new Outcome(Reason.ENCRYPTED_LENGTH_TOO_LONG, AlertDescription.RECORD_OVERFLOW);
                case RECORD_OF_UNKNOWN_TYPE -> new Outcome(Reason.BAD_RECORD_TYPE, AlertDescription.UNEXPECTED_MESSAGE);
                case UNDECRYPTABLE_RECORD ->
                    new Outcome(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, AlertDescription.BAD_RECORD_MAC);
                // A client that fails over our ServerHello has no keys yet; at any other point an alert has to be
                // protected.
                case PLAIN_ALERT ->
                    weAreServer && flight == Flight.FINISHED
                            ? Outcome.PEER_ALERT
                            : new Outcome(Reason.BAD_RECORD_TYPE, AlertDescription.UNEXPECTED_MESSAGE);
                default -> Outcome.NO_TLS;
            };
        }
    }

    static List<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (Flight f : Flight.values()) {
            for (Deed d : Deed.values()) {
                for (boolean weAreServer : new boolean[] {true, false}) {
                    all.add(new Case(f, d, weAreServer, true));
                    all.add(new Case(f, d, weAreServer, false));
                }
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aBadPeerIsTurnedAwayWithTheRightAlert(Case c) throws Exception {
        try (Link link = Link.open();
                Ssl ssl = new Ssl(
                        c.weAreServer
                                ? OurEnd.server(Identity.ECDSA, null, null, "none")
                                : OurEnd.client(Identity.ECDSA, null, null, null));
                OurEnd ours = link.ours(ssl, c.blocking)) {
            if (!c.weAreServer) {
                ssl.setHostname(Identity.HOST);
            }
            CompletableFuture<String> alert = Link.aside(() -> {
                try (Socket socket = link.peer()) {
                    return c.flight == Flight.HELLO ? script(socket, c.deed) : turnBad(socket, c);
                }
            });
            int r = c.flight == Flight.DATA ? dataAfterHandshake(ours) : ours.tryHandshake();

            Outcome expected = c.expected();
            assertEquals(-1, r, ours::toString);
            assertEquals(SslError.SSL, ssl.getError(r));
            TlsException failure = assertInstanceOf(TlsException.class, ssl.failure());
            assertEquals(expected.reason, failure.reason(), failure::toString);

            // Once broken, broken: the same answer, and nothing more is read or sent.
            assertEquals(-1, ssl.read(new byte[1], 0, 1));
            assertEquals(SslError.SSL, ssl.getError(-1));
            assertEquals(failure, ssl.failure());

            ours.awaitEnd();
            assertEquals(
                    expected.alert == null ? null : expected.alert.name().toLowerCase(Locale.ROOT), Link.result(alert));
        }
    }

    private static int dataAfterHandshake(OurEnd ours) {
        ours.handshake();
        return ours.tryRead(new byte[100]);
    }

    /** A peer without any TLS: does the deed at once, and tells the alert that it gets. */
    private static String script(Socket socket, Deed deed) throws IOException {
        socket.getOutputStream().write(deed.bytes);
        if (deed.end) {
            socket.shutdownOutput();
        }
        byte[] received = socket.getInputStream().readAllBytes();
        List<Integer> alerts = new WireView(new byte[0], received).receivedAlerts();
        assertTrue(alerts.size() <= 1, "one alert at most");
        return alerts.isEmpty()
                ? null
                : AlertDescription.of(alerts.get(0)).name().toLowerCase(Locale.ROOT);
    }

    /** SunJSSE with its output cut; tells the alert that it reports. */
    private static String turnBad(Socket socket, Case c) throws IOException {
        CuttingOutput out = new CuttingOutput(socket);
        Wish wish = c.weAreServer
                ? Wish.client(Identity.ECDSA.issuer(), null, null, null)
                : Wish.server(Identity.ECDSA, null, null, null);
        EnginePeer peer = new EnginePeer(Library.SUN_JSSE.engine(wish), socket.getInputStream(), out, socket);
        if (c.flight == Flight.FINISHED) {
            out.cutAfter(1, c.deed.bytes, c.deed.end);
        }
        Exception e = assertThrows(IOException.class, () -> {
            peer.handshake();
            if (c.flight == Flight.DATA) {
                out.cutAfter(0, c.deed.bytes, c.deed.end);
                peer.write(new byte[10]);
            }
            peer.read(1);
        });
        if (e instanceof EOFException) {
            return null;
        }
        String received = "Received fatal alert: ";
        int at = String.valueOf(e.getMessage()).indexOf(received);
        assertTrue(at >= 0, () -> "SunJSSE: " + e);
        return e.getMessage().substring(at + received.length());
    }
}
