// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/** Records that OpenSSL made are opened, and sealed again as OpenSSL has them where nothing in them is random. */
class OpensslRecordsTest {
    private static final HexFormat HEX = HexFormat.of();

    /** One direction of a connection. */
    private record Row(
            ProtocolVersion version,
            CipherSuite suite,
            boolean encryptThenMac,
            byte[] macKey,
            byte[] key,
            byte[] iv,
            byte[] text,
            List<byte[]> records) {
        static Row of(String line) {
            String[] f = line.split("\t");
            return new Row(
                    ProtocolVersion.valueOf(f[0]),
                    CipherSuite.named(f[1]),
                    Boolean.parseBoolean(f[2]),
                    hex(f[3]),
                    hex(f[4]),
                    hex(f[5]),
                    hex(f[6]),
                    Arrays.stream(f).skip(7).map(HEX::parseHex).toList());
        }

        private static byte[] hex(String s) {
            return s.equals("-") ? null : HEX.parseHex(s);
        }

        RecordProtection protection() {
            return Protections.of(suite, version, encryptThenMac, macKey, key, iv);
        }

        @Override
        public String toString() {
            return version + " " + suite + (encryptThenMac ? " EtM" : "") + " "
                    + new String(text, StandardCharsets.US_ASCII).strip();
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream in = OpensslRecordsTest.class.getResourceAsStream("openssl-records.tsv")) {
            String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return all.lines().filter(l -> !l.startsWith("#")).map(Row::of).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatOpensslSealedIsOpened(Row row) throws TlsException {
        RecordProtection p = row.protection();
        byte[] data = {};
        int finished = 0;
        for (byte[] record : row.records()) {
            byte[] content = open(p, record);
            if (record[0] == 22) {
                assertEquals(16, content.length);
                assertEquals(20, content[0]);
                finished++;
            } else {
                assertEquals(23, record[0]);
                data = concat(data, content);
            }
        }
        assertEquals(1, finished);
        assertArrayEquals(row.text(), data);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatWeSealOfTheSameIsTheSameWhereNothingIsRandom(Row row) throws TlsException {
        RecordProtection opens = row.protection();
        RecordProtection seals = row.protection();
        RecordProtection opensOurs = row.protection();
        for (byte[] record : row.records()) {
            byte[] content = open(opens, record);
            byte[] ours = Protections.seal(seals, record[0], row.version(), content);
            assertEquals(record.length, ours.length);
            assertArrayEquals(Arrays.copyOf(record, 5), Arrays.copyOf(ours, 5));
            assertArrayEquals(content, open(opensOurs, ours));
            if (row.version() == ProtocolVersion.TLS1_0 || seals.prefix() == 0) {
                assertArrayEquals(record, ours);
            }
        }
        assertTrue(row.records().size() > 1);
    }

    private static byte[] open(RecordProtection p, byte[] record) throws TlsException {
        return Protections.open(p, record);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] c = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, c, a.length, b.length);
        return c;
    }
}
