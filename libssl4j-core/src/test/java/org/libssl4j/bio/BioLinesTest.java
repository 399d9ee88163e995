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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What BIO_read(3) says of gets, get_line and puts. */
class BioLinesTest {
    private final byte[] buffer = new byte[100];
    private final ScriptedBio bio = new ScriptedBio();

    private String getLine(Bio from, int most) throws IOException {
        int n = from.getLine(buffer, 10, most);
        return n < 0 ? "retry" : new String(buffer, 10, n, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aBioWithoutGetsSaysSo() {
        IOException e = assertThrows(IOException.class, () -> bio.gets(buffer, 0, 10));
        assertTrue(e.getMessage().contains("ScriptedBio"));
        assertTrue(e.getMessage().contains("getLine"));
    }

    @Test
    void aBioWithoutResetSaysSo() {
        Bio stream = new StreamBio(null, null);
        assertTrue(assertThrows(IOException.class, stream::reset).getMessage().contains("StreamBio"));
    }

    @Test
    void getLineReadsByteByByteUpToTheLineFeed() throws IOException {
        bio.reads("one\ntwo\n");
        assertEquals("one\n", getLine(bio, 50));
        assertEquals(Collections.nCopies(4, 1), bio.readSizes);
        assertEquals(4, bio.read(buffer, 0, 50), "nothing behind the line was taken");
    }

    @Test
    void getLineStopsWhereThereIsNoRoomForMore() throws IOException {
        bio.reads("abcdef\n");
        assertEquals("abc", getLine(bio, 3));
        assertEquals("def\n", getLine(bio, 4));
        assertEquals("", getLine(bio, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> bio.getLine(buffer, 50, 51));
    }

    @Test
    void getLineGivesTheRealLengthOfALineWithNuls() throws IOException {
        bio.reads("a\0b\0\nc");
        assertEquals("a\0b\0\n", getLine(bio, 50));
        MemoryBio memory = new MemoryBio();
        memory.puts("a\0b\0\nc");
        assertEquals(5, memory.gets(buffer, 0, 50));
    }

    @Test
    void noNulIsPutBehindALine() throws IOException {
        MemoryBio memory = new MemoryBio();
        memory.puts("ab\ncd\n");
        java.util.Arrays.fill(buffer, (byte) 7);
        assertEquals(3, memory.gets(buffer, 0, 3));
        assertEquals(3, memory.getLine(buffer, 3, 50));
        assertArrayEquals(new byte[] {'a', 'b', '\n', 'c', 'd', '\n', 7}, java.util.Arrays.copyOf(buffer, 7));
    }

    @Test
    void getLineGivesWhatThereIsWhenTheRestHasNotCome() throws IOException {
        bio.reads("ab", RETRY, RETRY, "c\n", "d", END, END);
        assertEquals("ab", getLine(bio, 50));
        assertFalse(bio.shouldRetry());
        assertEquals("retry", getLine(bio, 50));
        assertTrue(bio.shouldRead());
        assertEquals("c\n", getLine(bio, 50));
        assertEquals("d", getLine(bio, 50));
        assertEquals("", getLine(bio, 50));
        assertFalse(bio.shouldRetry());
    }

    @Test
    void getLineFailsAsReadDoes() {
        IOException io = new IOException("gone");
        bio.reads("a", io);
        assertSame(io, assertThrows(IOException.class, () -> bio.getLine(buffer, 0, 50)));
        assertEquals('a', buffer[0]);
    }

    @Test
    void putsWritesTheBytesOfUtf8AndNothingElse() throws IOException {
        MemoryBio memory = new MemoryBio();
        assertEquals(3, memory.puts("aß"));
        assertArrayEquals(new byte[] {'a', (byte) 0xc3, (byte) 0x9f}, memory.data());
        assertEquals(0, memory.puts(""));
    }

    @Test
    void putsMayWriteFewerOrHaveToBeTriedAgain() throws IOException {
        bio.writes(2, RETRY);
        assertEquals(2, bio.puts("abc"));
        assertEquals(-1, bio.puts("c"));
        assertTrue(bio.shouldWrite());
        assertEquals("ab", bio.text());
    }
}
