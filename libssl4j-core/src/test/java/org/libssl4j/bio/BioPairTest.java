// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What BIO_s_bio(3) says, but for the views. */
@Timeout(60)
class BioPairTest {
    private final byte[] buffer = new byte[40_000];
    private final BioPair pair = BioPair.of(10, 20);
    private final PairedBio a = pair.first();
    private final PairedBio b = pair.second();

    private String read(PairedBio from, int most) throws IOException {
        int n = from.read(buffer, 0, most);
        return n < 0 ? "retry" : new String(buffer, 0, n, java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Test
    void eachHalfReadsWhatWasWrittenToTheOther() throws IOException {
        a.puts("to b");
        b.puts("to a!");
        assertEquals("to a!", read(a, 100));
        assertEquals("to b", read(b, 100));
    }

    @Test
    void anEmptyBufferIsToBeTriedAgain() throws IOException {
        assertEquals("retry", read(a, 1));
        assertTrue(a.shouldRead());
        b.puts("x");
        assertEquals("x", read(a, 1));
        assertEquals("retry", read(a, 1));
    }

    @Test
    void aWriteTakesWhatFitsAndAFullBufferIsToBeTriedAgain() throws IOException {
        assertEquals(10, a.puts("0123456789ab"));
        assertEquals(-1, a.puts("ab"));
        assertTrue(a.shouldWrite());
        assertTrue(a.shouldRetry());
        assertEquals("0123", read(b, 4));
        assertEquals(2, a.puts("ab"));
        assertEquals(2, a.puts("cdef"));
        assertEquals("456789abcd", read(b, 100));
    }

    @Test
    void aLengthOfNothingMovesNothing() throws IOException {
        assertEquals(0, a.read(buffer, 0, 0));
        assertEquals(0, a.write(buffer, 0, 0));
        assertFalse(a.shouldRetry());
        assertThrows(IndexOutOfBoundsException.class, () -> a.read(buffer, 40_000, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> a.write(buffer, 0, -1));
    }

    @Test
    void pendingIsWhatCanBeReadAndWpendingWhatWasWritten() throws IOException {
        a.puts("1234");
        assertEquals(4, b.pending());
        assertEquals(4, a.wpending());
        assertEquals(0, a.pending());
        assertEquals(0, b.wpending());
        read(b, 3);
        assertEquals(1, b.pending());
        assertEquals(1, a.wpending());
        assertTrue(a.readyToRead());
        assertTrue(b.readyToRead());
    }

    @Test
    void resetDropsWhatWasWrittenHereAlone() throws IOException {
        a.puts("1234");
        b.puts("56");
        a.reset();
        assertEquals(0, b.pending());
        assertEquals("retry", read(b, 9));
        assertEquals("56", read(a, 9));
        assertEquals(10, a.puts("0123456789ab"));
        assertEquals("0123456789", read(b, 100));
    }

    @Test
    void twoHalvesAreMadeOneByOneAndJoined() throws IOException {
        PairedBio one = new PairedBio();
        PairedBio two = new PairedBio();
        one.setWriteBufSize(3);
        one.makePair(two);
        assertEquals(3, one.puts("abcdef"));
        assertEquals("abc", read(two, 9));
        assertEquals(4, two.puts("back"));
        assertEquals("back", read(one, 9));
    }

    @Test
    void onlyHalvesThatAreFreeCanBeJoined() throws IOException {
        PairedBio one = new PairedBio();
        assertThrows(IllegalStateException.class, () -> one.makePair(a));
        assertThrows(IllegalStateException.class, () -> b.makePair(one));
        assertThrows(IllegalArgumentException.class, () -> one.makePair(one));
        PairedBio shut = new PairedBio();
        shut.close();
        assertThrows(IllegalStateException.class, () -> one.makePair(shut));
        assertThrows(IllegalStateException.class, () -> shut.makePair(one));
        a.puts("unharmed");
        assertEquals("unharmed", read(b, 9));
        one.makePair(new PairedBio());
    }

    @Test
    void destroyPairEndsTheAssociationOfBothAndWhatTheyHeldIsLost() throws IOException {
        a.puts("lost");
        b.puts("too");
        b.destroyPair();
        for (PairedBio half : new PairedBio[] {a, b}) {
            assertThrows(IOException.class, () -> half.read(buffer, 0, 1));
            assertThrows(IOException.class, () -> half.write(buffer, 0, 1));
            assertThrows(IOException.class, half::nread0);
            assertThrows(IOException.class, half::nwrite0);
            assertThrows(IOException.class, () -> half.nread(1));
            assertThrows(IOException.class, () -> half.nwrite(1));
            assertEquals(0, half.pending());
            assertEquals(0, half.wpending());
            assertEquals(0, half.getWriteGuarantee());
            assertEquals(0, half.getReadRequest());
            assertTrue(half.eof());
            half.resetReadRequest();
            half.shutdownWrite();
            half.reset();
            half.destroyPair();
        }
        a.setWriteBufSize(2);
        a.makePair(b);
        assertEquals("retry", read(b, 9));
        assertEquals(2, a.puts("anew"));
        assertEquals("an", read(b, 9));
        assertEquals(20, b.write(buffer, 0, 30), "its size stayed");
    }

    @Test
    void shutdownWriteLetsThePeerReadTheRestAndThenMeetTheEnd() throws IOException {
        a.puts("rest");
        a.shutdownWrite();
        assertThrows(IOException.class, () -> a.puts("more"));
        assertThrows(IOException.class, a::nwrite0);
        assertFalse(b.eof());
        assertEquals("re", read(b, 2));
        assertEquals("st", read(b, 9));
        assertTrue(b.eof());
        assertEquals("", read(b, 9));
        assertFalse(b.shouldRetry());
        assertEquals(0, a.getReadRequest());
        assertEquals(0, b.nread0().remaining());
        assertEquals(0, b.nread(5));
        b.puts("other way");
        assertEquals("other way", read(a, 9));
    }

    @Test
    void eofNeedsBothAnEmptyBufferAndAShutdown() throws IOException {
        assertFalse(b.eof());
        a.puts("x");
        assertFalse(b.eof());
        a.shutdownWrite();
        assertFalse(b.eof());
        read(b, 1);
        assertTrue(b.eof());
        assertFalse(a.eof());
    }

    @Test
    void theSizeOfTheWriteBufferCanBeSetBeforePairing() {
        PairedBio half = new PairedBio();
        assertEquals(17 * 1024, half.getWriteBufSize());
        half.setWriteBufSize(5);
        assertEquals(5, half.getWriteBufSize());
        half.makePair(new PairedBio());
        assertEquals(5, half.getWriteGuarantee());
        assertThrows(IllegalStateException.class, () -> half.setWriteBufSize(6));
        assertEquals(5, half.getWriteBufSize());
        assertThrows(IllegalArgumentException.class, () -> new PairedBio().setWriteBufSize(0));
        assertThrows(IllegalArgumentException.class, () -> new PairedBio().setWriteBufSize(-1));
    }

    @Test
    void aPairHasTheSizesThatItIsMadeWithAndZeroIsTheDefault() {
        assertEquals(10, a.getWriteGuarantee());
        assertEquals(20, b.getWriteGuarantee());
        BioPair mixed = BioPair.of(0, 3);
        assertEquals(17 * 1024, mixed.first().getWriteGuarantee());
        assertEquals(3, mixed.second().getWriteGuarantee());
        assertEquals(17 * 1024, BioPair.of().second().getWriteGuarantee());
        assertThrows(IllegalArgumentException.class, () -> BioPair.of(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> BioPair.of(0, -1));
    }

    @Test
    void theWriteGuaranteeIsWhatAWriteTakes() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            int sure = a.getWriteGuarantee();
            int more = random.nextInt(0, 3);
            int n = a.write(buffer, 0, sure + more);
            assertEquals(sure == 0 && more > 0 ? -1 : sure, n);
            read(b, random.nextInt(0, 11));
        }
        a.shutdownWrite();
        assertEquals(0, a.getWriteGuarantee());
    }

    @Test
    void theReadRequestIsWhatThePeerWantedAndDidNotGet() throws IOException {
        assertEquals(0, a.getReadRequest());
        read(b, 7);
        assertEquals(7, a.getReadRequest());
        assertEquals(0, b.getReadRequest());
        read(b, 3);
        assertEquals(3, a.getReadRequest());
        a.puts("x"); // a part of it
        assertEquals(0, a.getReadRequest());
        read(b, 7);
        assertEquals(0, a.getReadRequest());
    }

    @Test
    void theReadRequestIsNeverMoreThanTheGuarantee() throws IOException {
        read(b, 1000);
        assertEquals(10, a.getReadRequest());
        assertEquals(a.getWriteGuarantee(), a.getReadRequest());
        a.shutdownWrite();
        assertEquals(0, a.getReadRequest());
        assertEquals(0, a.getWriteGuarantee());
    }

    @Test
    void theReadRequestCanBeReset() throws IOException {
        read(b, 7);
        a.resetReadRequest();
        assertEquals(0, a.getReadRequest());
        read(b, 2);
        a.reset();
        assertEquals(2, a.getReadRequest(), "dropping what was written does not make the peer wait less");
    }

    @Test
    void aClosedHalfLeavesThePeerWhatItWroteAndNobodyToWriteTo() throws IOException {
        a.puts("last words");
        b.puts("unread");
        a.close();
        a.close();
        assertEquals("last words", read(b, 100));
        assertEquals("", read(b, 100));
        assertTrue(b.eof());
        assertThrows(IOException.class, () -> b.puts("more"));
        assertThrows(IOException.class, b::nwrite0);
        assertEquals(0, b.getWriteGuarantee());
        assertEquals(0, b.wpending());
        assertThrows(IOException.class, () -> a.read(buffer, 0, 1));
        assertThrows(IOException.class, () -> a.write(buffer, 0, 1));
        assertEquals(0, a.pending());
        assertTrue(a.eof());
        b.close();
    }

    @Test
    void theHalfThatIsLeftCanBePairedAgainOnceItIsFree() throws IOException {
        a.close();
        PairedBio next = new PairedBio();
        assertThrows(IllegalStateException.class, () -> b.makePair(next));
        b.destroyPair();
        b.makePair(next);
        b.puts("hello");
        assertEquals("hello", read(next, 9));
    }

    @Test
    void whatWasNotSentYetIsFoundByPendingOfTheOtherHalf() throws IOException {
        // An application that waits for the network before it looks here would wait for good.
        a.puts("request");
        assertEquals("retry", read(a, 100));
        assertTrue(a.shouldRead());
        assertEquals(7, b.pending());
    }

    @Test
    void aHalfIsTheEndOfAChain() throws IOException {
        FilterBio filter = new FilterBio();
        filter.push(a);
        filter.puts("through");
        assertEquals("through", read(b, 9));
        assertEquals(-1, filter.read(buffer, 0, 1));
        assertTrue(filter.shouldRead());
        filter.closeAll();
        assertEquals("", read(b, 9));
    }

    @Test
    void aHalfHasNoGetsButGetLine() throws IOException {
        b.puts("line\nrest");
        assertThrows(IOException.class, () -> a.gets(buffer, 0, 100));
        assertEquals(5, a.getLine(buffer, 0, 100));
        assertEquals("rest", read(a, 9));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 512, 513, 17 * 1024})
    void bytesKeepTheirOrderAtAnySize(int size) throws IOException {
        BioPair ring = BioPair.of(size, 1);
        Random random = new Random(size);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = new byte[3 * size];
        for (int i = 0; i < 3000; i++) {
            random.nextBytes(bytes);
            int off = random.nextInt(size);
            int n = ring.first().write(bytes, off, random.nextInt(1, 2 * size + 1));
            in.write(bytes, off, Math.max(0, n));
            n = ring.second().read(bytes, off, random.nextInt(1, 2 * size + 1));
            out.write(bytes, off, Math.max(0, n));
            assertEquals(in.size() - out.size(), ring.second().pending());
        }
        ring.first().shutdownWrite();
        while (!ring.second().eof()) {
            out.write(bytes, 0, ring.second().read(bytes, 0, bytes.length));
        }
        assertArrayEquals(in.toByteArray(), out.toByteArray());
    }

    @Test
    void aRingMayGrowWhileItIsWrapped() throws IOException {
        BioPair large = BioPair.of(2000, 1);
        PairedBio from = large.first();
        PairedBio to = large.second();
        byte[] bytes = new byte[912];
        new Random(9).nextBytes(bytes);
        assertEquals(512, from.write(bytes, 0, 512));
        assertEquals(300, to.read(buffer, 0, 300));
        assertEquals(300, from.write(bytes, 512, 300)); // as much as is kept at first, and wrapped
        assertEquals(100, from.write(bytes, 812, 100));
        assertEquals(612, to.read(buffer, 300, 1000));
        assertArrayEquals(bytes, Arrays.copyOf(buffer, 912));
    }

    @Test
    void aHugeSizeTakesNoMoreMemoryThanItsBytes() throws IOException {
        BioPair huge = BioPair.of(Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertEquals(Integer.MAX_VALUE, huge.first().getWriteGuarantee());
        assertEquals(40_000, huge.first().write(buffer, 0, 40_000));
        assertEquals(40_000, huge.second().read(buffer, 0, 40_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 1024})
    void eachHalfMayHaveAThreadOfItsOwn(int size) throws Exception {
        BioPair shared = BioPair.of(size, size);
        int total = 60_000;
        CompletableFuture<byte[]> first =
                CompletableFuture.supplyAsync(() -> talk(shared.first(), total, 1), BioPairTest::ownThread);
        CompletableFuture<byte[]> second =
                CompletableFuture.supplyAsync(() -> talk(shared.second(), total, 2), BioPairTest::ownThread);
        assertArrayEquals(bytes(total, 2), first.get(60, TimeUnit.SECONDS));
        assertArrayEquals(bytes(total, 1), second.get(60, TimeUnit.SECONDS));
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

    private static byte[] bytes(int n, int seed) {
        byte[] x = new byte[n];
        new Random(seed).nextBytes(x);
        return x;
    }

    /** Writes its bytes, closes, and reads all that the other one wrote. */
    private static byte[] talk(PairedBio half, int total, int seed) {
        byte[] mine = bytes(total, seed);
        byte[] got = new byte[total];
        int sent = 0;
        int have = 0;
        try {
            while (true) {
                int w = sent < total ? half.write(mine, sent, Math.min(100, total - sent)) : -1;
                sent += Math.max(0, w);
                if (sent == total) {
                    half.shutdownWrite();
                }
                int r = half.read(got, have, Math.min(total - have, 70));
                have += Math.max(0, r);
                if (sent == total && have == total) {
                    return got;
                }
                if (w < 0 && r < 0) {
                    pause();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPeerThatClosesWhileTheOtherOneWritesEndsIt() throws Exception {
        for (int i = 0; i < 50; i++) {
            BioPair shared = BioPair.of(64, 64);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(
                    () -> {
                        byte[] some = new byte[50];
                        try {
                            while (true) {
                                if (shared.first().write(some, 0, 50) < 0) {
                                    pause();
                                }
                            }
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    BioPairTest::ownThread);
            byte[] some = new byte[1000];
            while (shared.second().read(some, 0, 1000) < 0) {
                pause();
            }
            if (i % 2 == 0) {
                shared.second().close();
            } else {
                shared.second().destroyPair();
            }
            ExecutionException e = assertThrows(ExecutionException.class, () -> writer.get(60, TimeUnit.SECONDS));
            assertTrue(e.getCause().getCause() instanceof IOException);
        }
    }

    @Test
    void theBufferIsNotWhatTheCallerBrought() throws IOException {
        byte[] mine = {1, 2, 3};
        a.write(mine, 0, 3);
        Arrays.fill(mine, (byte) 9);
        byte[] got = new byte[3];
        b.read(got, 0, 3);
        assertArrayEquals(new byte[] {1, 2, 3}, got);
    }
}
