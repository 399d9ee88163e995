// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.manual.Faults.assertWaits;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.MemoryPair;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.handshake.Role;
import org.libssl4j.testkit.peer.EnginePeer;

/** SSL_set_bio(3), SSL_set0_rbio(3) and SSL_set0_wbio(3). */
class SslSetBioManualTest {
    /** Counts what is done with it. */
    private static final class Counted extends FilterBio {
        int closes;
        int flushes;

        @Override
        public int flush() throws IOException {
            flushes++;
            return super.flush();
        }

        @Override
        public void close() {
            closes++;
        }
    }

    private final Ssl ssl = new Ssl(MemoryPair.clientCtx());
    private final Counted a = new Counted();
    private final Counted b = new Counted();
    private final Counted c = new Counted();
    private final Counted d = new Counted();

    private void assertCloses(int ofA, int ofB, int ofC, int ofD) {
        assertArrayEquals(new int[] {ofA, ofB, ofC, ofD}, new int[] {a.closes, b.closes, c.closes, d.closes});
    }

    // ---- what the Bios are for -------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void oneIsReadFromAndTheOtherWrittenTo(Role role) throws IOException {
        OverMemory m = OverMemory.as(role);
        m.ours.setBio(null, null);
        m.ours.set0Rbio(m.toUs);
        m.ours.set0Wbio(m.toSun);
        assertSame(m.toUs, m.ours.getRbio());
        assertSame(m.toSun, m.ours.getWbio());
        m.connected();
        m.sun.write(new byte[] {5});
        assertEquals(1, m.ours.read(new byte[1], 0, 1));
        m.ours.write(new byte[] {6}, 0, 1);
        assertEquals(6, m.sunReads());
    }

    @Test
    void theConnectionWaitsOrNotAsItsBioDoes() throws Exception {
        OverMemory m = OverMemory.as(Role.CLIENT);
        assertWaits(SslError.WANT_READ, m.ours.connect(), m.ours);
        try (OverSocket s = OverSocket.blocking(Role.CLIENT)) {
            s.with(EnginePeer::handshake);
            assertEquals(1, s.ours.connect());
            s.played();
        }
    }

    @Test
    void aBioOfTheCallersOwnNeedsReadingOrWritingAlone() throws IOException {
        OverMemory m = OverMemory.as(Role.CLIENT);
        m.ours.setBio(
                new Bio() {
                    @Override
                    public int read(byte[] to, int off, int len) {
                        int n = m.toUs.read(to, off, len);
                        return n < 0 ? retryRead() : n;
                    }

                    @Override
                    public int write(byte[] from, int off, int len) {
                        throw new AssertionError("it is for reading");
                    }

                    @Override
                    public boolean eof() {
                        return false;
                    }
                },
                new Bio() {
                    @Override
                    public int read(byte[] to, int off, int len) {
                        throw new AssertionError("it is for writing");
                    }

                    @Override
                    public int write(byte[] from, int off, int len) throws IOException {
                        return m.toSun.write(from, off, len);
                    }

                    @Override
                    public boolean eof() {
                        return false;
                    }
                });
        assertEquals(1, m.ours.getWbio().flush(), "one without buffers has nothing to flush");
        m.connected();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whatWasWrittenIsFlushed(Role role) throws IOException {
        OverMemory m = OverMemory.as(role);
        m.ours.setNumTickets(0); // they would go out before the data
        Counted out = new Counted();
        out.push(m.toSun);
        m.ours.set0Wbio(out);
        m.connected();
        int before = out.flushes;
        assertTrue(before > 0);
        m.ours.write(new byte[1], 0, 1);
        assertEquals(before + 1, out.flushes);
        m.ours.shutdown();
        assertEquals(before + 2, out.flushes);
    }

    // ---- whose they are --------------------------------------------------------------------------------------------

    @Test
    void aBioIsClosedWithItsWholeChainWhenTheConnectionIs() {
        a.push(c);
        ssl.set0Rbio(a);
        ssl.set0Wbio(b);
        assertCloses(0, 0, 0, 0);
        ssl.close();
        assertCloses(1, 1, 1, 0);
        ssl.close();
        assertCloses(1, 1, 1, 0);
    }

    @Test
    void aBioIsClosedWithItsWholeChainWhenAnotherTakesItsPlace() {
        a.push(c);
        b.push(d);
        ssl.setBio(a, b);
        ssl.set0Rbio(new MemoryBio());
        assertCloses(1, 0, 1, 0);
        ssl.set0Wbio(new MemoryBio());
        assertCloses(1, 1, 1, 1);
    }

    @Test
    void aBioThatIsSetAgainStaysOpen() {
        ssl.set0Rbio(a);
        ssl.set0Rbio(a);
        ssl.set0Wbio(b);
        ssl.set0Wbio(b);
        assertCloses(0, 0, 0, 0);
    }

    @Test
    void oneForBothDirectionsIsClosedOnceAndNotBeforeBothHaveLetItGo() {
        ssl.set0Rbio(a);
        ssl.set0Wbio(a);
        ssl.set0Rbio(b);
        assertCloses(0, 0, 0, 0);
        ssl.set0Wbio(b);
        assertCloses(1, 0, 0, 0);
        ssl.close();
        assertCloses(1, 1, 0, 0);
    }

    // ---- the rules of SSL_set_bio(3), in its order ----------------------------------------------------------------

    @Test
    void ifNeitherChangesNothingHappens() {
        ssl.setBio(a, b);
        ssl.setBio(a, b);
        assertCloses(0, 0, 0, 0);
        assertSame(a, ssl.getRbio());
        assertSame(b, ssl.getWbio());
    }

    @Test
    void ifBothChangeToDifferentOnesTheOldOnesAreClosedAndTheNewOnesOwned() {
        ssl.setBio(a, b);
        ssl.setBio(c, d);
        assertCloses(1, 1, 0, 0);
        ssl.close();
        assertCloses(1, 1, 1, 1);
    }

    @Test
    void ifBothBecomeTheSameNewOneItIsOwnedOnce() {
        ssl.setBio(a, b);
        ssl.setBio(c, c);
        assertCloses(1, 1, 0, 0);
        ssl.close();
        assertCloses(1, 1, 1, 0);
    }

    @Test
    void ifBothBecomeTheOneThatIsReadFromItIsOwnedOnceStill() {
        ssl.setBio(a, b);
        ssl.setBio(a, a);
        assertCloses(0, 1, 0, 0);
        ssl.close();
        assertCloses(1, 1, 0, 0);
    }

    @Test
    void ifTheOneForWritingAloneChangesTheOneForReadingStays() {
        ssl.setBio(a, b);
        ssl.setBio(a, c);
        assertCloses(0, 1, 0, 0);
        ssl.setBio(a, a);
        ssl.setBio(a, d); // from one for both
        assertCloses(0, 1, 1, 0);
        ssl.close();
        assertCloses(1, 1, 1, 1);
    }

    @Test
    void ifTheOneForReadingAloneChangesFromOneForBothThatStaysForWriting() {
        ssl.setBio(a, a);
        ssl.setBio(b, a);
        assertCloses(0, 0, 0, 0);
        ssl.close();
        assertCloses(1, 1, 0, 0);
    }

    @Test
    void ifTheOneForReadingAloneChangesTheOneForWritingStays() {
        ssl.setBio(a, b);
        ssl.setBio(c, b);
        assertCloses(1, 0, 0, 0);
        assertSame(b, ssl.getWbio());
        ssl.close();
        assertCloses(1, 1, 1, 0);
    }

    @Test
    void settingCannotFail() {
        FilterBio unwilling = new FilterBio() {
            @Override
            public void close() throws IOException {
                throw new IOException("it does not close");
            }
        };
        FilterBio broken = new FilterBio() {
            @Override
            public void close() {
                throw new IllegalStateException("a bug of the Bio's");
            }
        };
        ssl.setBio(unwilling, broken);
        ssl.setBio(a, b);
        assertSame(a, ssl.getRbio());
        assertSame(b, ssl.getWbio());
        ssl.set0Rbio(unwilling);
        ssl.set0Wbio(broken);
        ssl.close();
    }
}
