// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.KeyUpdateType;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.testkit.peer.PeerProgram;

/** Sizes of records, padding and key updates with openssl and GnuTLS: max_fragment_length (RFC 6066 §4), record_size_limit (RFC 8449), SSL_key_update(3). */
class RecordsProgramTest extends ProgramTest {
    private static final int TAG = 16;
    private static final int RECORD_HEADER = 256;

    private final List<Integer> sent = new ArrayList<>();
    private final List<Integer> received = new ArrayList<>();
    private int answers;

    /** Notes how long the content, type and padding of each protected record are, and counts the peer's key updates. */
    private void watch(Ssl ssl) {
        ssl.setMsgCallback(m -> {
            byte[] b = m.bytes();
            if (m.contentType() == RECORD_HEADER && b[0] == 23) {
                (m.sent() ? sent : received).add(((b[3] & 0xff) << 8 | b[4] & 0xff) - TAG);
            }
            answers += !m.sent() && m.contentType() == 22 && b[0] == 24 ? 1 : 0;
        });
    }

    private static int longest(List<Integer> lengths) {
        return lengths.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static String[] sClient(int port, String... more) {
        List<String> c = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        c.addAll(List.of("-servername", Identity.HOST, "-verify_return_error", "-tls1_3", "-brief"));
        c.addAll(List.of("-CAfile", pem(Identity.Kind.ECDSA, "ca.pem")));
        c.addAll(List.of(more));
        return c.toArray(new String[0]);
    }

    private static List<String> sServer(int port, String... more) {
        List<String> c =
                new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port, "-naccept", "1"));
        c.addAll(List.of("-cert", pem(Identity.Kind.ECDSA, "cert.pem"), "-key", pem(Identity.Kind.ECDSA, "key.pem")));
        c.addAll(List.of("-tls1_3", "-brief"));
        c.addAll(List.of(more));
        return c;
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2048, 4096})
    void sClientAsksForSmallRecords(int length) throws Exception {
        byte[] there = random(1);
        byte[] back = random(2);
        try (Door door = new Door();
                PeerProgram client = PeerProgram.start(sClient(door.port(), "-maxfraglen", "" + length));
                Ssl ssl = new Ssl(OurEnd.server(Identity.ECDSA, null, null, null))) {
            watch(ssl);
            try (OurEnd ours = door.accept(ssl, true)) {
                client.feed(there, false);
                ours.handshake();
                assertArrayEquals(there, ours.read(DATA));
                ours.write(back);
                assertArrayEquals(back, client.awaitOutput(DATA, PATIENCE));
                assertEquals(length, ssl.getMaxFragmentLength().bytes());
                assertEquals(length + 1, longest(sent));
                assertEquals(length + 1, longest(received));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void weAskSServerForSmallRecords(boolean blocking) throws Exception {
        byte[] back = random(4);
        try (Call call = Call.to(port -> sServer(port));
                PeerProgram server = call.server();
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, null, null, null))) {
            watch(ssl);
            ssl.setTlsextMaxFragmentLength(FragmentLength.BYTES_1024);
            ssl.setHostname(Identity.HOST);
            try (OurEnd ours = call.ours(ssl, blocking)) {
                ours.handshake();
                ours.write(back);
                assertArrayEquals(back, server.awaitOutput(DATA, PATIENCE));
                server.feed(back, false);
                assertArrayEquals(back, ours.read(DATA));
                assertEquals(FragmentLength.BYTES_1024, ssl.getMaxFragmentLength());
                assertEquals(1025, longest(sent));
                assertEquals(1025, longest(received));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sServerReadsPaddedRecordsAndAnswersKeyUpdates(boolean blocking) throws Exception {
        byte[] data = random(5);
        try (Call call = Call.to(port -> sServer(port, "-record_padding", "100"));
                PeerProgram server = call.server();
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, null, null, null))) {
            watch(ssl);
            ssl.setBlockPadding(1000);
            ssl.setHostname(Identity.HOST);
            try (OurEnd ours = call.ours(ssl, blocking)) {
                ours.handshake();
                for (int i = 1; i <= 5; i++) {
                    assertEquals(1, ssl.keyUpdate(i % 2 == 1 ? KeyUpdateType.REQUESTED : KeyUpdateType.NOT_REQUESTED));
                    ours.write(data);
                    server.awaitOutput(i * DATA, PATIENCE);
                    server.feed(data, false);
                    assertArrayEquals(data, ours.read(DATA));
                    assertEquals((i + 1) / 2, answers);
                }
                assertTrue(sent.stream().allMatch(n -> n % 1000 == 0 || n == 16_385), sent::toString);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1000, 4000})
    void gnutlsCliIsSentNoMoreThanItTakes(int size) throws Exception {
        byte[] there = Arrays.copyOf(random(7), 400); // gnutls-cli loses what has no room in one record
        byte[] back = random(8);
        try (Door door = new Door();
                PeerProgram client = PeerProgram.start(
                        "gnutls-cli",
                        "--port",
                        "" + door.port(),
                        "127.0.0.1",
                        "--x509cafile",
                        pem(Identity.Kind.ECDSA, "ca.pem"),
                        "--sni-hostname",
                        Identity.HOST,
                        "--verify-hostname",
                        Identity.HOST,
                        "--logfile",
                        directory.resolve("gnutls.log").toString(),
                        "--recordsize",
                        "" + size);
                Ssl ssl = new Ssl(OurEnd.server(Identity.ECDSA, null, null, null))) {
            watch(ssl);
            ssl.setRecordSizeLimit(600);
            try (OurEnd ours = door.accept(ssl, true)) {
                client.feed(there, false);
                ours.handshake();
                assertArrayEquals(there, ours.read(there.length));
                ours.write(back);
                assertArrayEquals(back, client.awaitOutput(DATA, PATIENCE));
                assertTrue(longest(sent) == size + 1 || longest(sent) == size, () -> "" + longest(sent));
                assertTrue(longest(received) <= 600, () -> "" + longest(received));
                assertEquals(FragmentLength.DISABLED, ssl.getMaxFragmentLength());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 900})
    void gnutlsServSendsNoMoreThanWeTake(int limit) throws Exception {
        try (Call call = Call.to(port -> List.of(
                        "gnutls-serv",
                        "--echo",
                        "--disable-client-cert",
                        "--port",
                        "" + port,
                        "--recordsize",
                        "600",
                        "--x509certfile",
                        pem(Identity.Kind.ECDSA, "cert.pem"),
                        "--x509keyfile",
                        pem(Identity.Kind.ECDSA, "key.pem")));
                PeerProgram serv = call.server();
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, null, null, null))) {
            assertTrue(serv.isAlive());
            watch(ssl);
            ssl.setRecordSizeLimit(limit);
            ssl.setHostname(Identity.HOST);
            try (OurEnd ours = call.ours(ssl, true)) {
                ours.handshake();
                byte[] line = new byte[450];
                Arrays.fill(line, (byte) 'x');
                line[449] = '\n';
                for (int i = 0; i < 10; i++) {
                    ours.write(line);
                    assertArrayEquals(line, ours.read(450));
                }
                assertTrue(longest(received) <= limit, () -> "" + longest(received));
            }
        }
    }
}
