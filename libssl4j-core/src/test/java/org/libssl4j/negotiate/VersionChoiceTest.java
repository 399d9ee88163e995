// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

/** What a server makes of a ClientHello without supported_versions (RFC 5246 §E.1). */
class VersionChoiceTest {
    private static ProtocolVersion chosen(int legacyVersion, ProtocolVersion min, ProtocolVersion max)
            throws TlsException {
        ClientHello h = new ClientHello(
                legacyVersion, new byte[32], new byte[0], new int[] {0xc02f}, new byte[1], ExtensionBlock.EMPTY);
        return VersionChoice.forServer(h, new Versions(min, max));
    }

    @ParameterizedTest
    @CsvSource({
        "0x0303, TLS1_2, TLS1_3, TLS1_2",
        "0x0304, TLS1_0, TLS1_3, TLS1_2",
        "0xfefd, TLS1_0, TLS1_3, TLS1_2",
        "0x0303, TLS1_0, TLS1_1, TLS1_1",
        "0x0303, TLS1_0, TLS1_0, TLS1_0",
        "0x0302, TLS1_0, TLS1_3, TLS1_1",
        "0x0302, TLS1_0, TLS1_0, TLS1_0"
    })
    void aClientTakesAllVersionsBelowTheOneThatItNames(
            int legacyVersion, ProtocolVersion min, ProtocolVersion max, ProtocolVersion expected) throws TlsException {
        assertEquals(expected, chosen(legacyVersion, min, max));
    }

    @ParameterizedTest
    @CsvSource({"0x0300", "0x0002", "0x0301", "0x0302"})
    void whatIsOlderThanAllOfOursIsRefused(int legacyVersion) {
        TlsException e = assertThrows(
                TlsException.class, () -> chosen(legacyVersion, ProtocolVersion.TLS1_2, ProtocolVersion.TLS1_3));
        assertEquals(AlertDescription.PROTOCOL_VERSION, e.alert());
        assertEquals(Reason.UNSUPPORTED_PROTOCOL, e.reason());
    }

    @Test
    void tls13IsNeverChosenWithoutTheExtension() {
        assertThrows(TlsException.class, () -> chosen(0x0304, ProtocolVersion.TLS1_3, ProtocolVersion.TLS1_3));
    }
}
