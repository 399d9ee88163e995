// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.libssl4j.MemoryPair;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;

/** SSL_pending(3): what of the peer's bytes a connection holds. */
class SslPendingManualTest {
    private final byte[] b = new byte[100];

    @Test
    void aRecordIsDecryptedWholeAndKeptUntilItIsRead() {
        ServerRecords s = new ServerRecords();
        s.send(s.data((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5));
        Ssl client = s.pair.client;
        assertEquals(2, client.read(b, 0, 2));
        assertEquals(0, s.pair.toClient.pending(), "all of the record was taken");
        assertEquals(3, client.pending());
        assertEquals(1, client.read(b, 2, 1));
        assertEquals(2, client.pending());
        assertEquals(2, client.read(b, 3, 50));
        assertEquals(0, client.pending());
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, Arrays.copyOf(b, 5));
    }

    @Test
    void whatIsPendingIsReadWithoutTheBio() {
        ServerRecords s = new ServerRecords();
        Ssl client = s.pair.client;
        WatchedBio bio = new WatchedBio(s.pair.toClient, false);
        client.set0Rbio(bio);
        s.send(s.data(new byte[60]));
        assertEquals(10, client.read(b, 0, 10));
        int reads = bio.reads();
        assertEquals(50, client.pending());
        assertEquals(50, client.read(b, 0, 100));
        assertEquals(reads, bio.reads());
    }

    @Test
    void nothingIsPendingBeforeTheRecordIsProcessed() {
        ServerRecords s = new ServerRecords();
        assertEquals(0, new Ssl(MemoryPair.clientCtx()).pending());
        s.send(s.data((byte) 1));
        assertEquals(0, s.pair.client.pending());
        assertFalse(s.pair.client.hasPending());
    }

    @Test
    void readAheadTakesMoreRecordsWhichOnlyHasPendingTells() {
        ServerRecords s = new ServerRecords();
        Ssl client = s.pair.client;
        client.setReadAhead(true);
        s.send(s.data((byte) 1), s.data((byte) 2), s.data((byte) 3));
        assertEquals(1, client.read(b, 0, 100));
        assertEquals(0, s.pair.toClient.pending(), "the Bio has nothing any more");
        assertEquals(0, client.pending(), "and nothing is decrypted");
        assertTrue(client.hasPending());
        assertEquals(1, client.read(b, 1, 99));
        assertEquals(0, client.pending());
        assertEquals(1, client.read(b, 2, 98));
        assertArrayEquals(new byte[] {1, 2, 3}, Arrays.copyOf(b, 3));
        assertFalse(client.hasPending());
    }

    @Test
    void withoutReadAheadTheNextRecordStaysInTheBio() {
        ServerRecords s = new ServerRecords();
        byte[] first = s.data((byte) 1);
        byte[] second = s.data((byte) 2);
        s.send(first, second);
        assertEquals(1, s.pair.client.read(b, 0, 100));
        assertEquals(second.length, s.pair.toClient.pending());
        assertFalse(s.pair.client.hasPending());
    }

    @Test
    void hasPendingTellsOfDecryptedData() {
        ServerRecords s = new ServerRecords();
        s.send(s.data((byte) 1, (byte) 2));
        assertFalse(s.pair.client.hasPending());
        assertEquals(1, s.pair.client.read(b, 0, 1));
        assertTrue(s.pair.client.hasPending());
        assertEquals(1, s.pair.client.read(b, 0, 1));
        assertFalse(s.pair.client.hasPending());
    }

    @Test
    void whatHasPendingTellsOfMayBeNoData() {
        ServerRecords s = new ServerRecords();
        Ssl client = s.pair.client;
        client.setReadAhead(true);
        s.send(s.data((byte) 1), s.ticket());
        assertEquals(1, client.read(b, 0, 1));
        assertTrue(client.hasPending());
        assertEquals(-1, client.read(b, 0, 1));
        assertEquals(SslError.WANT_READ, client.getError(-1));
        assertEquals(1, client.getSession().getTicket().length, "it was a ticket");
        assertFalse(client.hasPending());
    }

    @Test
    void aPartOfARecordStaysPendingOverReads() {
        ServerRecords s = new ServerRecords();
        Ssl client = s.pair.client;
        byte[] record = s.data((byte) 1);
        s.send(Arrays.copyOf(record, 10));
        for (int i = 0; i < 3; i++) {
            assertEquals(-1, client.read(b, 0, 1));
            assertEquals(SslError.WANT_READ, client.getError(-1));
            assertTrue(client.hasPending());
            assertEquals(0, client.pending());
        }
        s.send(Arrays.copyOfRange(record, 10, record.length));
        assertEquals(1, client.read(b, 0, 1));
        assertFalse(client.hasPending());
    }
}
