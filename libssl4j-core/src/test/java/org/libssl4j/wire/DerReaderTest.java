// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DerReaderTest {
    @Test
    void aSequenceIsReadElementByElement() throws DecodeException {
        DerReader seq = reader("3009" + "020101" + "0500" + "040261ff").read(DerReader.SEQUENCE);
        assertEquals(DerReader.INTEGER, seq.tag());
        assertArrayEquals(new byte[] {1}, seq.bytes(DerReader.INTEGER));
        seq.skip();
        assertArrayEquals(new byte[] {4, 2, 0x61, -1}, seq.element());
        assertFalse(seq.hasMore());
        assertEquals(-1, seq.tag());
        seq.end("sequence");
    }

    @Test
    void aLongLengthIsRead() throws DecodeException {
        assertEquals(200, reader("0481c8" + "00".repeat(200)).bytes(DerReader.OCTET_STRING).length);
        assertEquals(300, reader("0482012c" + "00".repeat(300)).bytes(DerReader.OCTET_STRING).length);
    }

    @Test
    void whatIsNotDerIsRefused() {
        refused("", DerReader.SEQUENCE);
        refused("30", DerReader.SEQUENCE);
        refused("3001", DerReader.SEQUENCE);
        refused("0201" + "01", DerReader.SEQUENCE);
        refused("3080" + "0000", DerReader.SEQUENCE);
        refused("3081", DerReader.SEQUENCE);
        refused("3084ffffffff", DerReader.SEQUENCE);
        refused("3083ffffff", DerReader.SEQUENCE);
    }

    @Test
    void bytesBehindTheLastElementAreRefused() {
        DerReader in = reader("0500");
        assertThrows(DecodeException.class, () -> in.end("key"));
    }

    @Test
    void randomBytesLeadToNothingButDecodeExceptions() {
        Random random = new Random(690);
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                DerReader in = new DerReader(bytes);
                while (in.hasMore()) {
                    in.skip();
                    read++;
                }
            } catch (DecodeException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
        assertFalse(read == 0);
    }

    private static void refused(String hex, int tag) {
        assertThrows(DecodeException.class, () -> reader(hex).read(tag));
    }

    private static DerReader reader(String hex) {
        return new DerReader(HexFormat.of().parseHex(hex));
    }
}
