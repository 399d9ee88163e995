// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.carrier.tls.Peer.DATA;
import static org.libssl4j.carrier.tls.Peer.HANDSHAKE;
import static org.libssl4j.carrier.tls.Peer.data;
import static org.libssl4j.carrier.tls.Peer.header;
import static org.libssl4j.carrier.tls.Peer.message;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.config.Limits;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.DataCarrier;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.Keys;

/** What a connection holds, what it wipes, and what it allocates. */
class BufferTest {
    /** All arrays that the pool has, taken out of it. */
    private static List<byte[]> pooled(BufferPool pool) {
        List<byte[]> all = new ArrayList<>();
        for (int size : new int[] {BufferPool.SMALL, BufferPool.LARGE}) {
            for (byte[] b = pool.take(size); isUsed(b); b = pool.take(size)) {
                all.add(b);
            }
        }
        return all;
    }

    // The pool's arrays are marked in their last byte, which no record reaches.
    private static boolean isUsed(byte[] b) {
        return b[b.length - 1] == 77;
    }

    private static void mark(BufferPool pool) {
        for (int size : new int[] {BufferPool.SMALL, BufferPool.LARGE}) {
            for (int i = 0; i < 4; i++) {
                byte[] b = new byte[size];
                b[size - 1] = 77;
                pool.give(b);
            }
        }
    }

    @Test
    void aPoolGivesBackWhatItWasGiven() {
        BufferPool pool = new BufferPool(2);
        byte[] b = pool.take(100);
        assertEquals(BufferPool.SMALL, b.length);
        pool.give(b);
        assertSame(b, pool.take(BufferPool.SMALL));
        assertEquals(BufferPool.LARGE, pool.take(BufferPool.SMALL + 1).length);
        assertEquals(50_000, pool.take(50_000).length);
    }

    @Test
    void aFullPoolAndForeignSizesGoToTheCollector() {
        BufferPool pool = new BufferPool(1);
        byte[] first = new byte[BufferPool.SMALL];
        pool.give(first);
        pool.give(new byte[BufferPool.SMALL]);
        pool.give(new byte[50]);
        assertSame(first, pool.take(1));
        assertNotSame(first, pool.take(1));
    }

    @Test
    void anIdleConnectionHoldsNoBuffer() throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.HANDSHAKE);
        mark(peer.pool);
        peer.bring(peer.sealed(HANDSHAKE, message(11, 9000)));
        peer.take();
        peer.keys(Epoch.APPLICATION);
        peer.carrier.install(Epoch.APPLICATION, Direction.WRITE, Peer.SUITE, TestCrypto.traffic(Peer.SUITE, 9));
        peer.bring(peer.sealed(DATA, data(16_384)), peer.sealed(DATA, data(10)));
        byte[] b = new byte[100];
        for (int n = 0; n < 16_394; ) {
            n += peer.read(b);
        }
        peer.carrier.seal(data(16_384), 0, 16_384);
        peer.output();
        peer.feed(10, false);
        assertEquals(8, pooled(peer.pool).size());
    }

    @Test
    void anIdleConnectionHoldsNoBufferWhileItWaitsForAHeaderEither() throws Exception {
        Peer peer = Peer.ofClient().keys(Epoch.APPLICATION);
        mark(peer.pool);
        peer.carrier.fill(
                (b, off, len) -> {
                    assertEquals(5, b.length);
                    b[off] = 23;
                    return 1;
                },
                false);
        assertEquals(4, peer.carrier.bytesWanted());
        assertEquals(8, pooled(peer.pool).size());
    }

    @Test
    void afterCloseNotifyNoBufferIsHeldForWhatIsIgnored() throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.APPLICATION);
        mark(peer.pool);
        peer.bring(peer.sealed(Peer.ALERT, (byte) 1, (byte) 0), new byte[500]);
        peer.feed(1000, true);
        peer.peek();
        assertTrue(peer.carrier.closeNotifyReceived());
        assertEquals(8, pooled(peer.pool).size());
    }

    @Test
    void plaintextIsWipedBeforeItsArrayGoesBack() throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.APPLICATION);
        mark(peer.pool);
        List<byte[]> arrays = pooled(peer.pool);
        arrays.forEach(peer.pool::give);
        byte[] secret = new byte[16_384];
        java.util.Arrays.fill(secret, (byte) 0x5a);
        peer.bring(peer.sealed(DATA, secret), peer.sealed(HANDSHAKE, message(4, 300)));
        byte[] b = new byte[1000];
        for (int n = 0; n < secret.length; ) {
            n += peer.read(b);
        }
        peer.carrier.install(Epoch.APPLICATION, Direction.WRITE, Peer.SUITE, TestCrypto.traffic(Peer.SUITE, 9));
        peer.carrier.seal(secret, 0, secret.length);
        peer.output();
        peer.carrier.send(org.libssl4j.message.HandshakeMessage.received(java.util.Arrays.copyOf(secret, 10_000)));
        peer.carrier.close();
        assertEquals(8, arrays.size());
        for (byte[] array : arrays) {
            assertTrue(longestRun(array, (byte) 0x5a) < 8);
        }
    }

    @Test
    void plaintextThatNobodyReadIsWipedByClose() throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.APPLICATION);
        mark(peer.pool);
        List<byte[]> arrays = pooled(peer.pool);
        arrays.forEach(peer.pool::give);
        byte[] secret = new byte[16_384];
        java.util.Arrays.fill(secret, (byte) 0x5a);
        peer.bring(peer.sealed(DATA, secret));
        byte[] b = new byte[1000];
        assertTrue(peer.read(b) > 0);
        assertTrue(arrays.stream().anyMatch(a -> longestRun(a, (byte) 0x5a) > 10_000), "the rest is there to be read");
        peer.carrier.close();
        assertTrue(arrays.stream().allMatch(a -> longestRun(a, (byte) 0x5a) < 8));
    }

    // As when a watchdog's thread closes a connection that another thread reads from: the read still ends in its array.
    @Test
    void aCloseInTheMidstOfAReadLendsTheArrayToNobody() throws Exception {
        Peer peer = Peer.ofClient().keys(Epoch.APPLICATION);
        mark(peer.pool);
        peer.bring(header(DATA, 0x0303, 600));
        peer.feed(5, false);
        byte[][] into = new byte[1][];
        peer.carrier.fill(
                (b, off, len) -> {
                    peer.carrier.close();
                    into[0] = b;
                    return len;
                },
                false);
        assertTrue(isUsed(into[0]), "the array was the pool's");
        List<byte[]> arrays = pooled(peer.pool);
        assertEquals(7, arrays.size());
        arrays.forEach(b -> assertNotSame(into[0], b));
    }

    @Test
    void aCloseInTheMidstOfAWriteLendsTheArrayToNobody() throws Exception {
        Peer peer = Peer.ofClient().keys(Epoch.APPLICATION);
        mark(peer.pool);
        peer.carrier.install(Epoch.APPLICATION, Direction.WRITE, Peer.SUITE, TestCrypto.traffic(Peer.SUITE, 9));
        peer.carrier.seal(new byte[500], 0, 500);
        byte[][] from = new byte[1][];
        peer.carrier.drain((b, off, len) -> {
            peer.carrier.close();
            from[0] = b;
            return len;
        });
        assertTrue(isUsed(from[0]), "the array was the pool's");
        assertTrue(peer.carrier.drained());
        pooled(peer.pool).forEach(b -> assertNotSame(from[0], b));
    }

    private static int longestRun(byte[] b, byte value) {
        int longest = 0;
        int run = 0;
        for (byte x : b) {
            run = x == value ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    @Test
    void aHeaderAloneMakesNoMoreRoomThanARecordNeeds() throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.APPLICATION);
        peer.bring(header(DATA, 0x0303, 16_640));
        peer.feed(5, false);
        assertEquals(16_640, peer.carrier.bytesWanted());
        peer.bring(new byte[1]);
        peer.feed(1, false);
        assertArrayEquals(new int[] {16_639}, new int[] {peer.carrier.bytesWanted()});
    }

    // ---- allocation ------------------------------------------------------------------------------------------------

    /** Two carriers joined by an array, with nothing allocated on the way. */
    private static final class Loop implements DataCarrier.Sink, DataCarrier.Source {
        private final TlsCarrier a =
                new TlsCarrier(TestCrypto.XOR, Observer.NONE, Limits.DEFAULT, RecordSettings.DEFAULT, Role.CLIENT);
        private final TlsCarrier b =
                new TlsCarrier(TestCrypto.XOR, Observer.NONE, Limits.DEFAULT, RecordSettings.DEFAULT, Role.SERVER);
        private final byte[] line = new byte[20_000];
        private int start;
        private int end;

        Loop(CipherSuite suite) throws TlsException {
            boolean tls13 = suite.fits(ProtocolVersion.TLS1_3);
            for (TlsCarrier c : List.of(a, b)) {
                c.version(tls13 ? ProtocolVersion.TLS1_3 : ProtocolVersion.TLS1_2);
            }
            Keys keys = tls13 ? TestCrypto.traffic(suite, 5) : TestCrypto.half(suite, 5);
            a.install(Epoch.APPLICATION, Direction.WRITE, suite, keys);
            b.install(Epoch.APPLICATION, Direction.READ, suite, keys);
        }

        @Override
        public int write(byte[] x, int off, int len) {
            System.arraycopy(x, off, line, end, len);
            end += len;
            return len;
        }

        @Override
        public int read(byte[] x, int off, int len) {
            int n = Math.min(len, end - start);
            System.arraycopy(line, start, x, off, n);
            start += n;
            if (start == end) {
                start = 0;
                end = 0;
            }
            return n;
        }

        void record(byte[] src, int length, byte[] dst) throws Exception {
            a.seal(src, 0, length);
            a.drain(this);
            for (int got = 0; got < length; ) {
                int n = b.open(dst, 0, dst.length);
                got += n;
                if (n == 0) {
                    b.fill(this, false);
                }
            }
        }
    }

    private static double bytesPerRecord(CipherSuite suite, int length, int room) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Loop loop = new Loop(suite);
        byte[] src = data(length);
        byte[] dst = new byte[room];
        for (int i = 0; i < 500; i++) {
            loop.record(src, length, dst);
        }
        int rounds = 500;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            loop.record(src, length, dst);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / (double) rounds;
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"})
    void aRecordAllocatesNothingOfOurOwn(CipherSuite suite) throws Exception {
        assertTrue(bytesPerRecord(suite, 16_384, 16_400) < 1, "straight into the caller's array");
        assertTrue(bytesPerRecord(suite, 16_384, 8192) < 1, "through our own");
        assertTrue(bytesPerRecord(suite, 100, 8192) < 1, "small records");
    }

    @Test
    void aFaultGivesEverythingBack() throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.APPLICATION);
        mark(peer.pool);
        byte[] record = peer.sealed(DATA, data(5000));
        record[100]++;
        peer.bring(record, new byte[10]);
        peer.refused(AlertDescription.BAD_RECORD_MAC, org.libssl4j.fault.Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
        assertEquals(8, pooled(peer.pool).size());
    }
}
