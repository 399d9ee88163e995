// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.BufferBio;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.bio.RetryReason;
import org.libssl4j.bio.SocketBio;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** What ends one direction, what ends both, and what is told of it. */
@Timeout(60)
class EndsTest {
    private static final byte[] HELLO = "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** A filter that can be told to fail, to wait for something special, or to hold back what is written. */
    private static final class Moody extends FilterBio {
        IOException readFails;
        IOException writeFails;
        RetryReason special;
        boolean holdsBack;
        int flushes;
        int closes;

        Moody(Bio behind) {
            push(behind);
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            if (readFails != null) {
                throw readFails;
            }
            return special != null ? retrySpecial(special) : super.read(b, off, len);
        }

        @Override
        public int write(byte[] b, int off, int len) throws IOException {
            if (writeFails != null) {
                throw writeFails;
            }
            return special != null ? retrySpecial(special) : super.write(b, off, len);
        }

        @Override
        public int flush() throws IOException {
            flushes++;
            return holdsBack ? retryWrite() : super.flush();
        }

        @Override
        public void close() {
            closes++;
        }
    }

    private final MemoryPair p = MemoryPair.unbounded();
    private final Moody in = new Moody(p.toClient);
    private final Moody out = new Moody(p.toServer);
    private final byte[] b = new byte[64];

    EndsTest() {
        p.client.setBio(in, out);
    }

    @Test
    void aReadThatFailsPoisonsNeitherWritingNorTheNextRead() {
        p.connected();
        in.readFails = new IOException("the cable");
        for (int i = 0; i < 2; i++) {
            assertEquals(-1, p.client.read(b, 0, 64));
            assertEquals(SslError.SYSCALL, p.client.getError(-1));
            assertSame(in.readFails, p.client.failure());
        }
        assertEquals(5, p.client.write(HELLO, 0, 5));
        assertEquals(SslError.NONE, p.client.getError(5));
        assertEquals(5, p.server.read(b, 0, 64));
        assertEquals(5, p.server.write(HELLO, 0, 5));
        in.readFails = null;
        assertEquals(5, p.client.read(b, 0, 64));
        assertArrayEquals(HELLO, Arrays.copyOf(b, 5));
    }

    @Test
    void aReadThatFailsInTheHandshakeIsTriedAgain() {
        in.readFails = new IOException("not now");
        p.handshake();
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        in.readFails = null;
        p.connected();
    }

    @Test
    void aWriteThatFailsEndsWritingAlone() {
        p.connected();
        out.writeFails = new IOException("broken pipe");
        assertEquals(-1, p.client.write(HELLO, 0, 5));
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        IOException cause = out.writeFails;
        assertSame(cause, p.client.failure());
        out.writeFails = null;
        assertEquals(-1, p.client.write(HELLO, 0, 5), "how much went out nobody knows");
        assertSame(cause, p.client.failure());
        assertEquals(-1, p.client.shutdown());
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        assertEquals(0, p.toServer.pending(), "nothing follows what may be half a record");

        assertEquals(5, p.server.write(HELLO, 0, 5));
        assertEquals(5, p.client.read(b, 0, 64));
        p.server.shutdown();
        assertEquals(0, p.client.read(b, 0, 64));
        assertEquals(SslError.ZERO_RETURN, p.client.getError(0));
    }

    @Test
    void aWriteThatFailsInTheHandshakeEndsIt() {
        out.writeFails = new IOException("broken pipe");
        assertEquals(-1, p.client.connect());
        IOException cause = out.writeFails;
        out.writeFails = null;
        assertEquals(-1, p.client.connect());
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        assertSame(cause, p.client.failure());
    }

    @Test
    void afterAWriteThatFailedTheAlertThatIsThereIsTheCause() {
        p.connected();
        p.server.setBio(p.toServer, p.toClient);
        // The server fails over garbage and tells us; then the stream breaks.
        assertThrowsNothing(() -> p.toServer.write(new byte[] {23, 3, 3, 0, 1, 0}, 0, 6));
        assertEquals(-1, p.server.read(b, 0, 64));
        AlertDescription sent = ((TlsException) p.server.failure()).alert();
        out.writeFails = new IOException("connection reset");

        assertEquals(-1, p.client.write(HELLO, 0, 5));
        assertEquals(SslError.SSL, p.client.getError(-1));
        PeerAlertException alert = assertInstanceOf(PeerAlertException.class, p.client.failure());
        assertEquals(sent, alert.alert());
        assertSame(out.writeFails, alert.getSuppressed()[0]);
        assertEquals(Ssl.RECEIVED_SHUTDOWN, p.client.getShutdown());
        assertEquals(-1, p.client.read(b, 0, 64));
        assertSame(alert, p.client.failure());
    }

    @Test
    void dataBeforeSuchAnAlertIsReadFirst() {
        p.connected();
        assertEquals(5, p.server.write(HELLO, 0, 5));
        assertThrowsNothing(() -> p.toServer.write(new byte[] {23, 3, 3, 0, 1, 0}, 0, 6));
        assertEquals(-1, p.server.read(b, 0, 64));
        out.writeFails = new IOException("connection reset");

        assertEquals(-1, p.client.write(HELLO, 0, 5));
        assertEquals(SslError.SYSCALL, p.client.getError(-1), "the alert stands behind data that is nobody's to drop");
        assertEquals(5, p.client.read(b, 0, 64));
        assertEquals(-1, p.client.read(b, 0, 64));
        assertInstanceOf(PeerAlertException.class, p.client.failure());
    }

    /** Over a real socket: the server refuses the client, which has begun to write, and closes. */
    @Test
    void aRefusedClientThatWritesLearnsWhyOverASocket() throws Exception {
        SslCtx serverCtx = MemoryPair.serverCtx();
        serverCtx.setVerify(org.libssl4j.spi.VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, null);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket a = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket s = listener.accept()) {
            CompletableFuture<Integer> served = CompletableFuture.supplyAsync(() -> {
                try (Ssl ssl = new Ssl(serverCtx)) {
                    ssl.setBio(new SocketBio(s, true), null);
                    ssl.setWfd(s);
                    return ssl.accept();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            try (Ssl ssl = new Ssl(MemoryPair.clientCtx())) {
                ssl.setHostname(org.libssl4j.interop.Identity.HOST);
                ssl.setFd(a);
                assertEquals(1, ssl.connect());
                assertEquals(-1, served.get());
                int ret;
                do {
                    ret = ssl.write(new byte[16_384], 0, 16_384);
                } while (ret > 0);
                assertEquals(SslError.SSL, ssl.getError(ret), () -> "failure: " + ssl.failure());
                assertEquals(
                        AlertDescription.CERTIFICATE_REQUIRED,
                        assertInstanceOf(PeerAlertException.class, ssl.failure())
                                .alert());
            }
        }
    }

    /** A filter that gathers what is asked for would wait for the rest of a record that has begun. */
    @Test
    void afterAWriteThatFailedABufferIsNotWaitedFor() throws Exception {
        p.connected();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket a = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket s = listener.accept()) {
            BufferBio buffer = new BufferBio();
            buffer.push(new SocketBio(a));
            p.client.setBio(buffer, out);
            s.getOutputStream().write(new byte[] {23, 3, 3});
            while (a.getInputStream().available() < 3) {
                Thread.onSpinWait();
            }
            out.writeFails = new IOException("connection reset");
            assertEquals(-1, p.client.write(HELLO, 0, 5));
            assertSame(out.writeFails, p.client.failure());

            // The rest of an alert follows, of which nothing was lost.
            assertThrowsNothing(() -> p.toServer.write(new byte[] {23, 3, 3, 0, 1, 0}, 0, 6));
            assertEquals(-1, p.server.read(b, 0, 64));
            byte[] alert = p.toClient.data();
            s.getOutputStream().write(alert, 3, alert.length - 3);
            assertEquals(-1, p.client.read(b, 0, 64));
            assertInstanceOf(PeerAlertException.class, p.client.failure());
        }
    }

    @Test
    void aWriteAfterShutdownDoesNotHideTheFaultThatCameThen() {
        p.connected();
        assertEquals(0, p.client.shutdown());
        assertThrowsNothing(() -> p.toClient.write(new byte[] {23, 3, 3, 0, 1, 0}, 0, 6));
        assertEquals(-1, p.client.read(b, 0, 64));
        Exception fault = p.client.failure();
        assertEquals(-1, p.client.write(HELLO, 0, 5));
        assertSame(fault, p.client.failure());
        assertEquals(-1, p.client.read(b, 0, 64));
        assertSame(fault, p.client.failure());
    }

    @Test
    void aClosedConnectionSaysSoWhateverIsCalled() {
        p.connected();
        p.client.shutdown();
        p.client.close();
        assertEquals(-1, p.client.write(HELLO, 0, 5));
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        Ssl never = new Ssl(MemoryPair.clientCtx());
        never.close();
        assertEquals(-1, never.accept());
        assertEquals(SslError.SYSCALL, never.getError(-1));
    }

    @Test
    void anEndOfTheStreamEndsReadingAlone() {
        p.connected();
        p.toClient.setEofReturn(0);
        assertEquals(-1, p.client.read(b, 0, 64));
        assertEquals(SslError.SSL, p.client.getError(-1));
        assertEquals(0, p.client.getShutdown());
        assertFalse(p.client.closeNotifyReceived());

        assertEquals(5, p.client.write(HELLO, 0, 5));
        assertEquals(0, p.client.shutdown());
        assertEquals(-1, p.client.shutdown(), "the peer's close_notify cannot come any more");
        assertEquals(Reason.UNEXPECTED_EOF_WHILE_READING, ((TlsException) p.client.failure()).reason());
        assertEquals(5, p.server.read(b, 0, 64));
        assertEquals(0, p.server.read(b, 0, 64));
        assertTrue(p.server.closeNotifyReceived());
    }

    @Test
    void anEndThatCountsAsCloseNotifyCanBeToldFromOne() {
        p.connected();
        p.client.setOptions(SslOption.IGNORE_UNEXPECTED_EOF);
        p.toClient.setEofReturn(0);
        assertEquals(0, p.client.read(b, 0, 64));
        assertEquals(SslError.ZERO_RETURN, p.client.getError(0));
        assertEquals(Ssl.RECEIVED_SHUTDOWN, p.client.getShutdown());
        assertFalse(p.client.closeNotifyReceived());
        assertEquals(1, p.client.shutdown());
    }

    @Test
    void withTheOptionAnEndWithinTheHandshakeIsAControlledOneToo() {
        p.client.setOptions(SslOption.IGNORE_UNEXPECTED_EOF);
        p.toClient.setEofReturn(0);
        assertEquals(0, p.client.connect());
        assertEquals(SslError.ZERO_RETURN, p.client.getError(0));
    }

    @Test
    void aBioThatConnectsOrAcceptsIsWaitedForByName() {
        in.special = RetryReason.CONNECT;
        out.special = RetryReason.CONNECT;
        assertEquals(-1, p.client.connect());
        assertEquals(SslError.WANT_CONNECT, p.client.getError(-1));
        assertEquals(SslWant.WRITING, p.client.want());
        out.special = null;
        assertEquals(-1, p.client.connect());
        assertEquals(SslError.WANT_CONNECT, p.client.getError(-1));
        assertEquals(SslWant.READING, p.client.want());
        in.special = RetryReason.ACCEPT;
        assertEquals(-1, p.client.connect());
        assertEquals(SslError.WANT_ACCEPT, p.client.getError(-1));
        in.special = null;
        p.connected();
    }

    @Test
    void whatABioHoldsBackIsFlushedUntilItIsOut() {
        out.holdsBack = true;
        assertEquals(-1, p.client.connect());
        assertEquals(SslError.WANT_WRITE, p.client.getError(-1));
        assertEquals(-1, p.client.connect());
        assertEquals(SslError.WANT_WRITE, p.client.getError(-1), "nothing is left to be written, but to be flushed");
        assertEquals(2, out.flushes);
        out.holdsBack = false;
        p.connected();
    }

    @Test
    void theShutdownStateCanBeSet() {
        p.connected();
        assertEquals(0, p.client.getShutdown());
        assertEquals(5, p.server.write(HELLO, 0, 5));
        assertEquals(3, p.client.read(b, 0, 3));
        p.client.setShutdown(Ssl.RECEIVED_SHUTDOWN);
        assertEquals(2, p.client.read(b, 0, 64), "data at hand comes first");
        assertEquals(0, p.client.read(b, 0, 64));
        assertEquals(SslError.ZERO_RETURN, p.client.getError(0));
        p.client.setShutdown(Ssl.SENT_SHUTDOWN | Ssl.RECEIVED_SHUTDOWN);
        assertEquals(1, p.client.shutdown());
        assertEquals(0, p.toServer.pending(), "close_notify was not sent");
        assertEquals(-1, p.client.write(HELLO, 0, 5));
        p.client.setShutdown(0);
        assertEquals(5, p.client.write(HELLO, 0, 5));
        assertThrows(IllegalArgumentException.class, () -> p.client.setShutdown(4));
    }

    /** With read-ahead the handshake may take it from the Bio: no selector tells of it then. */
    @Test
    void aCloseNotifyThatCameWithTheHandshakeIsPendingUntilItIsTold() {
        p.server.setReadAhead(true);
        assertEquals(-1, p.client.connect());
        assertEquals(-1, p.server.read(b, 0, 64));
        assertEquals(SslError.WANT_READ, p.server.getError(-1));
        assertEquals(1, p.client.connect());
        assertEquals(0, p.client.shutdown());
        assertEquals(1, p.server.accept());
        assertEquals(0, p.toServer.pending(), "the Bio has nothing any more");
        assertTrue(p.server.hasPending());
        assertEquals(0, p.server.read(b, 0, 64));
        assertEquals(SslError.ZERO_RETURN, p.server.getError(0));
        assertFalse(p.server.hasPending());
    }

    @Test
    void aCloseNotifyThatShutdownHasToldOfIsNotPending() {
        p.connected();
        p.server.shutdown();
        assertEquals(0, p.client.shutdown());
        assertEquals(1, p.client.shutdown());
        assertFalse(p.client.hasPending());
    }

    @Test
    void aQuietShutdownEndsReadingAndWritingButNotTheHandshake() {
        p.client.setQuietShutdown(true);
        assertEquals(-1, p.client.shutdown());
        p.connected();
        assertEquals(1, p.client.shutdown());
        assertEquals(3, p.client.getShutdown());
        assertEquals(0, p.client.read(b, 0, 64));
        assertEquals(SslError.ZERO_RETURN, p.client.getError(0));
        assertEquals(-1, p.client.write(HELLO, 0, 5));
        assertEquals(Reason.PROTOCOL_IS_SHUTDOWN, ((TlsException) p.client.failure()).reason());
    }

    @Test
    void aCallOfTheOtherSideDoesNotHideThatTheConnectionWasClosed() {
        p.client.close();
        Exception closed = p.client.failure();
        assertEquals(-1, p.client.accept());
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        assertEquals(-1, p.client.connect());
        assertSame(closed, p.client.failure());
    }

    @Test
    void aBioThatFailsToCloseAsItFailedToReadIsLetGoAllTheSame() {
        p.connected();
        IOException gone = new IOException("gone");
        Moody last = new Moody(new MemoryBio());
        p.client.setBio(
                new FilterBio() {
                    @Override
                    public int read(byte[] to, int off, int len) throws IOException {
                        throw gone;
                    }

                    @Override
                    public void close() throws IOException {
                        throw gone;
                    }
                },
                last);
        assertEquals(-1, p.client.read(b, 0, 64));
        assertSame(gone, p.client.failure());
        p.client.close();
        assertEquals(1, last.closes);
    }

    @Test
    void aContextSaysHowItsConnectionsReadAndShutDown() {
        SslCtx ctx = MemoryPair.clientCtx();
        assertFalse(new Ssl(ctx).getQuietShutdown() || new Ssl(ctx).getReadAhead());
        ctx.setQuietShutdown(true);
        ctx.setReadAhead(true);
        MemoryPair quiet = new MemoryPair(ctx, MemoryPair.serverCtx(), new MemoryBio(), new MemoryBio()).connected();
        quiet.server.write(HELLO, 0, 2);
        quiet.server.write(HELLO, 2, 3);
        assertEquals(2, quiet.client.read(b, 0, 64));
        assertEquals(0, quiet.toClient.pending(), "the second record was taken along with the first");
        assertEquals(1, quiet.client.shutdown());
        assertEquals(0, quiet.toServer.pending());
        ctx.setQuietShutdown(false);
        assertTrue(quiet.client.getQuietShutdown(), "a connection keeps what it was made with");
    }

    @Test
    void aBioThatCallsItsOwnConnectionIsTheCallersBug() {
        p.connected();
        p.client.set0Wbio(new FilterBio() {
            @Override
            public int write(byte[] bytes, int off, int len) {
                return p.client.write(HELLO, 0, 5);
            }
        });
        assertEquals(-1, p.client.write(HELLO, 0, 5));
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        assertInstanceOf(IllegalStateException.class, p.client.failure());
        assertEquals(-1, p.client.read(b, 0, 64), "the next call is none from inside");
    }

    @Test
    void aCallbackThatCallsItsOwnConnectionIsTheCallersBug() {
        p.server.setMsgCallback(message -> p.server.read(b, 0, 64));
        p.handshake();
        assertEquals(SslError.SSL, p.server.getError(-1));
        assertInstanceOf(IllegalStateException.class, p.server.failure().getCause());
    }

    @Test
    void biosBelongToTheConnection() {
        Moody other = new Moody(new MemoryBio());
        p.client.set0Wbio(other);
        assertEquals(1, out.closes);
        p.client.set0Wbio(in);
        assertEquals(1, other.closes);
        p.client.set0Rbio(null);
        assertEquals(0, in.closes, "it is still written to");
        p.client.close();
        assertEquals(1, in.closes);
        assertFalse(p.client.isInitFinished());
    }

    @Test
    void withoutABioACallFailsAndGoesOnOnceThereIsOne() {
        p.connected();
        p.client.set0Rbio(null);
        assertEquals(-1, p.client.read(b, 0, 64));
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        p.client.set0Wbio(null);
        assertEquals(-1, p.client.write(HELLO, 0, 5));
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        p.client.setBio(p.toClient, p.toServer);
        assertEquals(5, p.client.write(HELLO, 0, 5));
        assertEquals(5, p.server.read(b, 0, 64));
    }

    private interface Fallible {
        void run() throws IOException;
    }

    private static void assertThrowsNothing(Fallible f) {
        try {
            f.run();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
