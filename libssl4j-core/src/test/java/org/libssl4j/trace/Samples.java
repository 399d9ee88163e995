// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.trace;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.libssl4j.crypto.pem.SelfSigned;

/** Messages with every extension that the trace decodes, put together by hand: all texts are hexadecimal. */
final class Samples {
    static final String ZEROS = "00".repeat(32);

    private Samples() {}

    /** A vector with its length in front, of so many bytes. */
    static String vector(int lengthBytes, String... content) {
        String all = String.join("", content);
        return HexFormat.of().toHexDigits(all.length() / 2L, 2 * lengthBytes) + all;
    }

    static String extension(int type, String... content) {
        return HexFormat.of().toHexDigits((short) type) + vector(2, content);
    }

    static byte[] message(int type, String... body) {
        return HexFormat.of().parseHex(HexFormat.of().toHexDigits((byte) type) + vector(3, body));
    }

    static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] clientHello(String... extensions) {
        return message(
                1,
                "0303",
                ZEROS,
                vector(1, "aabb"),
                vector(2, "1301", "c02b", "1a1a", "9999"),
                vector(1, "00"),
                vector(2, extensions));
    }

    static byte[] full() {
        String name = vector(2, "3010310e300c06035504030c0548656c6c6f");
        return clientHello(
                extension(0, vector(2, "00", vector(2, ascii("example.org")))),
                extension(1, "02"),
                extension(5, "01", vector(2, vector(2, "0102")), vector(2, "03")),
                extension(10, vector(2, "001d", "11ec", "0017", "2a2a")),
                extension(11, vector(1, "0001")),
                extension(13, vector(2, "0403", "0807", "0905")),
                extension(14, vector(2, "0001"), vector(1, "ff")),
                extension(16, vector(2, vector(1, ascii("h2")), vector(1, "1b5b324a"))),
                extension(18),
                extension(19, vector(1, "0200")),
                extension(20, vector(1, "00")),
                extension(21, "0000000000"),
                extension(27, vector(1, "0002", "0001")),
                extension(28, "4001"),
                extension(34, vector(2, "0403")),
                extension(35, "010203"),
                extension(42),
                extension(43, vector(1, "0304", "0303", "7f1c")),
                extension(44, vector(2, "c0c0")),
                extension(45, vector(1, "01", "00")),
                extension(47, vector(2, name, vector(2, "ffff"))),
                extension(49),
                extension(50, vector(2, "0804")),
                extension(51, vector(2, "001d", vector(2, ZEROS), "2a2a", vector(2, "00"))),
                extension(57, "0101ff", "4404", "02", "0102"),
                extension(0xfe0d, "00", "0001", "0001", "07", vector(2, "e0e1"), vector(2, "f0f1f2")),
                extension(0xff01, vector(1, "")),
                extension(0x2a2a),
                extension(0x1234, "0badcafe"),
                extension(41, vector(2, vector(2, "0a0b"), "00000010"), vector(2, vector(1, "0c0d"))));
    }

    /** One of each kind. */
    static List<byte[]> all() throws GeneralSecurityException {
        return List.of(
                full(),
                message(1, "0303", ZEROS, vector(1, ""), vector(2, "1301"), vector(1, "00")),
                message(
                        2,
                        "0303",
                        ZEROS,
                        vector(1, ""),
                        "1302",
                        "00",
                        vector(
                                2,
                                extension(43, "0304"),
                                extension(51, "001d", vector(2, ZEROS)),
                                extension(41, "0000"))),
                retry(),
                message(
                        4,
                        "00001c20",
                        "0badcafe",
                        vector(1, "01"),
                        vector(2, "0203"),
                        vector(2, extension(42, "00000064"))),
                message(5),
                message(
                        8,
                        vector(2, extension(16, vector(2, vector(1, ascii("h2")))), extension(0), extension(20, "02"))),
                certificate(realCertificate()),
                message(
                        13,
                        vector(1, "0102"),
                        vector(
                                2,
                                extension(13, vector(2, "0403")),
                                extension(48, vector(2, vector(1, "551d25"), vector(2, "3000"))))),
                message(15, "0403", vector(2, "3006020101020101")),
                message(20, ZEROS),
                message(24, "01"),
                message(25, "0002", "000100", vector(3, "0102030405")),
                message(12, "010203"),
                message(99, "04"));
    }

    static byte[] retry() {
        return message(
                2,
                "0303",
                "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c",
                vector(1, ""),
                "1301",
                "00",
                vector(2, extension(43, "0304"), extension(51, "0017"), extension(44, vector(2, "abcd"))));
    }

    static byte[] certificate(String der) {
        return message(
                11,
                vector(1, ""),
                vector(
                        3,
                        vector(3, der),
                        vector(2, extension(5, "01", vector(3, "0a0b")), extension(18, vector(2, vector(2, "0102"))))));
    }

    /** One for localhost, of a minute in 2030. */
    static String realCertificate() throws GeneralSecurityException {
        Instant from = Instant.parse("2030-01-02T03:04:05Z");
        return HexFormat.of()
                .formatHex(SelfSigned.make(List.of("localhost"), from, from.plusSeconds(60))
                        .certificate());
    }
}
