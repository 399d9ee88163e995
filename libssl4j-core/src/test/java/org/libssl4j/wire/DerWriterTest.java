// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DerWriterTest {
    @Test
    void elementsStandOneBehindTheOtherAndAreWrappedTogether() {
        assertDer(
                "3006" + "020105" + "0101ff",
                new DerWriter().integer(5).bool(true).wrap(DerReader.SEQUENCE));
        assertDer("0500", new DerWriter().nul());
        assertDer("0402cafe", new DerWriter().octets((byte) 0xca, (byte) 0xfe));
        assertDer("0c02c3a4", new DerWriter().utf8("ä"));
        assertDer("0303" + "00" + "0500", new DerWriter().nul().wrapInBitString());
        assertDer("030200aa", new DerWriter().bits((byte) 0xaa));
    }

    @Test
    void integersAreAsShortAsTheyCanBeAndKeepTheirSign() {
        assertDer("020100", new DerWriter().integer(0));
        assertDer("02017f", new DerWriter().integer(127));
        assertDer("02020080", new DerWriter().integer(128));
        assertDer("020180", new DerWriter().integer(-128));
        assertDer("0209008000000000000000", new DerWriter().integer(BigInteger.ONE.shiftLeft(63)));
    }

    @Test
    void objectIdentifiersAreEncodedInBaseOneHundredTwentyEight() {
        assertDer("06082a8648ce3d040302", new DerWriter().oid("1.2.840.10045.4.3.2"));
        assertDer("0603551d11", new DerWriter().oid("2.5.29.17"));
        assertDer("06022a00", new DerWriter().oid("1.2.0"));
        assertDer("0603883703", new DerWriter().oid("2.999.3"));
    }

    @Test
    void namedBitsHaveNoTrailingZeroBits() {
        assertDer("03020780", new DerWriter().namedBits(0));
        assertDer("03020106", new DerWriter().namedBits(5, 6));
        assertDer("0303070080", new DerWriter().namedBits(8));
        assertDer("030100", new DerWriter().namedBits());
    }

    @Test
    void timesAreUtcTimeThroughTwentyFortyNine() {
        assertDer("170d" + ascii("491231235959Z"), new DerWriter().time(Instant.parse("2049-12-31T23:59:59Z")));
        assertDer("180f" + ascii("20500101000000Z"), new DerWriter().time(Instant.parse("2050-01-01T00:00:00Z")));
        assertDer("170d" + ascii("500101000000Z"), new DerWriter().time(Instant.parse("1950-01-01T00:00:00Z")));
        assertDer("180f" + ascii("19491231235959Z"), new DerWriter().time(Instant.parse("1949-12-31T23:59:59Z")));
    }

    @Test
    void everyLengthIsReadBack() throws DecodeException {
        for (int n : new int[] {0, 1, 127, 128, 129, 255, 256, 257, 65_535, 65_536, 70_000}) {
            byte[] content = new byte[n];
            java.util.Arrays.fill(content, (byte) 7);
            byte[] der =
                    new DerWriter().octets(content).wrap(DerReader.SEQUENCE).toByteArray();
            DerReader in = new DerReader(der);
            DerReader sequence = in.read(DerReader.SEQUENCE);
            assertArrayEquals(content, sequence.bytes(DerReader.OCTET_STRING));
            sequence.end("sequence");
            in.end("file");
        }
    }

    @Test
    void aWipedWriterBeginsAnew() {
        DerWriter out = new DerWriter().integer(1);
        out.wipe();
        assertEquals(0, out.toByteArray().length);
        assertDer("0500", out.nul());
    }

    private static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private static void assertDer(String hex, DerWriter out) {
        assertEquals(hex, HexFormat.of().formatHex(out.toByteArray()));
    }
}
