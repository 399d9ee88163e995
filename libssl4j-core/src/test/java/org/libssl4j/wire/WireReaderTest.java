// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class WireReaderTest {
    @Test
    void numbersAreBigEndianAndUnsigned() throws DecodeException {
        WireReader in = reader("ff" + "fffe" + "fffefd" + "fffefdfc" + "fffefdfcfbfaf9f8");
        assertEquals(0xff, in.u8());
        assertEquals(0xfffe, in.u16());
        assertEquals(0xfffefd, in.u24());
        assertEquals(0xfffefdfcL, in.u32());
        assertEquals(0xfffefdfcfbfaf9f8L, in.u64());
        assertFalse(in.hasMore());
    }

    @Test
    void aReadPastTheEndTakesNothing() throws DecodeException {
        WireReader in = reader("0102");
        assertThrows(DecodeException.class, in::u24);
        assertThrows(DecodeException.class, in::u32);
        assertThrows(DecodeException.class, () -> in.bytes(3));
        assertThrows(DecodeException.class, () -> in.sub(3));
        assertEquals(2, in.remaining());
        assertEquals(0x0102, in.u16());
        assertThrows(DecodeException.class, in::u8);
        assertThrows(DecodeException.class, in::u16);
        assertArrayEquals(new byte[0], in.rest());
    }

    @Test
    void aReaderKeepsToItsStretch() throws DecodeException {
        byte[] array = {9, 1, 2, 3, 9};
        WireReader in = new WireReader(array, 1, 3);
        assertEquals(3, in.remaining());
        assertArrayEquals(new byte[] {1, 2}, in.bytes(2));
        assertArrayEquals(new byte[] {3}, in.rest());
        assertThrows(DecodeException.class, in::u8);
    }

    @Test
    void aVectorIsAReaderOfItsOwn() throws DecodeException {
        WireReader in = reader("0201020002030400000205067f");
        WireReader v8 = in.vector8();
        WireReader v16 = in.vector16();
        WireReader v24 = in.vector24();
        assertEquals(0x7f, in.u8());
        assertEquals(0x0102, v8.u16());
        assertThrows(DecodeException.class, v8::u8);
        assertEquals(0x0304, v16.u16());
        assertEquals(0x0506, v24.u16());
    }

    @Test
    void aVectorLongerThanItsSurroundingsIsRefused() {
        refused(reader("03" + "0102")::vector8);
        refused(reader("ffff" + "0102")::vector16);
        refused(reader("ffffff" + "0102")::vector24);
        refused(reader("00")::vector16);
    }

    @Test
    void aVectorKeepsToTheVectorAroundIt() throws DecodeException {
        WireReader outer = reader("02" + "0500" + "ffffffffff").vector8();
        assertThrows(DecodeException.class, outer::vector8);
    }

    @Test
    void anOpaqueVectorHasALengthWithinBounds() throws DecodeException {
        assertArrayEquals(new byte[] {1, 2}, reader("020102").opaque8(2, 2, "x"));
        assertArrayEquals(new byte[] {1}, reader("000101").opaque16(1, 5, "x"));
        assertArrayEquals(new byte[] {1}, reader("00000101").opaque24(0, 1, "x"));
        refused(() -> reader("020102").opaque8(3, 9, "x"));
        refused(() -> reader("020102").opaque8(0, 1, "x"));
        refused(() -> reader("ffff").opaque16(0, 9, "x"));
        DecodeException e =
                assertThrows(DecodeException.class, () -> reader("00").opaque8(1, 4, "cookie"));
        assertTrue(e.getMessage().contains("cookie"), e.getMessage());
    }

    @Test
    void aListOfNumbersHasAnEvenLength() throws DecodeException {
        assertArrayEquals(new int[] {0x0102, 0xfffe}, reader("0102fffe").u16List(1, "x"));
        assertArrayEquals(new int[0], reader("").u16List(0, "x"));
        refused(() -> reader("010203").u16List(0, "x"));
        refused(() -> reader("0102").u16List(2, "x"));
        refused(() -> reader("").u16List(1, "x"));
    }

    @Test
    void bytesBehindTheLastFieldAreRefused() throws DecodeException {
        WireReader in = reader("0102");
        refused(() -> in.end("x"));
        in.u16();
        in.end("x");
    }

    @Test
    void bytesAreACopy() throws DecodeException {
        byte[] array = {1, 2};
        byte[] copy = new WireReader(array).bytes(2);
        array[0] = 9;
        assertArrayEquals(new byte[] {1, 2}, copy);
    }

    private static void refused(Executable read) {
        assertThrows(DecodeException.class, read);
    }

    private static WireReader reader(String hex) {
        return new WireReader(HexFormat.of().parseHex(hex));
    }
}
