// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.spi.InfoCb;

/** Key updates that we begin (SSL_key_update(3); RFC 9846 §4.7.3, §5.5), between a client and a server of ours. */
class KeyUpdateTest {
    private static final int HANDSHAKE = 22;
    private static final int KEY_UPDATE = 24;

    /** "sent 0", "received 1": the key updates of the client, with what they ask for. */
    private final List<String> updates = new ArrayList<>();

    private final List<String> states = new ArrayList<>();

    private MemoryPair pair() {
        return pair(MemoryPair.clientCtx(), 1 << 20);
    }

    private MemoryPair pair(SslCtx clientCtx, int room) {
        clientCtx.setMsgCallback(m -> {
            if (m.contentType() == HANDSHAKE && m.bytes()[0] == KEY_UPDATE) {
                updates.add((m.sent() ? "sent " : "received ") + m.bytes()[4]);
            }
        });
        return new MemoryPair(clientCtx, MemoryPair.serverCtx(), new MemoryBio(room), new MemoryBio(room));
    }

    private static void refused(Ssl ssl, KeyUpdateType type, Reason reason) {
        assertEquals(0, ssl.keyUpdate(type));
        assertEquals(SslError.SSL, ssl.getError(0));
        assertEquals(reason, assertInstanceOf(TlsException.class, ssl.failure()).reason());
    }

    private static void moves(Ssl from, Ssl to, int bytes) {
        byte[] data = new byte[bytes];
        Arrays.fill(data, (byte) bytes);
        assertEquals(bytes, from.write(data, 0, bytes), () -> "" + from.failure());
        byte[] got = new byte[bytes];
        for (int n = 0; n < bytes; ) {
            int r = to.read(got, n, bytes - n);
            assertTrue(r > 0, () -> "" + to.failure());
            n += r;
        }
        assertArrayEquals(data, got);
    }

    // ---- when it may be asked for ----------------------------------------------------------------------------------

    @Test
    void anUpdateBeforeTheHandshakeIsCompleteIsRefused() {
        MemoryPair pair = pair();
        refused(pair.client, KeyUpdateType.REQUESTED, Reason.STILL_IN_INIT);
        pair.client.doHandshake();
        refused(pair.client, KeyUpdateType.REQUESTED, Reason.STILL_IN_INIT);
        pair.connected();
        assertEquals(1, pair.client.keyUpdate(KeyUpdateType.REQUESTED));
    }

    @Test
    void anUpdateIsRefusedInTls12WhichHasNone() {
        SslCtx ctx = MemoryPair.clientCtx();
        ctx.setMaxProtoVersion(ProtocolVersion.TLS1_2);
        MemoryPair pair = pair(ctx, 1 << 20);
        pair.connected();
        for (Ssl ssl : List.of(pair.client, pair.server)) {
            refused(ssl, KeyUpdateType.REQUESTED, Reason.WRONG_SSL_VERSION);
            refused(ssl, KeyUpdateType.NOT_REQUESTED, Reason.WRONG_SSL_VERSION);
            assertEquals(KeyUpdateType.NONE, ssl.getKeyUpdateType());
        }
        moves(pair.client, pair.server, 100);
        moves(pair.server, pair.client, 100);
    }

    @Test
    void anUpdateOfNoTypeIsRefused() {
        refused(pair().connected().client, KeyUpdateType.NONE, Reason.INVALID_KEY_UPDATE_TYPE);
    }

    @Test
    void anUpdateWhileOneWaitsIsRefusedAndTheFirstStays() {
        Ssl client = pair().connected().client;
        assertEquals(1, client.keyUpdate(KeyUpdateType.NOT_REQUESTED));
        assertFalse(client.isInitFinished());
        refused(client, KeyUpdateType.REQUESTED, Reason.STILL_IN_INIT);
        assertEquals(KeyUpdateType.NOT_REQUESTED, client.getKeyUpdateType());
        assertEquals(1, client.doHandshake());
        assertTrue(client.isInitFinished());
    }

    @Test
    void anUpdateWhileAWriteIsToBeCalledAgainIsRefused() {
        MemoryPair pair = pair(MemoryPair.clientCtx(), 5_000).connected();
        byte[] data = new byte[8_000];
        assertEquals(-1, pair.client.write(data, 0, data.length));
        assertEquals(SslError.WANT_WRITE, pair.client.getError(-1));
        refused(pair.client, KeyUpdateType.NOT_REQUESTED, Reason.BAD_WRITE_RETRY);
        assertEquals(KeyUpdateType.NONE, pair.client.getKeyUpdateType());
        pair.server.read(new byte[10], 0, 10);
        assertEquals(8_000, pair.client.write(data, 0, data.length));
        assertEquals(List.of(), updates);
    }

    @Test
    void anUpdateOfAClosedConnectionIsRefused() {
        Ssl client = pair().connected().client;
        client.close();
        assertEquals(0, client.keyUpdate(KeyUpdateType.REQUESTED));
        assertEquals(SslError.SYSCALL, client.getError(0));
    }

    @Test
    void aNullTypeIsABugOfTheCallers() {
        Ssl client = pair().connected().client;
        assertThrows(NullPointerException.class, () -> client.keyUpdate(null));
    }

    // ---- when it is sent -------------------------------------------------------------------------------------------

    @Test
    void nothingIsSentUntilTheNextCall() {
        MemoryPair pair = pair().connected();
        int before = pair.toServer.pending();
        assertEquals(1, pair.client.keyUpdate(KeyUpdateType.REQUESTED));
        assertEquals(before, pair.toServer.pending());
        assertEquals(KeyUpdateType.REQUESTED, pair.client.getKeyUpdateType());
        assertEquals(1, pair.client.doHandshake());
        assertEquals(KeyUpdateType.NONE, pair.client.getKeyUpdateType());
        assertEquals(before + 5 + 5 + 17, pair.toServer.pending());
        assertEquals(List.of("sent 1"), updates);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_REQUESTED", "REQUESTED"})
    void aWriteSendsItFirstAndDataGoOnBothWays(KeyUpdateType type) {
        MemoryPair pair = pair().connected();
        for (int round = 0; round < 3; round++) {
            assertEquals(1, pair.client.keyUpdate(type));
            moves(pair.client, pair.server, 20_000);
            moves(pair.server, pair.client, 300);
        }
        assertEquals(
                type == KeyUpdateType.REQUESTED
                        ? List.of("sent 1", "received 0", "sent 1", "received 0", "sent 1", "received 0")
                        : List.of("sent 0", "sent 0", "sent 0"),
                updates);
    }

    @Test
    void aReadSendsItAsWell() {
        MemoryPair pair = pair().connected();
        assertEquals(1, pair.client.keyUpdate(KeyUpdateType.REQUESTED));
        byte[] b = new byte[10];
        assertEquals(-1, pair.client.read(b, 0, 10));
        assertEquals(SslError.WANT_READ, pair.client.getError(-1));
        assertEquals(List.of("sent 1"), updates);
        moves(pair.server, pair.client, 3);
        assertEquals(KeyUpdateType.NONE, pair.client.getKeyUpdateType());
    }

    @Test
    void aReadDoesNotWaitForRoomToSendIt() {
        MemoryPair pair = pair(MemoryPair.clientCtx(), 5_000).connected();
        pair.server.write(new byte[] {1, 2, 3}, 0, 3);
        pair.client.write(new byte[4_960], 0, 4_960);
        assertEquals(1, pair.client.keyUpdate(KeyUpdateType.REQUESTED));
        assertEquals(3, pair.client.read(new byte[10], 0, 10));
        assertEquals(-1, pair.client.doHandshake());
        assertEquals(SslError.WANT_WRITE, pair.client.getError(-1));
        pair.server.read(new byte[5_000], 0, 5_000);
        assertEquals(1, pair.client.doHandshake());
        moves(pair.client, pair.server, 9);
        assertEquals(List.of("sent 1"), updates);
    }

    @Test
    void aWriteOfNothingSendsIt() {
        MemoryPair pair = pair().connected();
        assertEquals(1, pair.client.keyUpdate(KeyUpdateType.NOT_REQUESTED));
        assertEquals(0, pair.client.write(new byte[0], 0, 0));
        assertEquals(List.of("sent 0"), updates);
    }

    @Test
    void bothMayUpdateAtOnce() {
        MemoryPair pair = pair().connected();
        assertEquals(1, pair.client.keyUpdate(KeyUpdateType.REQUESTED));
        assertEquals(1, pair.server.keyUpdate(KeyUpdateType.REQUESTED));
        assertEquals(1, pair.client.doHandshake());
        assertEquals(1, pair.server.doHandshake());
        moves(pair.client, pair.server, 5);
        moves(pair.server, pair.client, 5);
        moves(pair.client, pair.server, 5);
        assertEquals(List.of("sent 1", "received 1", "received 0", "sent 0"), updates);
    }

    @Test
    void theInfoCallbackIsToldTheStatesButNoSecondEndOfTheHandshake() {
        SslCtx ctx = MemoryPair.clientCtx();
        ctx.setInfoCallback((where, ret, state) -> {
            if ((where & InfoCb.LOOP) != 0 || where == InfoCb.HANDSHAKE_DONE || where == InfoCb.HANDSHAKE_START) {
                states.add((where == InfoCb.HANDSHAKE_DONE ? "done " : "") + state);
            }
        });
        MemoryPair pair = pair(ctx, 1 << 20).connected();
        states.clear();
        assertEquals(1, pair.client.keyUpdate(KeyUpdateType.REQUESTED));
        moves(pair.client, pair.server, 1);
        assertEquals(List.of("SSL negotiation finished successfully", "TLSv1.3 write client key update"), states);
        states.clear();
        moves(pair.server, pair.client, 1);
        assertEquals(List.of("SSL negotiation finished successfully", "TLSv1.3 read server key update"), states);
    }

    @Test
    void severalRequestsWhileWeAreSilentGetOneAnswerWithTheNextData() {
        MemoryPair pair = pair().connected();
        for (int i = 0; i < 5; i++) {
            assertEquals(1, pair.server.keyUpdate(KeyUpdateType.REQUESTED));
            moves(pair.server, pair.client, 10);
        }
        assertEquals(KeyUpdateType.NOT_REQUESTED, pair.client.getKeyUpdateType());
        assertTrue(pair.client.isInitFinished());
        moves(pair.client, pair.server, 10);
        moves(pair.client, pair.server, 10);
        assertEquals(List.of("received 1", "received 1", "received 1", "received 1", "received 1", "sent 0"), updates);
        assertEquals(KeyUpdateType.NONE, pair.client.getKeyUpdateType());
    }

    // ---- by itself -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 16, 100})
    void keysAreUpdatedBeforeTheyHaveSealedAsMuchAsTheyMay(int limit) {
        SslCtx ctx = MemoryPair.clientCtx();
        ctx.setRecordsPerKey(limit);
        MemoryPair pair = pair(ctx, 1 << 20).connected();
        int perKey = limit - Math.max(1, limit / 8);
        for (int i = 0; i < 5 * perKey; i++) {
            moves(pair.client, pair.server, 10);
        }
        // The update itself is a record under the old keys.
        assertEquals(4, updates.size());
        assertTrue(updates.stream().allMatch("sent 0"::equals), updates::toString);
        moves(pair.server, pair.client, 10);
    }

    @Test
    void oneLongWriteUpdatesKeysOnItsWay() {
        SslCtx ctx = MemoryPair.clientCtx();
        ctx.setRecordsPerKey(8);
        ctx.setMaxSendFragment(512);
        MemoryPair pair = pair(ctx, 1 << 20).connected();
        moves(pair.client, pair.server, 100_000);
        assertEquals((100_000 / 512 + 1) / 7, updates.size(), 1);
        assertNull(pair.client.failure());
    }

    @Test
    void anUpdateOnDemandGoesBeforeOneThatIsDue() {
        SslCtx ctx = MemoryPair.clientCtx();
        ctx.setRecordsPerKey(8);
        MemoryPair pair = pair(ctx, 1 << 20).connected();
        for (int i = 0; i < 7; i++) {
            moves(pair.client, pair.server, 1);
        }
        assertEquals(1, pair.client.keyUpdate(KeyUpdateType.REQUESTED));
        moves(pair.client, pair.server, 1);
        assertEquals(List.of("sent 1"), updates);
    }
}
