// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;

/** Setters for records, called while messages wait for their record. */
class RecordSettersTest {
    @Test
    void aPaddingCallbackThatFailsInsideASetterEndsTheConnectionAndTheSetterDoesNotThrow() {
        Queue<Runnable> work = new ArrayDeque<>();
        RuntimeException fault = new IllegalStateException("no padding today");
        SslCtx s = MemoryPair.serverCtx();
        s.setAsyncExecutor(work::add);
        s.setRecordPaddingCallback((ssl, type, length) -> {
            throw fault;
        });
        MemoryPair pair = new MemoryPair(MemoryPair.clientCtx(), s, new MemoryBio(), new MemoryBio());
        pair.client.doHandshake();
        assertEquals(SslError.WANT_ASYNC, pair.server.getError(pair.server.doHandshake()));
        work.remove().run(); // the key agreement; the signature stays
        assertEquals(SslError.WANT_ASYNC, pair.server.getError(pair.server.doHandshake()));
        pair.server.setMaxSendFragment(512);
        assertEquals(SslError.SSL, pair.server.getError(pair.server.doHandshake()));
        TlsException e = assertInstanceOf(TlsException.class, pair.server.failure());
        assertEquals(Reason.INTERNAL_ERROR, e.reason());
        assertSame(fault, e.getCause());
    }
}
