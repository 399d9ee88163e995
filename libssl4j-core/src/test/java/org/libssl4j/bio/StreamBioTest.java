// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Bio over Java's streams. */
class StreamBioTest {
    private final byte[] buffer = new byte[100];
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> calls = new ArrayList<>();

    private static InputStream in(String s) {
        return new ByteArrayInputStream(s.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void itReadsToTheEndOfTheStream() throws IOException {
        StreamBio bio = new StreamBio(in("abc"), null);
        assertTrue(bio.readyToRead());
        assertEquals(2, bio.read(buffer, 0, 2));
        assertFalse(bio.eof());
        assertEquals(1, bio.read(buffer, 0, 2));
        assertEquals(0, bio.read(buffer, 0, 2));
        assertTrue(bio.eof());
        assertFalse(bio.shouldRetry());
        assertFalse(bio.readyToRead());
        assertEquals(0, bio.read(buffer, 0, 0));
    }

    @Test
    void itWritesAllOfIt() throws IOException {
        StreamBio bio = new StreamBio(null, out);
        assertEquals(3, bio.puts("abc"));
        assertEquals("abc", out.toString(StandardCharsets.US_ASCII));
        assertEquals(1, bio.flush());
    }

    @Test
    void aMissingStreamSaysSo() throws IOException {
        StreamBio bio = new StreamBio(null, null);
        assertThrows(IOException.class, () -> bio.read(buffer, 0, 1));
        assertThrows(IOException.class, () -> bio.write(buffer, 0, 1));
        assertThrows(IOException.class, () -> bio.gets(buffer, 0, 1));
        assertFalse(bio.readyToRead());
        assertEquals(1, bio.flush());
        bio.close();
    }

    @Test
    void itHasLines() throws IOException {
        StreamBio bio = new StreamBio(in("one\ntwo"), null);
        assertEquals(4, bio.gets(buffer, 0, 100));
        assertEquals(3, bio.gets(buffer, 0, 100));
        assertEquals(0, bio.gets(buffer, 0, 100));
    }

    @Test
    void aTimeoutIsToBeTriedAgain() throws IOException {
        StreamBio bio = new StreamBio(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new SocketTimeoutException();
                    }

                    @Override
                    public int read(byte[] b, int off, int len) throws IOException {
                        throw new SocketTimeoutException();
                    }

                    @Override
                    public int available() throws IOException {
                        throw new IOException("closed");
                    }
                },
                null);
        assertEquals(-1, bio.read(buffer, 0, 1));
        assertTrue(bio.shouldRead());
        assertFalse(bio.eof());
        assertFalse(bio.readyToRead());
    }

    private StreamBio told(IOException onFlush) {
        return new StreamBio(
                new InputStream() {
                    @Override
                    public int read() {
                        return -1;
                    }

                    @Override
                    public void close() {
                        calls.add("in closed");
                    }
                },
                new OutputStream() {
                    @Override
                    public void write(int b) {}

                    @Override
                    public void flush() throws IOException {
                        calls.add("flushed");
                        if (onFlush != null) {
                            throw onFlush;
                        }
                    }

                    @Override
                    public void close() {
                        calls.add("out closed");
                    }
                });
    }

    @Test
    void closingItFlushesAndClosesTheStreams() throws IOException {
        told(null).close();
        assertEquals(List.of("flushed", "out closed", "in closed"), calls);
    }

    @Test
    void closingItLeavesThemOpenIfToldSo() throws IOException {
        StreamBio bio = told(null);
        bio.setClose(false);
        bio.close();
        assertEquals(List.of(), calls);
    }

    @Test
    void bothStreamsAreClosedAlsoIfTheFlushFails() {
        assertThrows(IOException.class, () -> told(new IOException("full")).close());
        assertEquals(List.of("flushed", "out closed", "in closed"), calls);
    }
}
