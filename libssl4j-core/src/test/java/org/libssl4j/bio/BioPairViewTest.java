// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What BIO_s_bio(3) says of reading and writing without copying. */
@Timeout(60)
class BioPairViewTest {
    private final BioPair pair = BioPair.of(10, 10);
    private final PairedBio a = pair.first();
    private final PairedBio b = pair.second();
    private final byte[] buffer = new byte[100];

    private static String text(ByteBuffer view) {
        return StandardCharsets.US_ASCII.decode(view.duplicate()).toString();
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

    private static ByteBuffer ascii(String s) {
        return StandardCharsets.US_ASCII.encode(s);
    }

    @Test
    void nread0ShowsWhatThereIsAndLeavesIt() throws IOException {
        a.puts("12345");
        assertEquals("12345", text(b.nread0()));
        assertEquals("12345", text(b.nread0()));
        assertEquals(5, b.pending());
        assertThrows(ReadOnlyBufferException.class, () -> b.nread0().put((byte) 0));
    }

    @Test
    void nreadConsumesAsMuchAsThereIs() throws IOException {
        a.puts("12345");
        assertEquals(2, b.nread(2));
        assertEquals("345", text(b.nread0()));
        assertEquals(0, b.nread(0));
        assertEquals(3, b.nread(100));
        assertEquals(-1, b.nread(1));
        assertTrue(b.shouldRead());
        assertThrows(IllegalArgumentException.class, () -> b.nread(-1));
    }

    @Test
    void withNothingToReadItIsToBeTriedAgain() throws IOException {
        assertNull(b.nread0());
        assertTrue(b.shouldRetry());
        assertTrue(b.shouldRead());
        assertEquals(1, a.getReadRequest());
        a.puts("x");
        assertEquals("x", text(b.nread0()));
        assertEquals(0, b.retryType());
    }

    @Test
    void nwrite0ShowsTheRoomAndWritesNothing() throws IOException {
        ByteBuffer room = a.nwrite0();
        assertEquals(10, room.remaining());
        room.put(ascii("abc"));
        assertEquals(0, b.pending());
        assertEquals(3, a.nwrite(3));
        assertEquals("abc", text(b.nread0()));
        assertEquals(7, a.nwrite0().remaining());
    }

    @Test
    void nwriteWritesNoMoreThanTheViewHas() throws IOException {
        a.puts("1234567");
        a.nwrite0().put(ascii("abc"));
        assertEquals(3, a.nwrite(100));
        assertEquals("1234567abc", text(b.nread0()));
        assertNull(a.nwrite0());
        assertTrue(a.shouldWrite());
        assertThrows(IllegalArgumentException.class, () -> a.nwrite(-1));
    }

    @Test
    void aViewCanBeWrittenInParts() throws IOException {
        a.nwrite0().put(ascii("abcdef"));
        assertEquals(2, a.nwrite(2));
        assertEquals(0, a.nwrite(0));
        assertEquals("ab", text(b.nread0()));
        assertEquals(2, b.nread(2));
        assertEquals(4, a.nwrite(4));
        assertEquals("cdef", text(b.nread0()));
    }

    @Test
    void withoutAViewNothingIsWritten() throws IOException {
        assertThrows(IllegalStateException.class, () -> a.nwrite(1));
        a.nwrite0();
        a.puts("x"); // takes the place that the view shows
        assertThrows(IllegalStateException.class, () -> a.nwrite(1));
        a.nwrite0();
        a.reset();
        assertThrows(IllegalStateException.class, () -> a.nwrite(1));
        assertEquals(0, a.nwrite(0));
        a.nwrite0();
        a.nwrite(10);
        assertThrows(IllegalStateException.class, () -> a.nwrite(1));
    }

    @Test
    void writingThroughAViewAnswersTheReadRequest() throws IOException {
        b.read(buffer, 0, 4);
        a.nwrite0();
        assertEquals(4, a.getReadRequest(), "nothing was written yet");
        a.nwrite(1);
        assertEquals(0, a.getReadRequest());
    }

    @Test
    void whereTheRingWrapsASecondCallShowsTheRest() throws IOException {
        a.puts("0123456789");
        b.read(buffer, 0, 6);
        assertEquals(6, a.getWriteGuarantee());
        a.puts("abcd");
        assertEquals("6789", text(b.nread0()));
        assertEquals(4, b.nread(8));
        assertEquals("abcd", text(b.nread0()));
        assertEquals(6, a.nwrite0().remaining());
        a.nwrite0().put(ascii("ABCDEF"));
        a.nwrite(6);
        assertEquals(4, b.nread(4));
        assertEquals(4, a.nwrite0().remaining());
        a.nwrite0().put(ascii("wxyz"));
        assertEquals(4, a.nwrite(4));
        assertEquals("ABCDEF", text(b.nread0()));
        assertEquals(6, b.nread(6));
        assertEquals("wxyz", text(b.nread0()));
    }

    @Test
    void theRoomItselfMayWrapToo() throws IOException {
        a.puts("0123456");
        b.read(buffer, 0, 5); // held: 5 and 6, in the middle of a ring of 10
        List<Integer> rooms = new ArrayList<>();
        for (ByteBuffer view = a.nwrite0(); view != null; view = a.nwrite0()) {
            rooms.add(a.nwrite(view.remaining()));
        }
        assertEquals(List.of(3, 5), rooms);
        assertEquals(10, b.pending());
    }

    @Test
    void anEmptyRingIsShownInOnePiece() throws IOException {
        a.puts("01234");
        b.read(buffer, 0, 5);
        assertEquals(10, a.nwrite0().remaining());
    }

    @Test
    void whatThePeerReadsDoesNotMoveAView() throws IOException {
        a.puts("123");
        ByteBuffer room = a.nwrite0();
        room.put(ascii("abc"));
        assertEquals(3, b.read(buffer, 0, 100));
        assertEquals(-1, b.read(buffer, 0, 100));
        assertEquals(3, a.nwrite(3));
        assertEquals("abc", text(b.nread0()));
    }

    @Test
    void whatThePeerWritesDoesNotChangeAView() throws IOException {
        BioPair large = BioPair.of(100_000, 1);
        large.first().puts("shown");
        ByteBuffer shown = large.second().nread0();
        large.first().write(new byte[50_000], 0, 50_000); // has to grow
        assertEquals("shown", text(shown));
        assertEquals(5, large.second().nread(5));
        assertEquals(0, large.second().nread0().get(0));
    }

    @Test
    void whatIsLeftOfAViewAfterAResetCannotBeConsumed() throws IOException {
        a.puts("12345");
        b.nread0();
        a.reset();
        assertEquals(-1, b.nread(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 64, 700})
    void bytesPassThroughViewsFromThreadToThread(int size) throws Exception {
        BioPair shared = BioPair.of(size, 1);
        byte[] all = new byte[50_000];
        new Random(size).nextBytes(all);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(
                () -> {
                    try {
                        for (int sent = 0; sent < all.length; ) {
                            ByteBuffer room = shared.first().nwrite0();
                            if (room == null) {
                                pause();
                                continue;
                            }
                            int n = Math.min(room.remaining(), all.length - sent);
                            room.put(all, sent, n);
                            assertEquals(n, shared.first().nwrite(n));
                            sent += n;
                        }
                        shared.first().shutdownWrite();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                BioPairViewTest::ownThread);
        byte[] got = new byte[all.length];
        int have = 0;
        while (true) {
            ByteBuffer view = shared.second().nread0();
            if (view == null) {
                assertFalse(writer.isCompletedExceptionally(), "the writer failed");
                pause();
                continue;
            }
            int n = view.remaining();
            if (n == 0) {
                break;
            }
            view.get(got, have, n);
            have += n;
            assertEquals(n, shared.second().nread(n));
        }
        writer.get(60, TimeUnit.SECONDS);
        assertArrayEquals(all, got);
    }
}
