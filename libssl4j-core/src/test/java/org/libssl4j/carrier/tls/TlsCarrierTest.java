// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.config.Limits;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.TrafficSecret;
import org.libssl4j.message.HandshakeMessage;

/** Two carriers back to back, with the ciphers of the JDK. */
class TlsCarrierTest {
    /** How bytes go from one to the other: at most {@code step} at a time. */
    private record Line(TlsCarrier from, TlsCarrier to, int step, boolean readAhead) {
        /** Moves one step; whether anything moved. */
        boolean move() throws TlsException {
            int[] moved = {0};
            try {
                if (from.drained() || to.bytesWanted() == 0) {
                    return false;
                }
                to.fill(
                        (b, off, len) -> {
                            int n = from.drain((src, srcOff, srcLen) -> {
                                int k = Math.min(Math.min(srcLen, len), step);
                                System.arraycopy(src, srcOff, b, off, k);
                                return k;
                            });
                            moved[0] = n;
                            return n;
                        },
                        readAhead);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return moved[0] > 0;
        }
    }

    private static TlsCarrier carrier(Role role, Crypto crypto) {
        return new TlsCarrier(crypto, Observer.NONE, Limits.DEFAULT, RecordSettings.DEFAULT, role);
    }

    private static void keys(TlsCarrier writer, TlsCarrier reader, Epoch epoch, CipherSuite suite, int n)
            throws TlsException {
        TrafficSecret traffic = TestCrypto.traffic(suite, n);
        writer.install(epoch, Direction.WRITE, suite, traffic);
        reader.install(epoch, Direction.READ, suite, traffic);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_NONE,
            names = {".*_WITH_.*", ".*_CCM_.*"}) // TLS 1.3's, and the JDK's
    void dataGoOverWithEverySuiteInAnyPieces(CipherSuite suite) throws TlsException {
        Random random = new Random(suite.code());
        for (int step : new int[] {1, 7, 1000, 100_000}) {
            TlsCarrier a = carrier(Role.CLIENT, JcaCrypto.of(CryptoPolicy.JDK_ONLY));
            TlsCarrier b = carrier(Role.SERVER, TestCrypto.JDK);
            keys(a, b, Epoch.HANDSHAKE, suite, 1);
            keys(a, b, Epoch.APPLICATION, suite, 2);
            exchange(a, b, new Line(a, b, step, random.nextBoolean()), random, suite, step == 1 ? 40_000 : 400_000);
        }
    }

    /** Random writes, reads, looks and key updates, compared byte by byte. */
    private static void exchange(TlsCarrier a, TlsCarrier b, Line line, Random random, CipherSuite suite, int total)
            throws TlsException {
        byte[] sent = new byte[total];
        random.nextBytes(sent);
        byte[] got = new byte[total];
        byte[] chunk = new byte[20_000];
        ArrayDeque<TrafficSecret> next = new ArrayDeque<>();
        int out = 0;
        int in = 0;
        for (int turn = 0; in < total; turn++) {
            if (a.drained() && out < total) {
                out += a.seal(sent, out, Math.min(total - out, random.nextInt(random.nextBoolean() ? 50 : 20_000)));
                if (turn % 5 == 0) {
                    a.send(HandshakeMessage.received(Peer.message(24, 1)));
                    TrafficSecret traffic = TestCrypto.traffic(suite, turn & 0xff);
                    a.install(Epoch.APPLICATION, Direction.WRITE, suite, traffic);
                    next.add(traffic);
                }
            }
            line.move();
            int len = random.nextInt(chunk.length + 1);
            int looked = random.nextInt(4) == 0 ? b.openPeek(chunk, 0, len) : -1;
            int n = b.open(chunk, 0, len);
            if (looked >= 0) {
                assertEquals(looked, n);
            }
            System.arraycopy(chunk, 0, got, in, n);
            in += n;
            if (n == 0 && b.pending() == 0 && b.peek() != null) {
                b.consume();
                b.install(Epoch.APPLICATION, Direction.READ, suite, next.remove());
            }
        }
        assertArrayEquals(sent, got);
    }

    @Test
    void aHandshakesMessagesAndKeysGoOverBothWays() throws TlsException {
        CipherSuite suite = CipherSuite.TLS_AES_256_GCM_SHA384;
        for (int step : new int[] {1, 3, 100_000}) {
            TlsCarrier c = carrier(Role.CLIENT, TestCrypto.JDK);
            TlsCarrier s = carrier(Role.SERVER, JcaCrypto.of(CryptoPolicy.JDK_ONLY));
            Line toServer = new Line(c, s, step, false);
            Line toClient = new Line(s, c, step, true);
            send(c, Peer.message(1, 1700));
            receive(toServer, Peer.message(1, 1700));
            send(s, Peer.message(2, 90));
            s.send(HandshakeMessage.CHANGE_CIPHER_SPEC);
            s.install(Epoch.HANDSHAKE, Direction.READ, suite, TestCrypto.traffic(suite, 1));
            s.install(Epoch.HANDSHAKE, Direction.WRITE, suite, TestCrypto.traffic(suite, 2));
            send(s, Peer.message(8, 20), Peer.message(11, 30_000), Peer.message(15, 300), Peer.message(20, 48));
            s.install(Epoch.APPLICATION, Direction.WRITE, suite, TestCrypto.traffic(suite, 3));
            receive(toClient, Peer.message(2, 90));
            c.install(Epoch.HANDSHAKE, Direction.READ, suite, TestCrypto.traffic(suite, 2));
            c.send(HandshakeMessage.CHANGE_CIPHER_SPEC);
            c.install(Epoch.HANDSHAKE, Direction.WRITE, suite, TestCrypto.traffic(suite, 1));
            receive(
                    toClient,
                    Peer.message(8, 20),
                    Peer.message(11, 30_000),
                    Peer.message(15, 300),
                    Peer.message(20, 48));
            c.install(Epoch.APPLICATION, Direction.READ, suite, TestCrypto.traffic(suite, 3));
            send(c, Peer.message(20, 48));
            c.install(Epoch.APPLICATION, Direction.WRITE, suite, TestCrypto.traffic(suite, 4));
            receive(toServer, Peer.message(20, 48));
            s.install(Epoch.APPLICATION, Direction.READ, suite, TestCrypto.traffic(suite, 4));
            c.alert(AlertDescription.CLOSE_NOTIFY);
            while (toServer.move()) {
                assertNull(s.peek());
            }
            assertNull(s.peek());
            assertEquals(true, s.closeNotifyReceived());
        }
    }

    private static void send(TlsCarrier from, byte[]... messages) throws TlsException {
        for (byte[] m : messages) {
            from.send(HandshakeMessage.received(m));
        }
        from.endFlight();
    }

    private static void receive(Line line, byte[]... messages) throws TlsException {
        for (byte[] m : messages) {
            HandshakeMessage got = line.to().peek();
            while (got == null && line.move()) {
                got = line.to().peek();
            }
            assertArrayEquals(m, got.raw());
            line.to().consume();
        }
    }

    @Test
    void oneThreadMayReadWhileAnotherWrites() throws Exception {
        TlsCarrier a = carrier(Role.CLIENT, TestCrypto.JDK);
        keys(a, a, Epoch.APPLICATION, CipherSuite.TLS_AES_128_GCM_SHA256, 7);
        MemoryBio pipe = new MemoryBio(30_000);
        int total = 3_000_000;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try {
                byte[] block = new byte[10_000];
                for (int sent = 0; sent < total; sent += block.length) {
                    java.util.Arrays.fill(block, (byte) (sent / block.length));
                    a.seal(block, 0, block.length);
                    while (!a.drained()) {
                        a.drain(pipe::write);
                        Thread.yield();
                    }
                }
            } catch (Throwable t) {
                failure.set(t);
            }
        });
        writer.start();
        byte[] b = new byte[20_000];
        int got = 0;
        while (got < total && failure.get() == null) {
            int n = a.open(b, 0, b.length);
            for (int i = 0; i < n; i++) {
                assertEquals((byte) ((got + i) / 10_000), b[i]);
            }
            got += n;
            if (n == 0 && a.fill(pipe::read, got % 20_000 == 0) < 0) {
                Thread.yield();
            }
        }
        writer.join();
        assertNull(failure.get());
        assertEquals(total, got);
    }

    @Test
    void aClosedCarrierRefusesAllWork() throws TlsException {
        TlsCarrier a = carrier(Role.CLIENT, TestCrypto.JDK);
        keys(a, a, Epoch.APPLICATION, CipherSuite.TLS_AES_128_GCM_SHA256, 7);
        a.close();
        a.close();
        assertThrows(TlsException.class, a::peek);
        assertThrows(TlsException.class, () -> a.open(new byte[5], 0, 5));
        assertThrows(TlsException.class, () -> a.seal(new byte[5], 0, 5));
        a.alert(AlertDescription.INTERNAL_ERROR);
        assertEquals(true, a.drained());
        assertFalse(a.hasPending());
    }

    @Test
    void aFailedConnectionKeepsNoKeys() throws Exception {
        for (boolean alert : new boolean[] {true, false}) {
            int[] open = {0};
            Crypto counting = (Crypto) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Crypto.class}, (proxy, method, args) -> {
                        if (!method.getName().equals("aead")) {
                            return method.invoke(TestCrypto.XOR, args);
                        }
                        open[0]++;
                        Object aead = method.invoke(TestCrypto.XOR, args);
                        return Proxy.newProxyInstance(
                                getClass().getClassLoader(), new Class<?>[] {Aead.class}, (p, m, a) -> {
                                    open[0] -= m.getName().equals("close") ? 1 : 0;
                                    return m.invoke(aead, a);
                                });
                    });
            TlsCarrier carrier =
                    new TlsCarrier(counting, Observer.NONE, Limits.DEFAULT, RecordSettings.DEFAULT, Role.CLIENT);
            for (Direction d : Direction.values()) {
                carrier.install(Epoch.APPLICATION, d, Peer.SUITE, TestCrypto.traffic(Peer.SUITE, 3));
            }
            assertEquals(2, open[0]);
            if (alert) {
                carrier.alert(AlertDescription.DECODE_ERROR);
            }
            carrier.retire(new TlsException(AlertDescription.DECODE_ERROR, Reason.BAD_PACKET, "a fault"));
            assertTrue(open[0] <= 0, "each key is wiped, once or more");
            assertEquals(!alert, carrier.drained(), "the alert is protected already and can still be taken");
            assertThrows(TlsException.class, carrier::peek);
            carrier.close();
        }
    }
}
