// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.KeyUpdateType;
import org.libssl4j.MemoryPair;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.testkit.peer.EnginePeer;

/** Records as small and as padded as was agreed on or asked for, between both of ours and with other libraries. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordSizesTest {
    private static final int HEADER = 5;
    private static final int TAG = 16;
    private static final int DATA = 20_000;

    // ---- on the wire -----------------------------------------------------------------------------------------------

    /** The longest body of a protected record, its tag taken off. */
    private static int longest(byte[] wire) {
        int longest = 0;
        for (int at = 0; at + HEADER <= wire.length; ) {
            int body = (wire[at + 3] & 0xff) << 8 | wire[at + 4] & 0xff;
            if (wire[at] == 23) {
                longest = Math.max(longest, body - TAG);
            }
            at += HEADER + body;
        }
        return longest;
    }

    private static List<Integer> lengths(byte[] wire) {
        List<Integer> lengths = new ArrayList<>();
        for (int at = 0; at + HEADER <= wire.length; ) {
            int body = (wire[at + 3] & 0xff) << 8 | wire[at + 4] & 0xff;
            lengths.add(body - TAG);
            at += HEADER + body;
        }
        return lengths;
    }

    /** Both ends of ours, and what they have sent. */
    private static final class Both {
        private final MemoryBio toServer = new MemoryBio();
        private final MemoryBio toClient = new MemoryBio();
        private int clientsLongest;
        private int serversLongest;
        private final MemoryPair pair;

        Both(SslCtx client, SslCtx server) {
            pair = new MemoryPair(client, server, toServer, toClient);
            while (!pair.client.isInitFinished() || !pair.server.isInitFinished()) {
                pair.client.doHandshake();
                clientsLongest = Math.max(clientsLongest, longest(toServer.data()));
                pair.server.doHandshake();
                serversLongest = Math.max(serversLongest, longest(toClient.data()));
            }
            moves(pair.client, pair.server);
            moves(pair.server, pair.client);
        }

        private void moves(Ssl from, Ssl to) {
            byte[] data = new byte[DATA];
            assertEquals(DATA, from.write(data, 0, DATA));
            clientsLongest = Math.max(clientsLongest, longest(toServer.data()));
            serversLongest = Math.max(serversLongest, longest(toClient.data()));
            for (int n = 0; n < DATA; ) {
                int r = to.read(data, n, DATA - n);
                assertTrue(r > 0, () -> "" + to.failure());
                n += r;
            }
        }
    }

    @Test
    void eachSideSendsNoMoreThanTheOtherTakes() {
        SslCtx client = MemoryPair.clientCtx();
        SslCtx server = MemoryPair.serverCtx();
        client.setRecordSizeLimit(200);
        server.setRecordSizeLimit(3000);
        server.setBlockPadding(1024);
        Both both = new Both(client, server);
        assertEquals(200, both.serversLongest);
        assertEquals(3000, both.clientsLongest);
    }

    @Test
    void aSideThatDoesNotKnowTheExtensionIsNotBoundByIt() {
        SslCtx client = MemoryPair.clientCtx();
        SslCtx server = MemoryPair.serverCtx();
        client.setRecordSizeLimit(0);
        server.setRecordSizeLimit(3000);
        Both both = new Both(client, server);
        assertEquals(16_385, both.serversLongest);
        assertEquals(16_385, both.clientsLongest);
    }

    @ParameterizedTest
    @EnumSource(names = "DISABLED", mode = EnumSource.Mode.EXCLUDE)
    void aMaxFragmentLengthBindsBothSides(FragmentLength length) {
        SslCtx client = MemoryPair.clientCtx();
        SslCtx server = MemoryPair.serverCtx();
        client.setTlsextMaxFragmentLength(length);
        server.setRecordSizeLimit(0);
        Both both = new Both(client, server);
        assertEquals(length.bytes() + 1, both.serversLongest);
        assertEquals(length.bytes() + 1, both.clientsLongest);
        assertEquals(length, both.pair.client.getMaxFragmentLength());
        assertEquals(length, both.pair.server.getMaxFragmentLength());
    }

    @Test
    void aServerThatKnowsBothSendsRecordsAsSmallAllTheSame() {
        SslCtx client = MemoryPair.clientCtx();
        client.setTlsextMaxFragmentLength(FragmentLength.BYTES_512);
        Both both = new Both(client, MemoryPair.serverCtx());
        assertEquals(513, both.serversLongest);
        assertEquals(FragmentLength.DISABLED, both.pair.client.getMaxFragmentLength());
    }

    @Test
    void fragmentsAndPaddingMayBeChangedAtAnyTime() {
        Both both = new Both(MemoryPair.clientCtx(), MemoryPair.serverCtx());
        Ssl client = both.pair.client;
        client.setMaxSendFragment(512);
        client.write(new byte[1000], 0, 1000);
        client.setBlockPadding(100);
        client.write(new byte[10], 0, 10);
        client.setRecordPaddingCallback((ssl, type, length) -> ssl == client ? length : 0);
        client.write(new byte[10], 0, 10);
        client.setRecordPaddingCallback(null);
        client.setBlockPadding(0);
        client.setMaxSendFragment(16_384);
        client.write(new byte[1000], 0, 1000);
        assertEquals(List.of(513, 489, 100, 22, 1001), lengths(both.toServer.data()));
    }

    @Test
    void aCallbackThatFailsEndsTheConnection() {
        MemoryPair pair = MemoryPair.unbounded().connected();
        pair.client.setRecordPaddingCallback((ssl, type, length) -> {
            throw new IllegalStateException("no idea");
        });
        assertEquals(-1, pair.client.write(new byte[10], 0, 10));
        assertTrue(pair.client.failure().getMessage().contains("no idea"), () -> "" + pair.client.failure());
        assertEquals(-1, pair.server.read(new byte[10], 0, 10));
    }

    // ---- with others -----------------------------------------------------------------------------------------------

    private static SSLEngine small(SSLEngine e, int packet) {
        SSLParameters p = e.getSSLParameters();
        p.setMaximumPacketSize(packet);
        e.setSSLParameters(p);
        return e;
    }

    private static byte[] data(int seed) {
        byte[] b = new byte[DATA];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) (i * seed + (i >>> 8));
        }
        return b;
    }

    private static void echo(EnginePeer peer, OurEnd ours) throws Exception {
        CompletableFuture<byte[]> there = Link.aside(() -> {
            peer.handshake();
            byte[] b = peer.read(DATA);
            peer.write(data(5));
            return b;
        });
        ours.handshake();
        ours.write(data(3));
        assertArrayEquals(data(5), ours.read(DATA));
        assertArrayEquals(data(3), Link.result(there));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sunJsseAsksOurServerForSmallRecords(boolean blocking) throws Exception {
        SSLEngine engine = small(Library.SUN_JSSE.engine(Wish.client(Identity.ECDSA.issuer(), null, null, null)), 1500);
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(engine, link.peer());
                Ssl ssl = new Ssl(OurEnd.server(Identity.ECDSA, null, null, null));
                OurEnd ours = link.ours(ssl, blocking)) {
            echo(peer, ours);
            assertEquals(FragmentLength.BYTES_1024, ssl.getMaxFragmentLength());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void weAskSunJssesServerForSmallRecords(boolean blocking) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(
                        Library.SUN_JSSE.engine(Wish.server(Identity.ECDSA, null, null, null)), link.peer());
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, null, null, null));
                OurEnd ours = link.ours(ssl, blocking)) {
            ssl.setHostname(Identity.HOST);
            ssl.setTlsextMaxFragmentLength(FragmentLength.BYTES_512);
            echo(peer, ours);
            assertEquals(FragmentLength.BYTES_512, ssl.getMaxFragmentLength());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyLibraryReadsSmallAndPaddedRecordsOfOurs(Library library) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer =
                        new EnginePeer(library.engine(Wish.server(Identity.ECDSA, null, null, null)), link.peer());
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, null, null, null));
                OurEnd ours = link.ours(ssl, true)) {
            ssl.setHostname(Identity.HOST);
            ssl.setMaxSendFragment(700);
            ssl.setBlockPadding(512);
            echo(peer, ours);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyLibraryAnswersKeyUpdatesOfOurs(Library library) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer =
                        new EnginePeer(library.engine(Wish.server(Identity.ECDSA, null, null, null)), link.peer());
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, null, null, null));
                OurEnd ours = link.ours(ssl, true)) {
            ssl.setHostname(Identity.HOST);
            int[] answers = {0};
            ssl.setMsgCallback(m -> answers[0] += !m.sent() && m.contentType() == 22 && m.bytes()[0] == 24 ? 1 : 0);
            CompletableFuture<Void> there = Link.aside(() -> {
                peer.handshake();
                for (int i = 0; i < 6; i++) {
                    peer.write(peer.read(1000));
                }
                return null;
            });
            ours.handshake();
            for (int i = 0; i < 6; i++) {
                assertEquals(1, ssl.keyUpdate(i % 2 == 0 ? KeyUpdateType.REQUESTED : KeyUpdateType.NOT_REQUESTED));
                byte[] data = new byte[1000];
                data[i] = (byte) i;
                ours.write(data);
                assertArrayEquals(data, ours.read(1000));
            }
            Link.result(there);
            assertEquals(3, answers[0]);
        }
    }
}
