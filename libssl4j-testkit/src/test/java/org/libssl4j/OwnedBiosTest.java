// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.bio.MemoryBio;

/** Which Bios are closed, and Bios that change the connection that uses them. */
@Timeout(60)
class OwnedBiosTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    /** A filter that does something to its connection when it is used, and counts how often it was closed. */
    private static final class Meddling extends FilterBio {
        Runnable onRead = () -> {};
        Runnable onWrite = () -> {};
        Runnable onFlush = () -> {};
        boolean waits;
        IOException fails;
        int closes;

        Meddling(Bio behind) {
            push(behind);
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            onRead.run();
            return super.read(b, off, len);
        }

        @Override
        public int write(byte[] b, int off, int len) throws IOException {
            if (fails != null) {
                throw fails;
            }
            int n = waits ? retryWrite() : super.write(b, off, len);
            onWrite.run();
            return n;
        }

        @Override
        public int flush() throws IOException {
            onFlush.run();
            return waits ? retryWrite() : super.flush();
        }

        @Override
        public void close() throws IOException {
            closes++;
            if (fails != null) {
                throw fails;
            }
        }
    }

    private final MemoryPair p = MemoryPair.unbounded().connected();
    private final Meddling in = new Meddling(p.toClient);
    private final Meddling out = new Meddling(p.toServer);
    private final byte[] b = new byte[64];

    OwnedBiosTest() {
        p.client.setBio(in, out);
    }

    // ---- which are closed ------------------------------------------------------------------------------------------

    @Test
    void aFilterCanBePutBeforeTheBioInUse() {
        Meddling before = new Meddling(out);
        p.client.set0Wbio(before);
        assertEquals(0, out.closes, "it is written to through the filter");
        assertEquals(5, p.client.write(HELLO, 0, 5));
        assertEquals(5, p.server.read(b, 0, 64));

        p.client.set0Wbio(out);
        assertEquals(1, before.closes);
        assertEquals(0, out.closes);
        p.client.close();
        assertEquals(1, out.closes);
    }

    @Test
    void aBioThatBothDirectionsUseStaysOpenWhenTheFilterOfOneGoes() {
        Meddling both = new Meddling(new MemoryBio());
        Meddling before = new Meddling(both);
        p.client.setBio(both, before);
        p.client.set0Wbio(null);
        assertEquals(1, before.closes);
        assertEquals(0, both.closes, "it is still read from");
        p.client.setBio(null, null);
        assertEquals(1, both.closes);
    }

    @Test
    void aBioThatFailsToCloseAsItFailedBeforeIsClosed() {
        out.fails = new IOException("kept, and thrown again");
        in.fails = out.fails;
        assertEquals(-1, p.client.write(HELLO, 0, 5));
        p.client.close();
        assertEquals(1, in.closes);
        assertEquals(1, out.closes);
        assertSame(out.fails, p.client.failure());
    }

    // ---- Bios that meddle ------------------------------------------------------------------------------------------

    @Test
    void aReadBioMayTakeItselfAway() {
        in.onRead = () -> p.client.set0Rbio(null);
        assertEquals(-1, p.client.read(b, 0, 64));
        assertEquals(SslError.WANT_READ, p.client.getError(-1));
        assertEquals(-1, p.client.read(b, 0, 64));
        assertEquals(SslError.SYSCALL, p.client.getError(-1), "there is none now");
        p.client.set0Rbio(p.toClient);
        assertEquals(5, p.server.write(HELLO, 0, 5));
        assertEquals(5, p.client.read(b, 0, 64));
    }

    @Test
    void aWriteBioMayTakeItselfAway() {
        out.onWrite = () -> p.client.set0Wbio(null);
        assertEquals(5, p.client.write(HELLO, 0, 5), "it had taken all of it before");
        assertNull(p.client.getWbio());
        assertEquals(5, p.server.read(b, 0, 64));

        Meddling full = new Meddling(out.pop());
        full.waits = true;
        full.onWrite = () -> p.client.set0Wbio(null);
        p.client.set0Wbio(full);
        assertEquals(-1, p.client.write(HELLO, 0, 5));
        assertEquals(SslError.WANT_WRITE, p.client.getError(-1));
        assertEquals(-1, p.client.write(HELLO, 0, 5));
        assertEquals(SslError.SYSCALL, p.client.getError(-1), "there is none now");
        p.client.set0Wbio(p.toServer);
        assertEquals(5, p.client.write(HELLO, 0, 5));
        assertEquals(5, p.server.read(b, 0, 64));
    }

    @Test
    void aBioMayCloseTheConnectionWhileItIsFlushed() {
        out.onFlush = () -> {
            out.waits = true;
            p.client.close();
        };
        assertEquals(-1, p.client.write(HELLO, 0, 5));
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        assertEquals("the connection was closed", p.client.failure().getMessage());
    }
}
