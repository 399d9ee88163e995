// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

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
}
