// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.spi.VerifyMode;

/** Data that comes together with a message which has to be answered: one read gives it, for nothing else may ever come to wake the reader. */
class DataBehindMessagesTest {
    private static final byte[] DATA = {1, 2, 3, 4, 5};

    private static void assertOneReadGivesTheData(MemoryPair p) {
        assertEquals(DATA.length, p.server.write(DATA, 0, DATA.length));
        assertEquals(DATA.length, p.client.read(new byte[100], 0, 100));
        assertTrue(p.toServer.pending() > 0, "the answer is out as well");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestToUpdateKeys(boolean readAhead) {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.client.setReadAhead(readAhead);
        assertEquals(1, p.server.keyUpdate(KeyUpdateType.REQUESTED));
        assertEquals(DATA.length, p.server.write(DATA, 0, DATA.length));
        assertEquals(DATA.length, p.client.read(new byte[100], 0, 100));
        assertEquals(0, p.toServer.pending(), "the answer goes with the next data");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestForACertificate(boolean readAhead) throws GeneralSecurityException {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setPostHandshakeAuth(true);
        p.client.useCertAndKey(List.of(MemoryPair.IDENTITY.certificate()), MemoryPair.IDENTITY.key());
        p.connected();
        p.client.setReadAhead(readAhead);
        p.server.setVerify(VerifyMode.PEER, null);
        assertEquals(1, p.server.verifyClientPostHandshake());
        assertOneReadGivesTheData(p);
    }

    @Test
    void peekFindsItToo() {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.client.setReadAhead(true);
        assertEquals(1, p.server.keyUpdate(KeyUpdateType.REQUESTED));
        assertEquals(DATA.length, p.server.write(DATA, 0, DATA.length));
        assertEquals(DATA.length, p.client.peek(new byte[100], 0, 100));
        assertEquals(DATA.length, p.client.read(new byte[100], 0, 100));
    }
}
