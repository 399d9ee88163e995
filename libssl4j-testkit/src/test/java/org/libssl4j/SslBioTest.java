// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.bio.AcceptBio;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.BufferBio;
import org.libssl4j.bio.ConnectBio;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.bio.RetryReason;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;

/** What the calls of an {@link SslBio} return, over Bios in memory. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SslBioTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private final byte[] buffer = new byte[20_000];

    private static byte[] random(int length) {
        byte[] b = new byte[length];
        new Random(length).nextBytes(b);
        return b;
    }

    /** A Bio of which it can be told whether it was closed. */
    private static class Closing extends FilterBio {
        private int closed;

        @Override
        public void close() {
            closed++;
        }
    }

    private static Reason reason(IOException e) {
        return assertInstanceOf(TlsException.class, e.getCause()).reason();
    }

    @Test
    void aBufferBeforeItMayBeWrittenToInPiecesOfAnySize() throws IOException {
        SslBioPair two = new SslBioPair(6000).connected();
        BufferBio buffer = new BufferBio();
        buffer.push(two.client);
        byte[] data = random(60_000);
        byte[] got = new byte[data.length];
        int sent = 0;
        for (int have = 0, turn = 0; have < got.length; turn++) {
            int piece = turn % 2 == 0 ? 20_000 : 1000; // a long one of which a part was taken, then a shorter one
            int taken = buffer.write(data, sent, Math.min(piece, data.length - sent));
            while (taken < 0 || sent == data.length && buffer.flush() < 0) {
                have += Math.max(0, two.server.read(got, have, got.length - have));
                if (taken < 0) {
                    taken = buffer.write(data, sent, Math.min(piece, data.length - sent));
                }
            }
            sent += taken;
            have += Math.max(0, two.server.read(got, have, got.length - have));
        }
        assertArrayEquals(data, got);
    }

    // ---- the Ssl and its Bios --------------------------------------------------------------------------------------

    @Test
    void whatIsPushedBehindItIsWhatTheSslReadsAndWrites() {
        SslBio bio = SslBio.newSsl(MemoryPair.clientCtx(), true);
        assertNull(bio.getSsl().getRbio());
        MemoryBio first = new MemoryBio();
        bio.push(first);
        assertSame(first, bio.getSsl().getRbio());
        assertSame(first, bio.getSsl().getWbio());
        FilterBio between = new FilterBio();
        Bio behind = bio.pop();
        assertSame(first, behind);
        assertNull(bio.getSsl().getRbio());
        assertNull(bio.getSsl().getWbio());
        bio.push(between.push(behind));
        assertSame(between, bio.getSsl().getRbio());
        between.pop();
        assertSame(first, bio.getSsl().getRbio());
    }

    @Test
    void aBioBeforeItThatIsPoppedChangesNothing() {
        SslBio bio = SslBio.newSsl(MemoryPair.clientCtx(), true);
        MemoryBio behind = new MemoryBio();
        FilterBio before = new FilterBio();
        before.push(bio.push(behind));
        before.pop();
        assertSame(behind, bio.getSsl().getRbio());
        assertSame(behind, bio.next());
    }

    @Test
    void theBioBehindBelongsToTheChainAndNotToTheSsl() throws IOException {
        Closing behind = new Closing();
        SslBio bio = SslBio.newSsl(MemoryPair.clientCtx(), true);
        bio.push(behind);
        bio.pop();
        assertEquals(0, behind.closed);
        bio.push(behind);
        bio.getSsl().setBio(new MemoryBio(), new MemoryBio());
        assertEquals(0, behind.closed);
        bio.pop();
        assertNotNull(bio.getSsl().getRbio()); // not what stood behind
        bio.push(behind);
        bio.close();
        assertEquals(0, behind.closed);
        bio.closeAll();
        assertEquals(1, behind.closed);
    }

    @Test
    void aBioThatTheSslHadIsClosedWhenAnotherIsPushed() {
        Closing own = new Closing();
        Ssl ssl = new Ssl(MemoryPair.clientCtx());
        SslBio bio = new SslBio(ssl, true);
        ssl.setBio(own, own);
        bio.push(new MemoryBio());
        assertEquals(1, own.closed);
    }

    @Test
    void setSslTakesTheBioThatTheSslReads() throws IOException {
        Ssl ssl = new Ssl(MemoryPair.clientCtx());
        Closing own = new Closing();
        Closing writes = new Closing();
        ssl.setBio(own, writes);
        SslBio bio = new SslBio();
        assertNull(bio.getSsl());
        bio.setSsl(ssl, true);
        assertSame(ssl, bio.getSsl());
        assertSame(own, bio.next());
        assertSame(writes, ssl.getWbio());
        bio.closeAll();
        assertEquals(1, own.closed);
        assertEquals(1, writes.closed);
    }

    @Test
    void setSslGivesTheSslTheBioBehind() {
        MemoryBio behind = new MemoryBio();
        SslBio bio = new SslBio();
        bio.push(behind);
        Ssl first = new Ssl(MemoryPair.clientCtx());
        bio.setSsl(first, false);
        assertSame(behind, first.getRbio());
        Ssl second = new Ssl(MemoryPair.clientCtx());
        bio.setSsl(second, true);
        assertNull(first.getRbio());
        assertSame(behind, second.getRbio());
        Ssl third = new Ssl(MemoryPair.clientCtx());
        third.setBio(new MemoryBio(), new MemoryBio());
        assertThrows(IllegalArgumentException.class, () -> bio.setSsl(third, true));
        assertSame(second, bio.getSsl());
    }

    @Test
    void theSslOfBeforeIsClosedIfItWasToBe() throws IOException {
        for (boolean close : new boolean[] {true, false}) {
            SslBioPair t = new SslBioPair(20_000).connected();
            Ssl before = t.client.getSsl();
            t.client.setClose(close);
            t.client.setSsl(new Ssl(MemoryPair.clientCtx()), true);
            assertEquals(close, !before.isInitFinished());
        }
    }

    @Test
    void theModeIsTheSslsRole() {
        SslBio bio = new SslBio(new Ssl(new SslCtx(TlsMethod.TLS)), true);
        bio.setSslMode(false);
        assertTrue(bio.getSsl().isServer());
        bio.setSslMode(true);
        assertFalse(bio.getSsl().isServer());
        assertThrows(IllegalStateException.class, () -> new SslBio().setSslMode(true));
        assertThrows(IllegalStateException.class, () -> SslBio.newSsl(MemoryPair.clientCtx(), false));
    }

    @Test
    void theChainsThatAreMadeHaveTheirBios() {
        SslBio connect = SslBio.newSslConnect(MemoryPair.clientCtx());
        assertFalse(connect.getSsl().isServer());
        assertInstanceOf(ConnectBio.class, connect.next());
        assertSame(connect.next(), connect.getSsl().getRbio());
        BufferBio buffered = SslBio.newBufferSslConnect(MemoryPair.clientCtx());
        assertInstanceOf(SslBio.class, buffered.next());
        assertInstanceOf(ConnectBio.class, buffered.next().next());
        assertTrue(SslBio.newSsl(MemoryPair.serverCtx(), false).getSsl().isServer());
    }

    @Test
    void withoutAnSslOrABioCallsFail() {
        SslBio none = new SslBio();
        assertThrows(IOException.class, () -> none.read(buffer, 0, 1));
        assertThrows(IOException.class, () -> none.write(buffer, 0, 1));
        assertThrows(IOException.class, none::doHandshake);
        assertThrows(IOException.class, none::flush);
        assertThrows(IOException.class, none::reset);
        assertEquals(0, none.pending());
        assertEquals(0, none.wpending());
        assertFalse(none.readyToRead());
        SslBio alone = SslBio.newSsl(MemoryPair.clientCtx(), true);
        assertThrows(IOException.class, () -> alone.read(buffer, 0, 1));
        assertThrows(IOException.class, alone::flush);
        assertEquals(0, alone.pending());
        assertEquals(0, alone.wpending());
    }

    // ---- data ------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 300, 17_000})
    void theFirstReadsAndWritesHandshakeAndBytesPass(int room) throws IOException {
        SslBioPair t = new SslBioPair(room);
        byte[] up = random(30_000);
        byte[] down = random(30_000);
        byte[] got = new byte[up.length];
        int sent = 0;
        int have = 0;
        int back = 0;
        while (have < up.length || back < down.length) {
            if (sent < up.length) {
                int n = t.client.write(up, sent, up.length - sent);
                assertTrue(n > 0 || t.client.shouldRetry());
                sent += Math.max(0, n);
            } else if (back < down.length) {
                int n = t.client.read(down, back, down.length - back);
                assertTrue(n > 0 || t.client.shouldRead(), "" + n);
                back += Math.max(0, n);
            }
            if (have < up.length) {
                int n = t.server.read(got, have, up.length - have);
                assertTrue(n > 0 || t.server.shouldRetry());
                have += Math.max(0, n);
            } else {
                t.server.write(down, 0, down.length);
            }
        }
        assertArrayEquals(up, got);
        assertTrue(t.client.getSsl().isInitFinished());
    }

    @Test
    void doHandshakeIsOverOnce() throws IOException {
        SslBioPair t = new SslBioPair(20_000);
        assertEquals(-1, t.client.doHandshake());
        assertTrue(t.client.shouldRetry() && t.client.shouldRead() && !t.client.shouldWrite());
        t.connected();
        assertEquals(1, t.client.doHandshake());
        assertFalse(t.client.shouldRetry());
    }

    @Test
    void waitingForRoomIsToBeTriedAgainAsAWrite() throws IOException {
        SslBioPair t = new SslBioPair(100);
        assertEquals(-1, t.client.doHandshake());
        assertTrue(t.client.shouldRetry() && t.client.shouldWrite() && !t.client.shouldRead());
        assertEquals(-1, t.client.write(HELLO, 0, HELLO.length));
        assertTrue(t.client.shouldWrite());
    }

    @Test
    void aCallbackThatIsToBeAskedAgainIsSpecial() throws IOException {
        SslBioPair t = new SslBioPair(20_000);
        boolean[] ready = {false};
        t.client
                .getSsl()
                .setVerify(
                        VerifyMode.PEER, (result, chain) -> ready[0] ? VerifyCb.Answer.ACCEPT : VerifyCb.Answer.LATER);
        assertEquals(-1, t.client.doHandshake());
        assertEquals(-1, t.server.doHandshake());
        assertEquals(-1, t.client.doHandshake());
        assertTrue(t.client.shouldRetry() && t.client.shouldIoSpecial());
        assertEquals(RetryReason.SSL_X509_LOOKUP, t.client.retryReason());
        assertEquals(SslWant.RETRY_VERIFY, t.client.getSsl().want());
        ready[0] = true;
        t.connected();
    }

    @Test
    void connectingAndAcceptingAreSpecial() throws IOException {
        SslBio server = SslBio.newSsl(MemoryPair.serverCtx(), false);
        AcceptBio accept = new AcceptBio("127.0.0.1:0");
        accept.setNbioAccept(true);
        server.push(accept);
        for (int i = 0; i < 2; i++) {
            assertEquals(-1, i == 0 ? server.doHandshake() : server.read(buffer, 0, 1));
            assertTrue(server.shouldRetry() && server.shouldIoSpecial());
            assertEquals(RetryReason.ACCEPT, server.retryReason());
            assertEquals(SslError.WANT_ACCEPT, server.getSsl().getError(-1));
        }
        server.closeAll();
    }

    @Test
    void pendingBytesAreTheDecryptedOnesOrThoseBehind() throws IOException {
        SslBioPair t = new SslBioPair(20_000).connected();
        assertEquals(-1, t.client.read(buffer, 0, 1)); // takes the tickets
        assertEquals(0, t.client.pending());
        assertFalse(t.client.readyToRead());
        t.server.write(HELLO, 0, HELLO.length);
        int onTheWire = t.client.next().pending();
        assertTrue(onTheWire > HELLO.length);
        assertEquals(onTheWire, t.client.pending());
        assertFalse(t.client.readyToRead());
        assertEquals(1, t.client.read(buffer, 0, 1));
        assertEquals(HELLO.length - 1, t.client.pending());
        assertTrue(t.client.readyToRead());
        assertEquals(t.server.next().wpending(), t.server.wpending());
    }

    @Test
    void flushingIsPassedOn() throws IOException {
        SslBioPair t = new SslBioPair(20_000);
        BufferBio holding = new BufferBio();
        Bio transport = t.client.pop();
        t.client.push(holding.push(transport));
        t.connected();
        t.client.write(HELLO, 0, HELLO.length);
        assertEquals(1, t.client.flush());
        assertEquals(0, holding.wpending() - transport.wpending());
        assertEquals(HELLO.length, t.server.read(buffer, 0, 100));
    }

    @Test
    void linesNeedABufferBefore() throws IOException {
        SslBioPair t = new SslBioPair(20_000).connected();
        t.server.puts("one\ntwo\n");
        assertThrows(IOException.class, () -> t.client.gets(buffer, 0, 100));
        assertEquals(4, t.client.getLine(buffer, 0, 100));
        BufferBio lines = new BufferBio();
        lines.push(t.client);
        assertEquals(4, lines.gets(buffer, 0, 100));
        assertEquals("two\n", new String(buffer, 0, 4, StandardCharsets.US_ASCII));
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    @Test
    void closeNotifyIsTheEndOfTheStream() throws IOException {
        SslBioPair t = new SslBioPair(20_000).connected();
        t.server.write(HELLO, 0, HELLO.length);
        SslBio.sslShutdown(new FilterBio().push(t.server));
        assertTrue(t.server.getSsl().sentShutdown());
        assertEquals(HELLO.length, t.client.read(buffer, 0, 100));
        assertFalse(t.client.eof());
        assertEquals(0, t.client.read(buffer, 0, 100));
        assertTrue(t.client.eof());
        assertFalse(t.client.shouldRetry());
        assertEquals(HELLO.length, t.client.write(HELLO, 0, HELLO.length)); // the other half is open
        SslBio.sslShutdown(null);
        SslBio.sslShutdown(new SslBio());
        t.client.setSsl(new Ssl(MemoryPair.clientCtx()), true);
        assertFalse(t.client.eof(), "another connection has not ended");
    }

    @Test
    void aPeerThatShutsDownInTheHandshakeIsToldOfByZero() throws IOException {
        byte[] closeNotify = {21, 3, 3, 0, 2, 1, 0};
        SslBioPair t = new SslBioPair(20_000);
        t.client.doHandshake();
        t.server.next().write(closeNotify, 0, closeNotify.length);
        assertEquals(0, t.client.doHandshake());
        assertTrue(t.client.eof());
        assertFalse(t.client.shouldRetry());
        assertEquals(0, t.client.read(buffer, 0, 1));
        assertThrows(IOException.class, () -> t.client.write(HELLO, 0, HELLO.length));
    }

    @Test
    void aFaultIsAnExceptionWithTheSslsFailureAsItsCause() throws IOException {
        SslBioPair t = new SslBioPair(20_000);
        t.client.getSsl().set1Host("other.example");
        t.client.doHandshake();
        t.server.doHandshake();
        IOException e = assertThrows(IOException.class, t.client::doHandshake);
        assertSame(t.client.getSsl().failure(), e.getCause());
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, reason(e));
        assertFalse(t.client.shouldRetry());
        assertThrows(IOException.class, () -> t.client.read(buffer, 0, 1));
        assertThrows(IOException.class, () -> t.client.write(buffer, 0, 1));
        assertThrows(IOException.class, t.server::doHandshake);
    }

    @Test
    void anEndWithoutCloseNotifyIsAFault() throws IOException {
        SslBioPair t = new SslBioPair(20_000).connected();
        MemoryBio ended = new MemoryBio(new byte[0]);
        t.client.pop();
        t.client.push(ended);
        IOException e = assertThrows(IOException.class, () -> {
            while (t.client.read(buffer, 0, 1) < 0) {
                // tickets
            }
        });
        assertEquals(Reason.UNEXPECTED_EOF_WHILE_READING, reason(e));
        assertFalse(t.client.eof());
    }

    @Test
    void aFailureOfTheBioBehindIsTheCause() {
        SslBio bio = SslBio.newSsl(MemoryPair.clientCtx(), true);
        bio.getSsl().setHostname(Identity.HOST);
        bio.push(new MemoryBio(new byte[0])); // which cannot be written to
        IOException e = assertThrows(IOException.class, bio::doHandshake);
        assertSame(bio.getSsl().failure(), e.getCause());
        assertEquals(SslError.SYSCALL, bio.getSsl().getError(-1));
    }

    @Test
    void closingSaysGoodbyeAndClosesTheSslIfItIsToBe() throws IOException {
        SslBioPair t = new SslBioPair(20_000).connected();
        t.client.setClose(false);
        t.client.close();
        assertTrue(t.client.getSsl().isInitFinished());
        t.client.setClose(true);
        t.client.close();
        assertFalse(t.client.getSsl().isInitFinished());
        assertEquals(0, t.server.read(buffer, 0, 1));
        assertThrows(IOException.class, () -> t.client.read(buffer, 0, 1));
        t.client.close();
    }

    @Test
    void closingAfterShuttingDownWaitsForNobody() throws IOException {
        int[] reads = {0};
        FilterBio counting = new FilterBio() {
            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                reads[0]++;
                return super.read(b, off, len);
            }
        };
        SslBioPair t = new SslBioPair(20_000);
        Bio transport = t.client.pop();
        t.client.push(counting.push(transport));
        t.connected();
        SslBio.sslShutdown(t.client);
        int before = reads[0];
        t.client.close();
        assertEquals(before, reads[0]);
        assertEquals(0, t.server.read(buffer, 0, 1));
    }

    @Test
    void aResetSaysGoodbyeToThePeer() throws IOException {
        SslBioPair t = new SslBioPair(20_000).connected();
        Bio half = t.client.pop();
        t.client.push(
                new FilterBio() {
                    @Override
                    public void reset() {
                        clearRetry(); // a half of a pair would drop what was written to it
                    }
                }.push(half));
        t.client.reset();
        assertEquals(0, t.server.read(buffer, 0, 1));
        assertTrue(t.server.getSsl().closeNotifyReceived());
    }

    @Test
    void aResetConnectionCanHandshakeAgain() throws IOException {
        SslBioPair t = new SslBioPair(20_000).connected();
        MemoryBio sent = new MemoryBio();
        t.client.pop();
        t.client.push(sent);
        t.client.reset();
        assertEquals(0, sent.pending()); // it was reset as well, after close_notify
        assertFalse(t.client.getSsl().isInitFinished());
        assertEquals(0, t.client.getSsl().getShutdown());
        assertEquals(SslError.NONE, t.client.getSsl().getError(-1));

        SslBioPair other = new SslBioPair(20_000);
        t.client.pop();
        t.client.push(other.client.pop());
        int c;
        int s;
        do {
            c = t.client.doHandshake();
            s = other.server.doHandshake();
        } while (c < 0 || s < 0);
        assertEquals(Identity.HOST, other.server.getSsl().getServername());
        other.server.write(HELLO, 0, HELLO.length);
        assertEquals(HELLO.length, t.client.read(buffer, 0, 100));
        t.client.close();
        assertThrows(IOException.class, t.client::reset);
    }

    @Test
    void aResetInTheMiddleOfACallIsRefused() throws IOException {
        SslBio bio = SslBio.newSsl(MemoryPair.clientCtx(), true);
        bio.push(new FilterBio() {
            @Override
            public int write(byte[] b, int off, int len) throws IOException {
                bio.reset();
                return len;
            }
        });
        IOException e = assertThrows(IOException.class, bio::doHandshake);
        assertInstanceOf(IllegalStateException.class, e.getCause().getCause());
    }

    @Test
    void aResetAfterAFaultBeginsAnew() throws IOException {
        SslBioPair t = new SslBioPair(20_000);
        t.client.doHandshake();
        t.server.next().write(new byte[] {1, 2, 3, 4, 5, 6}, 0, 6);
        assertThrows(IOException.class, t.client::doHandshake);
        t.client.reset();
        assertNull(t.client.getSsl().failure());
        t.server.reset();
        t.connected();
    }
}
