// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.bio.ScriptedBio.END;
import static org.libssl4j.bio.ScriptedBio.RETRY;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What BIO_f_buffer(3) says. */
@Timeout(60)
class BufferBioTest {
    private final ScriptedBio next = new ScriptedBio();
    private final BufferBio bio = new BufferBio();
    private final byte[] buffer = new byte[100_000];

    BufferBioTest() {
        bio.push(next);
    }

    private static String as(int n) {
        return "a".repeat(n);
    }

    private String read(int most) throws IOException {
        return text(bio.read(buffer, 0, most));
    }

    private String gets(int most) throws IOException {
        return text(bio.gets(buffer, 0, most));
    }

    private String text(int n) {
        return n < 0 ? "retry" : new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    @Test
    void readsComeFromABufferThatIsFilledFromTheNextOne() throws IOException {
        next.reads("abcdef");
        assertEquals("ab", read(2));
        assertEquals(4, bio.pending());
        assertEquals("cd", read(2));
        assertEquals(List.of(4096), next.readSizes);
    }

    @Test
    void aReadGivesAsManyBytesAsAreAskedFor() throws IOException {
        next.reads("ab", "c", "def", "g");
        assertEquals("abcde", read(5));
        assertEquals("fg", read(2));
    }

    @Test
    void fewerOnlyIfTheNextOneIsToBeTriedAgainOrEnds() throws IOException {
        next.reads("ab", RETRY, "c", END, END);
        assertEquals("ab", read(5));
        assertFalse(bio.shouldRetry());
        assertEquals("c", read(5));
        assertEquals("", read(5));
        assertFalse(bio.shouldRetry());
        assertEquals("retry", read(5));
        assertTrue(bio.shouldRead());
        assertSame(next, bio.retryBio());
    }

    @Test
    void aFailureAfterBytesComesWithTheNextCall() throws IOException {
        IOException io = new IOException("gone");
        RuntimeException odd = new IllegalStateException("odd");
        next.reads("ab", io, "cd", odd, "line", io, "\n");
        assertEquals("ab", read(5));
        assertSame(io, assertThrows(IOException.class, () -> read(5)));
        assertEquals("cd", read(5));
        assertSame(odd, assertThrows(IllegalStateException.class, () -> read(5)));
        assertEquals("line", gets(100));
        assertSame(io, assertThrows(IOException.class, () -> gets(100)));
        assertEquals("\n", gets(100));
    }

    @Test
    void aLongReadGoesPastTheBuffer() throws IOException {
        next.reads("xy" + as(9000));
        assertEquals("x", read(1));
        assertEquals("y" + as(8999), read(9000));
        assertEquals(List.of(4096, 9000 - 4095), next.readSizes);
        assertEquals(1, next.read(buffer, 0, 100));
    }

    @Test
    void aLengthOfNothingReadsNothing() throws IOException {
        assertEquals(0, bio.read(buffer, 0, 0));
        assertEquals(0, bio.gets(buffer, 0, 0));
        assertEquals(List.of(), next.readSizes);
        assertThrows(IndexOutOfBoundsException.class, () -> bio.read(buffer, 1, 100_000));
        assertThrows(IndexOutOfBoundsException.class, () -> bio.gets(buffer, -1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> bio.write(buffer, 0, -1));
    }

    @Test
    void twoBufferBiosReadABufferfulForEachByte() throws IOException {
        Object[] single = Collections.nCopies(5000, "a").toArray();
        next.reads(single);
        assertEquals("a", read(1));
        assertEquals(1, next.readSizes.size());
        BufferBio top = new BufferBio();
        top.push(bio);
        assertEquals(1, top.read(buffer, 0, 1));
        assertEquals(1 + 4096, next.readSizes.size());
    }

    @Test
    void pendingIsWhatTheBufferAndTheNextOneHold() throws IOException {
        MemoryBio memory = new MemoryBio();
        bio.setNext(memory);
        assertTrue(bio.eof());
        memory.puts(as(5000));
        assertEquals(5000, bio.pending());
        read(1);
        assertEquals(4999, bio.pending());
        read(4990);
        assertFalse(bio.eof());
        assertEquals(9, read(100).length());
        assertTrue(bio.eof());
        assertTrue(bio.readyToRead());
        bio.setNext(next);
        assertFalse(bio.readyToRead());
        next.reads("ab");
        read(1);
        assertTrue(bio.readyToRead());
    }

    @Test
    void anEndBehindIsNoneWhileTheBufferHoldsBytes() throws IOException {
        next.reads("ab", END);
        read(1);
        assertTrue(next.eof());
        assertFalse(bio.eof());
        read(1);
        assertTrue(bio.eof());
    }

    // ---- lines -----------------------------------------------------------------------------------------------------

    @Test
    void getsGivesWholeLines() throws IOException {
        next.reads("on", "e\ntw", RETRY, "o", RETRY, "\n\nend", END, END);
        assertEquals("one\n", gets(100));
        assertEquals("retry", gets(100));
        assertTrue(bio.shouldRead());
        assertEquals("retry", gets(100));
        assertEquals("two\n", gets(100));
        assertEquals("\n", gets(100));
        assertEquals("end", gets(100));
        assertEquals("", gets(100));
        assertFalse(bio.shouldRetry());
    }

    @Test
    void aLineLongerThanTheArrayComesInPieces() throws IOException {
        next.reads("abcdef\ng", RETRY);
        assertEquals("abc", gets(3));
        assertEquals("def", gets(3));
        assertEquals("\n", gets(3));
        assertEquals("g", gets(1));
    }

    @Test
    void whatGetsHeldBackCanBeRead() throws IOException {
        next.reads("abc", RETRY, RETRY);
        assertEquals("retry", gets(100));
        assertEquals(3, bio.pending());
        assertEquals("ab", read(2));
        assertEquals("retry", gets(100));
        next.reads("d\n");
        assertEquals("cd\n", gets(100));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4095, 4096, 4097})
    void aLineMayBeLongerThanTheBuffer(int piece) throws IOException {
        String line = as(20_000) + "\n";
        for (int i = 0; i < line.length(); i += piece) {
            next.reads(line.substring(i, Math.min(line.length(), i + piece)), RETRY);
        }
        String got = gets(50_000);
        while (got.equals("retry")) {
            got = gets(50_000);
        }
        assertEquals(line, got);
        next.reads("after\n");
        assertEquals("retry", gets(50_000)); // the last one told above
        assertEquals("after\n", gets(50_000));
    }

    @Test
    void aLongLineThatComesByteByByteIsNotSearchedAgainAndAgain() throws IOException {
        int length = 1 << 20; // were it, this would take minutes
        int[] calls = new int[1];
        bio.setNext(new Bio() {
            @Override
            public int read(byte[] b, int off, int len) {
                clearRetry();
                if (calls[0]++ % 2 == 0) {
                    return retryRead();
                }
                b[off] = (byte) (calls[0] == 2 * length ? '\n' : 'a');
                return 1;
            }

            @Override
            public int write(byte[] b, int off, int len) {
                return len;
            }

            @Override
            public boolean eof() {
                return false;
            }
        });
        byte[] line = new byte[2 * length];
        int n = -1;
        while (n < 0) {
            n = bio.gets(line, 0, line.length);
        }
        assertEquals(length, n);
    }

    @Test
    void linesAreCounted() throws IOException {
        assertEquals(0, bio.getBufferNumLines());
        next.reads("a\nb\n\nc");
        read(1);
        assertEquals(3, bio.getBufferNumLines());
        gets(100);
        assertEquals(2, bio.getBufferNumLines());
    }

    @Test
    void itMakesLinesOfWhatHasNone() throws IOException {
        BioPair pair = BioPair.of();
        bio.setNext(pair.second());
        pair.first().puts("a line\nand");
        assertThrows(IOException.class, () -> pair.second().gets(buffer, 0, 10));
        assertEquals("a line\n", gets(100));
    }

    /** Writes a byte, so that there is something in the buffer, and then so many; returns how many it took in all. */
    private int fill(int n) throws IOException {
        return bio.puts("a") + bio.puts(as(n));
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    @Test
    void whatIsWrittenGoesOnWhenTheBufferIsFull() throws IOException {
        next.writes(4096);
        assertEquals(4000, bio.puts(as(4000)));
        assertEquals(96, bio.puts(as(96)));
        assertEquals(List.of(), next.writeSizes);
        assertEquals(4096, bio.wpending());
        assertEquals(10, bio.puts("0123456789"));
        assertEquals(as(4096), next.text());
        assertEquals(10, bio.wpending());
    }

    @Test
    void orWithAFlush() throws IOException {
        next.writes(3, 100);
        bio.puts("abcdef");
        assertEquals("", next.text());
        assertEquals(1, bio.flush());
        assertEquals("abcdef", next.text());
        assertEquals(1, next.flushed, "the next one is flushed, too");
        assertEquals(0, bio.wpending());
        assertEquals(1, bio.flush());
        assertEquals(2, next.flushed);
    }

    @Test
    void aFlushMayHaveToBeTriedAgain() throws IOException {
        next.writes(2, RETRY, 100).flushes(RETRY);
        bio.puts("abcdef");
        assertEquals(-1, bio.flush());
        assertTrue(bio.shouldRetry());
        assertTrue(bio.shouldWrite());
        assertEquals("ab", next.text());
        assertEquals(4, bio.wpending());
        assertEquals(-1, bio.flush(), "all is written, but the next one holds it back");
        assertEquals("abcdef", next.text());
        assertEquals(0, next.flushed);
        assertEquals(1, bio.flush());
        assertFalse(bio.shouldRetry());
        assertEquals("abcdef", next.text());
    }

    @Test
    void aWriteTakesWhatFitsAndIsThenToBeTriedAgain() throws IOException {
        assertEquals(4096, fill(5000));
        assertEquals(-1, bio.puts("b"));
        assertTrue(bio.shouldWrite());
        assertSame(next, bio.retryBio());
        next.writes(1);
        assertEquals(1, bio.puts("bc"));
        assertEquals(4096, bio.wpending());
        next.writes(5000);
        bio.flush();
        assertEquals(as(4096) + "b", next.text());
    }

    @Test
    void aLongWriteGoesPastTheBuffer() throws IOException {
        next.writes(5000, 4000, 10_000);
        assertEquals(10_000, bio.puts(as(10_000)));
        assertEquals(List.of(10_000, 4096), next.writeSizes);
        assertEquals(9000, next.text().length());
        assertEquals(1000, bio.wpending());
        assertEquals(0, bio.write(buffer, 0, 0));
    }

    @Test
    void aFailedWriteLosesNothingThatWasTaken() throws IOException {
        IOException io = new IOException("gone");
        next.writes(io, io, RETRY, 9000);
        assertEquals(4096, fill(5000));
        assertSame(io, assertThrows(IOException.class, () -> bio.puts("b")));
        assertSame(io, assertThrows(IOException.class, bio::flush));
        assertEquals(4096, bio.wpending());
        assertEquals(-1, bio.flush());
        assertEquals(1, bio.flush());
        assertEquals(as(4096), next.text());
    }

    @Test
    void aFailureAfterBytesWereTakenComesWithTheNextCall() throws IOException {
        IOException io = new IOException("gone");
        RuntimeException odd = new IllegalStateException("odd");
        next.writes(4096, io, 4096, 4096, odd);
        assertEquals(2 * 4096, bio.puts(as(9000)));
        assertSame(io, assertThrows(IOException.class, bio::flush));
        assertEquals(1, bio.flush());
        assertEquals(2 * 4096, next.text().length());
        assertEquals(2 * 4096, bio.puts(as(9000)));
        assertSame(odd, assertThrows(IllegalStateException.class, () -> bio.puts("b")));
        assertEquals(4096, bio.wpending(), "the call that failed has taken nothing");
        assertEquals(3 * 4096, next.text().length());
    }

    /** A Bio that has begun with what it was offered, as TLS has, wants the same bytes again: so nothing is offered that is not held here, unless the caller is told to come with all of it again. */
    @Test
    void whatTheNextOneWasOfferedBehindTakenBytesIsHeldForIt() throws IOException {
        next.writes(4096, RETRY, 4096);
        bio.puts("a");
        assertEquals(2 * 4096 - 1, bio.puts(as(20_000)));
        assertEquals(List.of(4096, 4096), next.writeSizes);
        assertEquals(1, bio.flush());
        assertEquals(as(2 * 4096), next.text());
    }

    @Test
    void aBioThatTakesNothingAndDoesNotWaitIsAFailure() throws IOException {
        next.writes(0);
        bio.puts("abc");
        assertThrows(IOException.class, bio::flush);
        assertEquals(3, bio.wpending());
    }

    @Test
    void wpendingIsWhatTheBufferAndTheNextOneHold() throws IOException {
        PairedBio half = BioPair.of().first();
        bio.setNext(half);
        bio.puts("abc");
        bio.flush();
        bio.puts("de");
        assertEquals(5, bio.wpending());
    }

    @Test
    void popSendsNothing() throws IOException {
        next.writes(100);
        bio.puts("abc");
        bio.pop();
        assertEquals("", next.text());
        assertThrows(IOException.class, bio::flush);
        bio.push(next);
        bio.flush();
        assertEquals("abc", next.text());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 10_000})
    void bytesKeepTheirOrderOverAPairOfAnySize(int size) throws IOException {
        BioPair pair = BioPair.of(size, size);
        BufferBio other = new BufferBio();
        bio.setNext(pair.first());
        other.push(pair.second());
        Random random = new Random(size);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] b = new byte[12_000];
        for (int i = 0; i < 1000; i++) {
            random.nextBytes(b);
            int n = bio.write(b, 5, random.nextInt(1, 1 << random.nextInt(1, 14)));
            in.write(b, 5, Math.max(0, n));
            if (random.nextBoolean()) {
                bio.flush();
            }
            n = other.read(b, 9, random.nextInt(1, 1 << random.nextInt(1, 14)));
            out.write(b, 9, Math.max(0, n));
        }
        while (out.size() < in.size()) {
            bio.flush();
            int n = other.read(b, 0, 12_000);
            out.write(b, 0, Math.max(0, n));
        }
        assertArrayEquals(in.toByteArray(), out.toByteArray());
        assertEquals(-1, other.read(b, 0, 1));
        assertEquals(0, bio.wpending());
    }

    // ---- sizes, data and reset -------------------------------------------------------------------------------------

    @Test
    void theBuffersHave4096BytesAndCanHaveMore() throws IOException {
        assertEquals(4096, BufferBio.DEFAULT_SIZE);
        bio.setReadBufferSize(5000);
        bio.setWriteBufferSize(6000);
        read(1);
        assertEquals(List.of(5000), next.readSizes);
        assertEquals(6000, fill(9000));
        bio.setBufferSize(4096);
        read(1);
        assertEquals(List.of(5000, 4096), next.readSizes);
        assertEquals(4096, fill(9000));
    }

    @Test
    void lessThanTheDefaultIsIgnored() throws IOException {
        bio.setBufferSize(4095);
        bio.setReadBufferSize(1);
        bio.setWriteBufferSize(1);
        read(1);
        assertEquals(List.of(4096), next.readSizes);
        assertEquals(4096, fill(9000));
        bio.setBufferSize(8192);
        bio.setBufferSize(100);
        assertEquals(8192, fill(9000));
        assertThrows(IllegalArgumentException.class, () -> bio.setBufferSize(0));
        assertThrows(IllegalArgumentException.class, () -> bio.setReadBufferSize(-1));
        assertThrows(IllegalArgumentException.class, () -> bio.setWriteBufferSize(-1));
    }

    @Test
    void anotherSizeClearsThatBuffer() throws IOException {
        next.reads("abc");
        read(1);
        bio.puts("xyz");
        bio.setBufferSize(4096);
        bio.setBufferSize(10);
        assertEquals(2, bio.pending(), "the size is the same");
        assertEquals(3, bio.wpending());
        bio.setReadBufferSize(5000);
        assertEquals(0, bio.pending());
        assertEquals(3, bio.wpending());
        bio.setWriteBufferSize(5000);
        assertEquals(0, bio.wpending());
        assertEquals("retry", read(1));
    }

    @Test
    void theReadBufferCanBeGivenItsBytes() throws IOException {
        next.reads("old", "next", RETRY, "more");
        read(1);
        byte[] mine = "-preset-".getBytes(StandardCharsets.US_ASCII);
        bio.setBufferReadData(mine, 1, 6);
        Arrays.fill(mine, (byte) 0);
        assertEquals(6, bio.pending());
        assertEquals("presetne", read(8));
        bio.setBufferReadData(mine, 0, 0);
        assertEquals(0, bio.pending());
        assertEquals("retry", read(2));
        assertThrows(IndexOutOfBoundsException.class, () -> bio.setBufferReadData(mine, 5, 4));
        bio.setBufferReadData(as(9000).getBytes(StandardCharsets.US_ASCII), 0, 9000);
        assertEquals(as(9000) + "mo", read(9002));
        assertEquals(9000, next.readSizes.get(next.readSizes.size() - 1), "it has grown");
    }

    @Test
    void resetDropsWhatIsBufferedAndResetsTheNextOne() throws IOException {
        next.reads("abc", RETRY).writes(100);
        read(1);
        bio.puts("xyz");
        bio.reset();
        assertEquals(1, next.resets);
        assertEquals(0, bio.pending());
        assertEquals(0, bio.wpending());
        assertEquals("retry", read(1));
        bio.flush();
        assertEquals("", next.text());
    }

    @Test
    void resetDropsWhatIsBufferedAlsoIfTheNextOneCannotBeReset() throws IOException {
        bio.setNext(new StreamBio(null, new ByteArrayOutputStream()));
        bio.puts("xyz");
        assertThrows(IOException.class, bio::reset);
        assertEquals(0, bio.wpending());
    }

    @Test
    void closingItLeavesTheNextOneOpen() throws IOException {
        bio.puts("abc");
        bio.close();
        assertEquals(0, next.closed);
        assertEquals("", next.text());
        assertEquals(0, bio.wpending());
    }

    @Test
    void whatItHeldIsWipedWhenItIsClosed() throws IOException {
        byte[][] buffers = new byte[2][];
        Bio behind = new FilterBio() {
            @Override
            public int read(byte[] b, int off, int len) {
                buffers[0] = b;
                b[off] = 42;
                b[off + 1] = 43;
                return 2;
            }

            @Override
            public int write(byte[] b, int off, int len) {
                buffers[1] = b;
                return retryWrite();
            }
        };
        BufferBio buffer = new BufferBio();
        buffer.push(behind);
        assertEquals(1, buffer.read(new byte[1], 0, 1));
        buffer.write(new byte[] {44}, 0, 1);
        assertEquals(-1, buffer.flush());
        assertEquals(44, buffers[1][0]);
        buffer.close();
        for (byte[] b : buffers) {
            assertArrayEquals(new byte[b.length], b);
        }
    }
}
