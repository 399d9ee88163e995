// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.wire.DecodeException;

class SubjectHashTest {
    /** Names, and what {@code openssl x509 -subject_hash} of OpenSSL 3.0 says of certificates with them. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "two kinds of strings, 3038310b300906035504061302444531153013060355040a0c0c426569737069656c202041473112301006035504031309526f6f742043412031, c22bbb63",
        "spaces, 30193117301506035504030c0e200920412e4578616d706c650a20, 0f2816ac",
        "utf8, 30173115301306035504030c0c4772c3b6c39f6520c384c396, 25186821",
        "bmp, 301b3119301706035504031e100047007200f600df0065002000c400d6, 25186821",
        "teletex, 30133111300f060355040314084772f6df6520c4d6, 25186821",
        "universal, 302b3129302706035504031c200000004700000072000000f6000000df0000006500000020000000c4000000d6, 25186821",
        "several in one, 3023310a300806035504030c016131153008060355040b0c01783009060355040513023132, bb664d0c",
        "ia5, 302e31173015060a0992268993f22c64011916074578616d706c6531133011060a0992268993f22c64011916034f5247, e200cc52",
        "numeric, 30123110300e0603550405120720313220333420, 8b8b889a",
        "empty, 3000, eea339da",
        "spaces only, 300e310c300a06035504030c03202020, 5da78770",
    })
    void itIsOpensslsNumber(String what, String name, String hash) throws Exception {
        assertEquals(hash, SubjectHash.of(HexFormat.of().parseHex(name)), what);
    }

    @Test
    void caseSpacesAndKindsOfStringsDoNotCount() throws Exception {
        String first = SubjectHash.of(HexFormat.of().parseHex("300d310b300906035504030c02412e"));
        assertEquals(first, SubjectHash.of(HexFormat.of().parseHex("300f310d300b0603550403130420612e20")));
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThrows(DecodeException.class, () -> SubjectHash.of(HexFormat.of().parseHex("0c0141")));
        assertThrows(DecodeException.class, () -> SubjectHash.of(HexFormat.of().parseHex("300000")));
        assertThrows(DecodeException.class, () -> SubjectHash.of(HexFormat.of().parseHex("30023100ff")));
    }
}
