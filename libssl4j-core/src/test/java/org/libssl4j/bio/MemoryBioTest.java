// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What BIO_s_mem(3) says. */
class MemoryBioTest {
    private final MemoryBio bio = new MemoryBio();
    private final byte[] buffer = new byte[100];

    @Test
    void anEmptyOneIsToBeTriedAgain() {
        assertEquals(-1, bio.read(buffer, 0, 100));
        assertTrue(bio.shouldRetry());
        assertTrue(bio.shouldRead());
        assertFalse(bio.shouldWrite());
        assertFalse(bio.shouldIoSpecial());
        assertEquals(RetryReason.NONE, bio.retryReason());
        assertTrue(bio.eof());
    }

    @Test
    void anEmptyOneEndsWhenItIsToldTo() throws IOException {
        bio.setEofReturn(0);
        bio.write(new byte[] {1}, 0, 1);
        assertEquals(1, bio.read(buffer, 0, 100));
        assertEquals(0, bio.read(buffer, 0, 100));
        assertFalse(bio.shouldRetry());
        bio.setEofReturn(-1);
        assertEquals(-1, bio.read(buffer, 0, 100));
        assertThrows(IllegalArgumentException.class, () -> bio.setEofReturn(5));
    }

    @Test
    void theNextCallClearsTheRetryFlags() throws IOException {
        bio.read(buffer, 0, 1);
        bio.write(buffer, 0, 1);
        assertFalse(bio.shouldRetry());
        assertFalse(bio.shouldRead());
    }

    @Test
    void whatWasWrittenIsReadInOrder() throws IOException {
        Random random = new Random(5);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] b = new byte[2000];
        for (int i = 0; i < 2000; i++) {
            random.nextBytes(b);
            int n = random.nextInt(1, 1000);
            assertEquals(n, bio.write(b, 3, n));
            in.write(b, 3, n);
            int r = bio.read(b, 7, random.nextInt(1, 1500));
            out.write(b, 7, r);
            assertEquals(in.size() - out.size(), bio.pending());
        }
        out.writeBytes(bio.data());
        assertArrayEquals(in.toByteArray(), out.toByteArray());
    }

    @Test
    void aBoundedOneTakesWhatFits() throws IOException {
        MemoryBio small = new MemoryBio(10);
        assertEquals(7, small.write(new byte[7], 0, 7));
        assertEquals(3, small.write(new byte[7], 0, 7));
        assertEquals(-1, small.write(new byte[7], 0, 7));
        assertTrue(small.shouldRetry());
        assertTrue(small.shouldWrite());
        assertFalse(small.shouldRead());
        assertEquals(4, small.read(buffer, 0, 4));
        assertEquals(4, small.write(new byte[7], 0, 7));
        assertThrows(IllegalArgumentException.class, () -> new MemoryBio(0));
    }

    @Test
    void aReadOnlyOneEndsAndBeginsAnew() throws IOException {
        MemoryBio fixed = new MemoryBio(new byte[] {1, 2, 3});
        assertThrows(IOException.class, () -> fixed.write(buffer, 0, 1));
        for (int i = 0; i < 2; i++) {
            assertEquals(2, fixed.read(buffer, 0, 2));
            assertEquals(1, fixed.read(buffer, 0, 2));
            assertEquals(3, buffer[0]);
            assertEquals(0, fixed.read(buffer, 0, 2));
            fixed.reset();
        }
    }

    @Test
    void resetDropsWhatIsThere() throws IOException {
        bio.write(buffer, 0, 50);
        bio.reset();
        assertTrue(bio.eof());
        bio.write(new byte[] {9}, 0, 1);
        assertArrayEquals(new byte[] {9}, bio.data());
    }

    @Test
    void aLengthOfNothingMovesNothing() throws IOException {
        assertEquals(0, bio.read(buffer, 0, 0));
        assertEquals(0, bio.write(buffer, 0, 0));
        assertFalse(bio.shouldRetry());
        assertThrows(IndexOutOfBoundsException.class, () -> bio.read(buffer, 90, 11));
    }

    @Test
    void oneThreadMayReadWhileAnotherWrites() throws Exception {
        MemoryBio shared = new MemoryBio(1000);
        int total = 1_000_000;
        Thread writer = new Thread(() -> {
            byte[] b = new byte[300];
            for (int sent = 0; sent < total; ) {
                for (int i = 0; i < b.length; i++) {
                    b[i] = (byte) (sent + i);
                }
                try {
                    int n = shared.write(b, 0, Math.min(b.length, total - sent));
                    sent += Math.max(0, n);
                    if (n < 0) {
                        Thread.yield();
                    }
                } catch (IOException e) {
                    return;
                }
            }
        });
        writer.start();
        for (int got = 0; got < total; ) {
            int n = shared.read(buffer, 0, 100);
            for (int i = 0; i < n; i++) {
                assertEquals((byte) (got + i), buffer[i]);
            }
            got += Math.max(0, n);
            if (n < 0) {
                Thread.yield();
            }
        }
        writer.join();
    }

    @Test
    void specialReasonsAreToldApart() throws IOException {
        Bio special = new Bio() {
            @Override
            public int read(byte[] b, int off, int len) {
                return retrySpecial(RetryReason.CONNECT);
            }

            @Override
            public int write(byte[] b, int off, int len) {
                clearRetry();
                return len;
            }

            @Override
            public boolean eof() {
                return false;
            }
        };
        assertEquals(-1, special.read(buffer, 0, 1));
        assertTrue(special.shouldRetry());
        assertTrue(special.shouldIoSpecial());
        assertFalse(special.shouldRead());
        assertEquals(RetryReason.CONNECT, special.retryReason());
        assertEquals(2, special.retryReason().code());
        special.write(buffer, 0, 1);
        assertEquals(RetryReason.NONE, special.retryReason());
        assertFalse(special.shouldRetry());
    }

    @Test
    void whatIsReadIsGone() throws IOException {
        bio.puts("abc");
        assertEquals(2, bio.read(buffer, 0, 2));
        assertEquals(1, bio.pending());
        assertEquals("c", new String(bio.data(), StandardCharsets.US_ASCII));
        assertEquals(1, bio.read(buffer, 0, 2));
        assertEquals(-1, bio.read(buffer, 0, 2));
    }

    @Test
    void itGrowsWithWhatIsWritten() throws IOException {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        for (int i = 0; i < large.length; i += 30_000) {
            assertEquals(30_000, bio.write(large, i, 30_000));
        }
        assertEquals(large.length, bio.pending());
        assertArrayEquals(large, bio.data());
        assertEquals(0, bio.wpending());
    }

    @Test
    @Timeout(60)
    void smallReadsAndWritesAreQuickAlsoWhenItHoldsMuch() throws IOException {
        bio.write(new byte[1 << 24], 0, 1 << 24); // fills its array exactly
        // Were all that is held moved with each write, this would move ten terabytes.
        for (int i = 0; i < 600_000; i++) {
            assertEquals(1, bio.read(buffer, 0, 1));
            assertEquals(1, bio.write(buffer, 0, 1));
        }
        assertEquals(1 << 24, bio.pending());
    }

    @Test
    void getsReadsALineOrWhatThereIsOfIt() throws IOException {
        bio.puts("one\n\nthree and\nrest");
        assertEquals("one\n", gets(bio, 100));
        assertEquals("\n", gets(bio, 100));
        assertEquals("three", gets(bio, 5));
        assertEquals(" and", gets(bio, 4));
        assertEquals("\n", gets(bio, 4));
        assertEquals("rest", gets(bio, 100));
        assertEquals(-1, bio.gets(buffer, 0, 100));
        assertTrue(bio.shouldRead());
        bio.setEofReturn(0);
        assertEquals(0, bio.gets(buffer, 0, 100));
        assertFalse(bio.shouldRetry());
        assertEquals(0, bio.gets(buffer, 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> bio.gets(buffer, 1, 100));
    }

    @Test
    void aReadOnlyOneHasLinesToo() throws IOException {
        MemoryBio fixed = new MemoryBio("xa\nby".getBytes(StandardCharsets.US_ASCII), 1, 3);
        assertEquals("a\n", gets(fixed, 100));
        assertEquals("b", gets(fixed, 100));
        assertEquals(0, fixed.gets(buffer, 0, 100));
        assertThrows(IOException.class, () -> fixed.puts("x"));
    }

    @Test
    void aReadOnlyOneHasBytesOfItsOwn() throws IOException {
        byte[] mine = {1, 2, 3, 4};
        MemoryBio fixed = new MemoryBio(mine, 1, 2);
        mine[1] = 9;
        assertArrayEquals(new byte[] {2, 3}, fixed.data());
        fixed.read(buffer, 0, 1);
        assertArrayEquals(new byte[] {3}, fixed.data(), "what is left to read");
        assertThrows(IndexOutOfBoundsException.class, () -> new MemoryBio(mine, 2, 3));
        assertThrows(IllegalStateException.class, () -> fixed.setData(mine));
    }

    @Test
    void resetCanMakeWhatWasReadSinceTheLastWriteReadableAgain() throws IOException {
        bio.setClearedByReset(false);
        bio.puts("abcdef");
        gets(bio, 2);
        bio.puts("gh"); // what was read before is gone for good
        assertEquals("cdefgh", gets(bio, 100));
        assertTrue(bio.eof());
        bio.reset();
        assertEquals(6, bio.pending());
        assertEquals("cde", gets(bio, 3));
        bio.reset();
        assertEquals("cdefgh", gets(bio, 100));
        bio.setClearedByReset(true);
        bio.reset();
        assertEquals(-1, bio.read(buffer, 0, 1));
        bio.setClearedByReset(false);
        bio.reset();
        assertEquals(-1, bio.read(buffer, 0, 1));
    }

    @Test
    void whatItHoldsCanBeReplaced() throws IOException {
        bio.setClearedByReset(false);
        bio.puts("before");
        bio.read(buffer, 0, 2);
        bio.puts("this");
        byte[] after = {'a', 'f'};
        bio.setData(after);
        after[0] = 'x';
        assertEquals(2, bio.pending());
        bio.reset();
        assertEquals(2, bio.pending());
        bio.puts("ter");
        assertEquals("after", gets(bio, 100));
        MemoryBio small = new MemoryBio(3);
        small.setData(new byte[3]);
        assertEquals(-1, small.write(buffer, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> small.setData(new byte[4]));
    }

    @Test
    void dataIsACopyAndLeavesWhatIsThere() throws IOException {
        bio.puts("abc");
        bio.data()[0] = 'x';
        assertEquals("abc", gets(bio, 100));
        assertEquals(0, bio.data().length);
    }

    @Test
    void closingItLosesNothing() throws IOException {
        bio.puts("abc");
        bio.close();
        assertEquals("abc", gets(bio, 100));
    }

    private static String gets(MemoryBio from, int most) {
        byte[] b = new byte[100];
        return new String(b, 0, Math.max(0, from.gets(b, 0, most)), StandardCharsets.US_ASCII);
    }
}
