// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WireWriterTest {
    private final WireWriter out = new WireWriter(0);

    @Test
    void numbersAreBigEndian() {
        out.u8(0xfe).u16(0x0102).u24(0x030405).u32(0xfffefdfcL).u64(0xfffefdfcfbfaf9f8L);
        assertWritten("fe" + "0102" + "030405" + "fffefdfc" + "fffefdfcfbfaf9f8");
    }

    @Test
    void aVectorGetsItsLengthAtItsEnd() {
        int a = out.beginU8();
        int b = out.beginU16();
        int c = out.beginU24();
        out.u8(7);
        out.endU24(c);
        out.endU16(b);
        out.endU8(a);
        assertWritten("06" + "0004" + "000001" + "07");
    }

    @Test
    void opaqueVectorsHaveTheirLengthInFront() {
        out.opaque8(new byte[] {1})
                .opaque16(new byte[] {2, 3})
                .opaque24(new byte[0])
                .u16List(new int[] {0xfffe, 1});
        assertWritten("0101" + "00020203" + "000000" + "fffe0001");
    }

    @Test
    void theArrayGrowsAsNeeded() {
        byte[] large = new byte[100_000];
        large[99_999] = 5;
        out.u8(1).bytes(large).bytes(large, 99_998, 2);
        assertEquals(100_003, out.size());
        byte[] written = out.toByteArray();
        assertArrayEquals(new byte[] {5, 0, 5}, new byte[] {written[100_000], written[100_001], written[100_002]});
    }

    @Test
    void aVectorThatIsTooLongIsOurOwnFault() {
        assertThrows(IllegalStateException.class, () -> out.opaque8(new byte[256]));
        assertThrows(IllegalStateException.class, () -> out.opaque16(new byte[65_536]));
        int mark = out.beginU8();
        out.bytes(new byte[256]);
        assertThrows(IllegalStateException.class, () -> out.endU8(mark));
    }

    @Test
    void theLongestVectorIsWritten() {
        int mark = out.beginU16();
        out.bytes(new byte[65_535]);
        out.endU16(mark);
        assertEquals((byte) 0xff, out.toByteArray()[0]);
        assertEquals((byte) 0xff, out.toByteArray()[1]);
    }

    private void assertWritten(String hex) {
        assertEquals(hex, HexFormat.of().formatHex(out.toByteArray()));
    }
}
