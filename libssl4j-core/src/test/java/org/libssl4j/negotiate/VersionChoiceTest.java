// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.config.Versions;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.ExtensionBlock;

/** What a server takes of a client without supported_versions (RFC 5246 §E.1, RFC 9846 §4.3.1). */
class VersionChoiceTest {
    private static ClientHello hello(int version) {
        return new ClientHello(version, new byte[32], new byte[0], new int[0], new byte[1], ExtensionBlock.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "0x0301, TLS1_0, TLS1_3, TLS1_0",
        "0x0302, TLS1_0, TLS1_0, TLS1_0",
        "0x0303, TLS1_0, TLS1_0, TLS1_0",
        "0x0303, TLS1_0, TLS1_1, TLS1_1",
        "0x0303, TLS1_2, TLS1_3, TLS1_2",
        "0x0304, TLS1_0, TLS1_3, TLS1_2",
        "0x0310, TLS1_0, TLS1_1, TLS1_1",
        "0x0500, TLS1_0, TLS1_3, TLS1_2"
    })
    void theNewestThatIsNoNewerThanTheClients(
            String client, ProtocolVersion min, ProtocolVersion max, ProtocolVersion chosen) throws TlsException {
        assertEquals(chosen, VersionChoice.forServer(hello(Integer.decode(client)), new Versions(min, max)));
    }

    @ParameterizedTest
    @CsvSource({"0x0302, TLS1_2, TLS1_3", "0x0303, TLS1_3, TLS1_3", "0x0300, TLS1_0, TLS1_3", "0x0002, TLS1_0, TLS1_3"})
    void allOlderThanOursIsRefused(String client, ProtocolVersion min, ProtocolVersion max) {
        TlsException e = assertThrows(
                TlsException.class,
                () -> VersionChoice.forServer(hello(Integer.decode(client)), new Versions(min, max)));
        assertEquals(AlertDescription.PROTOCOL_VERSION, e.alert());
        assertEquals(Reason.UNSUPPORTED_PROTOCOL, e.reason());
    }
}
