// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.BioPair;
import org.libssl4j.bio.BufferBio;
import org.libssl4j.bio.PairedBio;
import org.libssl4j.bio.SocketBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.interop.Identity;

/** What BIO_s_bio(3) and BIO_f_buffer(3) are for: TLS over Bios that need no socket. */
@Timeout(120)
class BioPairTlsTest {
    private static final int MOST_TURNS = 1_000_000; // a byte each is less than that

    private static Ssl client(Bio bio) {
        Ssl ssl = new Ssl(MemoryPair.clientCtx());
        ssl.setHostname(Identity.HOST);
        ssl.setBio(bio, bio);
        ssl.setConnectState();
        return ssl;
    }

    private static Ssl server(Bio bio) {
        Ssl ssl = new Ssl(MemoryPair.serverCtx());
        ssl.setBio(bio, bio);
        ssl.setAcceptState();
        return ssl;
    }

    private static Bio buffered(Bio bio) {
        return new BufferBio().push(bio);
    }

    /** What happens between the turns of the two sides. */
    private interface Carrier {
        void carry() throws IOException;
    }

    /** The handshake, data in both directions at once, and both close_notify, in this thread. */
    private static void talk(Ssl client, Ssl server, Carrier carrier) throws IOException {
        byte[] up = random(40_001, 1);
        byte[] down = random(30_002, 2);
        byte[] gotUp = new byte[up.length];
        byte[] gotDown = new byte[down.length];
        int turn = 0;
        int[] at = new int[4]; // written up, written down, read up, read down
        while (at[2] < up.length || at[3] < down.length) {
            at[0] += write(client, up, at[0]);
            carrier.carry();
            at[1] += write(server, down, at[1]);
            at[2] += read(server, gotUp, at[2]);
            carrier.carry();
            at[3] += read(client, gotDown, at[3]);
            assertTrue(turn++ < MOST_TURNS, () -> client + ", " + server + " " + Arrays.toString(at));
        }
        assertArrayEquals(up, gotUp);
        assertArrayEquals(down, gotDown);
        assertEquals("TLSv1.3", client.getVersion());
        for (int c = 0, s = 0; c != 1 || s != 1; turn++) {
            c = shutdown(client);
            carrier.carry();
            s = shutdown(server);
            carrier.carry();
            assertTrue(turn < MOST_TURNS, () -> client + ", " + server);
        }
    }

    private static byte[] random(int n, int seed) {
        byte[] b = new byte[n];
        new Random(seed).nextBytes(b);
        return b;
    }

    private static int moved(Ssl ssl, int n) {
        SslError e = ssl.getError(n);
        assertTrue(n > 0 || e == SslError.WANT_READ || e == SslError.WANT_WRITE, () -> e + ": " + ssl.failure());
        return Math.max(n, 0);
    }

    private static int write(Ssl ssl, byte[] b, int from) {
        return from == b.length ? 0 : moved(ssl, ssl.write(b, from, Math.min(5000, b.length - from)));
    }

    private static int read(Ssl ssl, byte[] b, int from) {
        return from == b.length ? 0 : moved(ssl, ssl.read(b, from, Math.min(3000, b.length - from)));
    }

    /** Reads meanwhile, as an application has to: what the other side is still sending may fill its way to here. */
    private static int shutdown(Ssl ssl) {
        int n = ssl.shutdown();
        if (n == 1) {
            return 1;
        }
        if (n < 0) {
            moved(ssl, n);
        }
        int end = ssl.read(new byte[1], 0, 1);
        assertTrue(end <= 0);
        if (end < 0) {
            moved(ssl, end);
        }
        return 0;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 7", "1, 17408", "17408, 7", "17408, 17408"})
    void twoConnectionsTalkOverTheTwoHalves(int up, int down) throws IOException {
        BioPair pair = BioPair.of(up, down);
        talk(client(pair.first()), server(pair.second()), () -> {});
        assertEquals(0, pair.first().pending() + pair.second().pending());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 7", "1, 17408", "17408, 7", "17408, 17408"})
    void andWithBuffersBetween(int up, int down) throws IOException {
        BioPair pair = BioPair.of(up, down);
        talk(client(buffered(pair.first())), server(buffered(pair.second())), () -> {});
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 17 * 1024})
    void anApplicationCarriesTheBytesWithoutCopyingThemTwice(int size) throws IOException {
        BioPair here = BioPair.of(size, size);
        BioPair there = BioPair.of(size, size);
        talk(client(buffered(here.first())), server(there.first()), () -> {
            carry(here.second(), there.second());
            carry(there.second(), here.second());
        });
    }

    private static void carry(PairedBio from, PairedBio to) throws IOException {
        while (from.pending() > 0) {
            ByteBuffer bytes = from.nread0();
            ByteBuffer room = to.nwrite0();
            if (room == null) {
                return;
            }
            int n = Math.min(bytes.remaining(), room.remaining());
            room.put(bytes.limit(n));
            assertEquals(n, to.nwrite(n));
            assertEquals(n, from.nread(n));
        }
    }

    @Test
    void theReadRequestIsWhatTheConnectionNeedsToGoOn() throws IOException {
        BioPair here = BioPair.of();
        BioPair there = BioPair.of();
        Ssl client = client(here.first());
        Ssl server = server(there.first());
        byte[] message = random(1000, 3);
        byte[] got = new byte[1000];
        int c = -1;
        int s = -1;
        int n = -1;
        while (n <= 0) {
            c = c == 1 ? 1 : client.doHandshake();
            if (c == 1 && s == 1) {
                n = client.read(got, 0, got.length);
                assertTrue(n > 0 || client.getError(n) == SslError.WANT_READ, () -> client + ": " + client.failure());
            }
            give(there.second(), here.second());
            if (s != 1) {
                s = server.doHandshake();
                if (s == 1) {
                    assertEquals(1000, server.write(message, 0, 1000));
                }
            }
            give(here.second(), there.second());
        }
        assertEquals(1000, n);
        assertArrayEquals(message, got);
    }

    /** Carries exactly the bytes that the other side has asked for. */
    private static void give(PairedBio from, PairedBio to) throws IOException {
        int n = Math.min(to.getReadRequest(), from.pending());
        byte[] b = new byte[n];
        assertEquals(n, from.read(b, 0, n));
        assertEquals(n, to.write(b, 0, n));
        if (n > 0) {
            assertEquals(0, to.getReadRequest());
        }
    }

    @Test
    void closingAConnectionClosesItsHalfAndThePeerReadsTheRest() throws IOException {
        BioPair pair = BioPair.of();
        Ssl client = client(pair.first());
        Ssl server = server(pair.second());
        byte[] last = random(100, 4);
        byte[] got = new byte[200];
        while (!client.isInitFinished() || !server.isInitFinished()) {
            moved(client, client.doHandshake());
            moved(server, server.doHandshake());
        }
        assertEquals(100, client.write(last, 0, 100));
        assertEquals(0, client.shutdown());
        client.close();
        assertEquals(100, server.read(got, 0, 200));
        assertArrayEquals(last, Arrays.copyOf(got, 100));
        int end = server.read(got, 0, 200);
        assertEquals(0, end);
        assertEquals(SslError.ZERO_RETURN, server.getError(end));
        assertTrue(pair.second().eof());
        assertEquals(-1, server.write(got, 0, 1));
        assertEquals(SslError.SYSCALL, server.getError(-1));
        assertInstanceOf(IOException.class, server.failure());
    }

    @Test
    void aHalfThatIsShutDownInTheHandshakeEndsIt() {
        BioPair pair = BioPair.of();
        Ssl client = client(pair.first());
        moved(client, client.doHandshake());
        pair.second().shutdownWrite();
        assertEquals(-1, client.doHandshake());
        assertEquals(SslError.SSL, client.getError(-1));
        assertEquals(
                Reason.UNEXPECTED_EOF_WHILE_READING,
                assertInstanceOf(TlsException.class, client.failure()).reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 17 * 1024})
    void eachSideMayHaveAThreadOfItsOwn(int size) throws Exception {
        BioPair pair = BioPair.of(size, size);
        Ssl client = client(pair.first());
        Ssl server = server(buffered(pair.second()));
        byte[] message = random(20_000, 5);
        CompletableFuture<byte[]> got = CompletableFuture.supplyAsync(
                () -> {
                    byte[] b = new byte[message.length];
                    for (int have = 0; have < b.length; ) {
                        have += waiting(read(server, b, have));
                    }
                    return b;
                },
                BioPairTlsTest::ownThread);
        for (int sent = 0; sent < message.length; ) {
            sent += waiting(write(client, message, sent));
        }
        assertArrayEquals(message, got.get(100, TimeUnit.SECONDS));
    }

    /** Lets the other thread go on, unless the time of the test is over. */
    private static void pause() {
        Thread.yield();
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("it takes too long");
        }
    }

    /** A thread for each task: on a small machine the common pool has just one. */
    private static void ownThread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private static int waiting(int n) {
        if (n == 0) {
            pause();
        }
        return n;
    }

    @Test
    void aBufferBeforeABlockingSocketWaitsForNothingThatDoesNotCome() throws Exception {
        byte[] message = random(20_000, 6);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> got = CompletableFuture.supplyAsync(
                    () -> {
                        try (Socket socket = listener.accept();
                                Ssl server = server(buffered(new SocketBio(socket)))) {
                            byte[] b = new byte[message.length];
                            for (int have = 0; have < b.length; ) {
                                have += moved(server, server.read(b, have, b.length - have));
                            }
                            assertEquals(1, server.write(b, 0, 1));
                            return b;
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    BioPairTlsTest::ownThread);
            try (Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
                    Ssl client = client(buffered(new SocketBio(socket)))) {
                assertEquals(message.length, client.write(message, 0, message.length));
                assertEquals(1, client.read(new byte[10], 0, 10));
            }
            assertArrayEquals(message, got.get(100, TimeUnit.SECONDS));
        }
    }
}
