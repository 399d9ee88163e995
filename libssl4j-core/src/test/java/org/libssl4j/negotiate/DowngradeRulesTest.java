// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.config.Versions;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.ExtensionBlock;

/** What a server says of its newest version (RFC 9846 §4.2.3 [8446 4.1.3], RFC 7507). */
class DowngradeRulesTest {
    private static final Versions ALL = new Versions(ProtocolVersion.TLS1_0, ProtocolVersion.TLS1_3);
    private static final String NONE = "0000000000000000";

    private static String mark(ProtocolVersion chosen, Versions ours) {
        byte[] random = new byte[32];
        DowngradeRules.mark(random, chosen, ours);
        assertEquals(NONE.repeat(3), HexFormat.of().formatHex(random, 0, 24));
        return HexFormat.of().formatHex(random, 24, 32);
    }

    @ParameterizedTest
    @CsvSource({
        "TLS1_3, TLS1_3, 0000000000000000",
        "TLS1_3, TLS1_2, 444f574e47524401",
        "TLS1_3, TLS1_1, 444f574e47524400",
        "TLS1_2, TLS1_2, 0000000000000000",
        "TLS1_2, TLS1_0, 444f574e47524400",
        "TLS1_1, TLS1_0, 0000000000000000"
    })
    void aServerMarksItsRandomWhenItSpeaksLessThanItCould(
            ProtocolVersion newest, ProtocolVersion chosen, String expected) {
        assertEquals(expected, mark(chosen, ALL.withMax(newest)));
        ProtocolVersion[] all = ProtocolVersion.values();
        Versions off = ALL.withOff(List.of(Arrays.copyOfRange(all, newest.ordinal() + 1, all.length)));
        assertEquals(expected, mark(chosen, off), "what an option turns off the server does not have");
    }

    @Test
    void aClientThatFallsBackIsRefusedOnlyWhereThereIsANewerVersion() throws TlsException {
        int[] suites = {0xc02f, DowngradeRules.FALLBACK_SCSV};
        ClientHello h = new ClientHello(0x0303, new byte[32], new byte[0], suites, new byte[1], ExtensionBlock.EMPTY);
        TlsException e =
                assertThrows(TlsException.class, () -> DowngradeRules.checkFallback(h, ProtocolVersion.TLS1_2, ALL));
        assertEquals(AlertDescription.INAPPROPRIATE_FALLBACK, e.alert());
        assertEquals(Reason.INAPPROPRIATE_FALLBACK, e.reason());
        Versions off = ALL.withOff(List.of(ProtocolVersion.TLS1_3));
        assertDoesNotThrow(() -> DowngradeRules.checkFallback(h, ProtocolVersion.TLS1_2, off));
    }
}
