// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keying material between two ends of ours, and when there is none. What peers make of it {@link org.libssl4j.interop.ExportersTest} shows. */
class ExporterTest {
    private static final String LABEL = "EXPERIMENTAL libssl4j";
    private static final byte[] CONTEXT = {1, 2, 3};

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 48, 49, 8160, 12_240})
    void bothSidesExportTheSame(int length) {
        MemoryPair p = MemoryPair.unbounded().connected();
        byte[] client = p.client.exportKeyingMaterial(length, LABEL, CONTEXT);
        assertEquals(length, client.length);
        assertArrayEquals(client, p.server.exportKeyingMaterial(length, LABEL, CONTEXT));
        assertFalse(Arrays.equals(client, new byte[length]));
    }

    @Test
    void noContextIsAnEmptyOne() {
        Ssl s = MemoryPair.unbounded().connected().client;
        byte[] none = s.exportKeyingMaterial(32, LABEL, null);
        assertArrayEquals(none, s.exportKeyingMaterial(32, LABEL, new byte[0]));
        assertFalse(Arrays.equals(none, s.exportKeyingMaterial(32, LABEL, CONTEXT)));
    }

    @Test
    void anotherLabelAndAnotherConnectionGiveSomethingElse() {
        Ssl s = MemoryPair.unbounded().connected().client;
        byte[] one = s.exportKeyingMaterial(32, LABEL, CONTEXT);
        assertFalse(Arrays.equals(one, s.exportKeyingMaterial(32, LABEL + "2", CONTEXT)));
        Ssl other = MemoryPair.unbounded().connected().client;
        assertFalse(Arrays.equals(one, other.exportKeyingMaterial(32, LABEL, CONTEXT)));
    }

    @Test
    void aShorterExportIsNoBeginningOfALongerOne() {
        Ssl s = MemoryPair.unbounded().connected().client;
        byte[] half = s.exportKeyingMaterial(16, LABEL, CONTEXT);
        assertFalse(Arrays.equals(half, Arrays.copyOf(s.exportKeyingMaterial(32, LABEL, CONTEXT), 16)));
    }

    @Test
    void aServerExportsFromItsFinishedOnAndAClientOnceThatHasCome() {
        MemoryPair p = MemoryPair.unbounded();
        assertNull(p.client.exportKeyingMaterial(32, LABEL, null));
        p.client.doHandshake();
        assertNull(p.client.exportKeyingMaterial(32, LABEL, null));
        assertNull(p.server.exportKeyingMaterial(32, LABEL, null));
        p.server.doHandshake();
        byte[] early = p.server.exportKeyingMaterial(32, LABEL, null);
        assertNotNull(early);
        assertFalse(p.server.isInitFinished());
        assertNull(p.client.exportKeyingMaterial(32, LABEL, null));
        p.client.doHandshake();
        assertArrayEquals(early, p.client.exportKeyingMaterial(32, LABEL, null));
        p.server.doHandshake();
        assertArrayEquals(early, p.server.exportKeyingMaterial(32, LABEL, null));
    }

    @Test
    void thereIsNothingAfterCloseOrAFault() throws Exception {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.client.close();
        assertNull(p.client.exportKeyingMaterial(32, LABEL, null));
        p.toServer.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, 8);
        assertEquals(-1, p.server.read(new byte[1], 0, 1));
        assertNull(p.server.exportKeyingMaterial(32, LABEL, null));
    }

    @Test
    void itIsStillThereAfterShutdown() {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.client.shutdown();
        p.server.shutdown();
        assertArrayEquals(
                p.client.exportKeyingMaterial(32, LABEL, null), p.server.exportKeyingMaterial(32, LABEL, null));
        assertNotNull(p.client.exportKeyingMaterial(32, LABEL, null));
    }

    @Test
    void lengthsAndLabelsThatCannotBeHadAreRefused() {
        Ssl s = MemoryPair.unbounded().connected().client;
        for (int length : new int[] {-1, 0, 12_241, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> s.exportKeyingMaterial(length, LABEL, null));
        }
        assertEquals(8, s.exportKeyingMaterial(8, "x".repeat(249), null).length);
        assertThrows(IllegalArgumentException.class, () -> s.exportKeyingMaterial(8, "x".repeat(250), null));
        assertThrows(IllegalArgumentException.class, () -> s.exportKeyingMaterial(8, "gr\u00fcn", null));
    }

    @Test
    void aConnectionWithoutEarlyDataHasNoEarlyExporter() {
        Ssl s = MemoryPair.unbounded().connected().client;
        assertNull(s.exportKeyingMaterialEarly(32, LABEL, null));
        assertThrows(IllegalArgumentException.class, () -> s.exportKeyingMaterialEarly(0, LABEL, null));
    }
}
