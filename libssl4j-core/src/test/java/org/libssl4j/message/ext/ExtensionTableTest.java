// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.iana.ExtensionType;

class ExtensionTableTest {
    private static final Map<String, Place> COLUMNS = Map.of(
            "CH", Place.CLIENT_HELLO,
            "SH", Place.SERVER_HELLO,
            "HRR", Place.HELLO_RETRY_REQUEST,
            "EE", Place.ENCRYPTED_EXTENSIONS,
            "CT", Place.CERTIFICATE,
            "CR", Place.CERTIFICATE_REQUEST,
            "NST", Place.NEW_SESSION_TICKET);

    // RFC 9846 §4.3, Table 1, with the numbers of the list above it.
    private static final String TABLE_1 = """
            0 CH EE CR
            5 CH CR CT
            10 CH EE
            13 CH CR
            14 CH EE
            15 CH EE
            16 CH EE
            19 CH EE
            20 CH EE
            21 CH
            27 CH CR
            28 CH EE
            34 CH CR CT
            39 CH EE
            41 CH SH
            42 CH EE NST
            43 CH SH HRR
            44 CH HRR
            45 CH
            47 CH CR
            48 CR
            49 CH
            50 CH CR
            51 CH SH HRR
            52 CH CR CT
            55 CH EE
            56 CH EE
            57 CH EE
            58 CH EE
            64768 CH
            65037 CH HRR EE
            """;

    // RFC 8446 §4.2 for the two that RFC 9846 leaves out; the rest is of TLS 1.2 and has no place but the ClientHello.
    private static final String OTHERS = """
            1 CH EE
            11 CH
            17 CH
            18 CH CR CT
            22 CH
            23 CH
            35 CH
            65281 CH
            """;

    // The ServerHello of TLS 1.2 and before: RFC 6066 §3, §4, §8; RFC 8422 §5.2; RFC 5764 §4.1.1; RFC 6520 §2; RFC 7301
    // §3.1; RFC 6961 §2.2; RFC 6962 §3.3.1; RFC 7250 §4.2; RFC 7366 §2; RFC 7627 §5.1; RFC 8449 §4; RFC 5077 §3.2; RFC
    // 5746 §3.6. Groups have no place there (RFC 8422 §5.1), but servers send them, and they are let pass.
    private static final Set<Integer> SERVER_HELLO_12 =
            Set.of(0, 1, 5, 10, 11, 14, 15, 16, 17, 18, 19, 20, 22, 23, 28, 35, 65281);

    static Stream<String> rows() {
        return Stream.concat(TABLE_1.lines(), OTHERS.lines());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anExtensionMayStandWhereTheTableHasIt(String row) {
        String[] cells = row.split(" ");
        ExtensionType type = ExtensionType.of(Integer.parseInt(cells[0]));
        if (type == null) {
            return; // one that we do not recognise: it is ignored, or not solicited
        }
        EnumSet<Place> expected = EnumSet.noneOf(Place.class);
        for (int i = 1; i < cells.length; i++) {
            expected.add(COLUMNS.get(cells[i]));
        }
        if (SERVER_HELLO_12.contains(type.code())) {
            expected.add(Place.SERVER_HELLO_12);
        }
        EnumSet<Place> actual = EnumSet.allOf(Place.class);
        actual.removeIf(p -> !ExtensionTable.allows(type, p));
        assertEquals(expected, actual);
    }

    @Test
    void eachExtensionThatIsRecognisedHasARow() {
        Set<Integer> inTable = new HashSet<>();
        rows().forEach(row -> inTable.add(Integer.parseInt(row.split(" ")[0])));
        Set<Integer> known = new HashSet<>();
        for (ExtensionType t : ExtensionType.values()) {
            known.add(t.code());
            ExtensionTable.allows(t, Place.CLIENT_HELLO);
        }
        Set<Integer> unrecognised = new HashSet<>(inTable);
        unrecognised.removeAll(known);
        assertEquals(Set.of(39, 52, 55, 56, 58, 64768), unrecognised);
        known.removeAll(inTable);
        assertEquals(Set.of(), known);
    }

    @Test
    void anExtensionIsCalledByItsNameOrItsNumber() {
        assertEquals("key_share", ExtensionTable.name(51));
        assertEquals("extension 0x0a0a", ExtensionTable.name(0x0a0a));
    }
}
