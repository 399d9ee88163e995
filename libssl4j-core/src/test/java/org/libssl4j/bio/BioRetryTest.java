// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What BIO_should_retry(3) says. */
class BioRetryTest {
    private final byte[] buffer = new byte[10];

    /** Waits for what it is told, with every call. */
    private static final class Waiting extends Bio {
        private final RetryReason reason;

        Waiting(RetryReason reason) {
            this.reason = reason;
        }

        @Override
        public int read(byte[] b, int off, int len) {
            return retrySpecial(reason);
        }

        @Override
        public int write(byte[] b, int off, int len) {
            return retryRead();
        }

        @Override
        public int flush() {
            return retryWrite();
        }

        @Override
        public int gets(byte[] b, int off, int len) {
            return retryWrite();
        }

        @Override
        public boolean eof() {
            return false;
        }
    }

    private static void waitsFor(int type, RetryReason reason, Bio bio) {
        assertEquals(type != 0, bio.shouldRetry());
        assertEquals(type == Bio.FLAGS_READ, bio.shouldRead());
        assertEquals(type == Bio.FLAGS_WRITE, bio.shouldWrite());
        assertEquals(type == Bio.FLAGS_IO_SPECIAL, bio.shouldIoSpecial());
        assertEquals(type, bio.retryType());
        assertSame(reason, bio.retryReason());
    }

    @Test
    void theTypesAreOpensslsNumbers() {
        assertEquals(1, Bio.FLAGS_READ);
        assertEquals(2, Bio.FLAGS_WRITE);
        assertEquals(4, Bio.FLAGS_IO_SPECIAL);
        for (RetryReason r : RetryReason.values()) {
            assertEquals(r.ordinal(), r.code());
        }
    }

    @Test
    void aReadWithoutBytesWaitsForReading() throws IOException {
        PairedBio half = BioPair.of().first();
        assertEquals(-1, half.read(buffer, 0, 1));
        waitsFor(Bio.FLAGS_READ, RetryReason.NONE, half);
    }

    @Test
    void aWriteWithoutRoomWaitsForWriting() throws IOException {
        PairedBio half = BioPair.of(1, 1).first();
        assertEquals(1, half.write(buffer, 0, 10));
        waitsFor(0, RetryReason.NONE, half);
        assertEquals(-1, half.write(buffer, 0, 10));
        waitsFor(Bio.FLAGS_WRITE, RetryReason.NONE, half);
    }

    @ParameterizedTest
    @EnumSource
    void aSpecialReasonIsTold(RetryReason reason) {
        Waiting bio = new Waiting(reason);
        assertEquals(-1, bio.read(buffer, 0, 1));
        waitsFor(Bio.FLAGS_IO_SPECIAL, reason, bio);
    }

    @Test
    void anotherReasonTakesThePlaceOfTheOneBefore() {
        Waiting bio = new Waiting(RetryReason.ACCEPT);
        bio.read(buffer, 0, 1);
        bio.write(buffer, 0, 1);
        waitsFor(Bio.FLAGS_READ, RetryReason.NONE, bio);
        bio.flush();
        waitsFor(Bio.FLAGS_WRITE, RetryReason.NONE, bio);
    }

    @Test
    void aFilterWaitsForWhatTheOneBehindWaitsFor() throws IOException {
        Waiting last = new Waiting(RetryReason.CONNECT);
        FilterBio first = new FilterBio();
        FilterBio second = new FilterBio();
        first.push(second).push(last);
        assertEquals(-1, first.read(buffer, 0, 1));
        waitsFor(Bio.FLAGS_IO_SPECIAL, RetryReason.CONNECT, first);
        assertEquals(-1, first.write(buffer, 0, 1));
        waitsFor(Bio.FLAGS_READ, RetryReason.NONE, first);
        assertEquals(-1, first.flush());
        waitsFor(Bio.FLAGS_WRITE, RetryReason.NONE, first);
        assertEquals(-1, first.gets(buffer, 0, 1));
        waitsFor(Bio.FLAGS_WRITE, RetryReason.NONE, first);
        first.pop();
        first.push(new NullBio());
        assertEquals(1, first.write(buffer, 0, 1));
        waitsFor(0, RetryReason.NONE, first);
    }

    @Test
    void theBioThatMadeTheCallWaitIsFound() throws IOException {
        Waiting last = new Waiting(RetryReason.ACCEPT);
        FilterBio first = new FilterBio();
        FilterBio second = new FilterBio();
        first.push(second).push(last);
        assertSame(first, first.retryBio(), "nothing waits yet");
        first.read(buffer, 0, 1);
        assertSame(last, first.retryBio());
        assertSame(RetryReason.ACCEPT, first.retryBio().retryReason());
    }

    @Test
    void aFilterThatItselfWaitsIsTheOne() throws IOException {
        FilterBio own = new FilterBio() {
            @Override
            public int read(byte[] b, int off, int len) {
                return retryWrite();
            }
        };
        FilterBio first = new FilterBio();
        first.push(own).push(new NullBio());
        assertEquals(-1, first.read(buffer, 0, 1));
        assertTrue(first.shouldWrite());
        assertSame(own, first.retryBio());
    }

    @Test
    void anEndOrAFailureIsNothingToRetry() throws IOException {
        BioPair pair = BioPair.of(1, 1);
        pair.first().read(buffer, 0, 1);
        pair.second().shutdownWrite();
        assertEquals(0, pair.first().read(buffer, 0, 1));
        waitsFor(0, RetryReason.NONE, pair.first());
        pair.second().read(buffer, 0, 1);
        assertTrue(pair.second().shouldRetry());
        assertThrows(IOException.class, () -> pair.second().write(buffer, 0, 1));
        assertFalse(pair.second().shouldRetry());
    }

    @Test
    void whatBlocksNeverAsksForARetry() throws IOException {
        StreamBio bio = new StreamBio(new java.io.ByteArrayInputStream(new byte[1]), null);
        assertEquals(1, bio.read(buffer, 0, 10));
        assertFalse(bio.shouldRetry());
        assertEquals(0, bio.read(buffer, 0, 10));
        assertFalse(bio.shouldRetry());
    }
}
