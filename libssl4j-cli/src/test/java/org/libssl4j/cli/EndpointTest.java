// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "example.org:443, example.org, 443",
        "example.org, example.org, 4433",
        "[::1]:443, ::1, 443",
        "[::1], ::1, 4433",
        "192.0.2.1:0, 192.0.2.1, 0",
        ":443, , 443"
    })
    void whatAClientConnectsTo(String text, String host, int port) throws Failure {
        assertEquals(new Endpoint(host, port), Endpoint.ofPeer(text));
    }

    @ParameterizedTest
    @CsvSource({"4433, , 4433", "0, , 0", "*:443, , 443", "[::1]:443, ::1, 443", "localhost:443, localhost, 443"})
    void whereAServerListens(String text, String host, int port) throws Failure {
        assertEquals(new Endpoint(host, port), Endpoint.ofListener(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:", "a:b", "a:-1", "a:65536", "a:99999999999"})
    void whatIsNoPort(String text) {
        assertThrows(Failure.class, () -> Endpoint.ofPeer(text));
    }

    @Test
    void namesAreInTheOrderOfTheirEncoding() {
        assertEquals(
                "C = DE, O = \"A, B\" & C, CN = a.example",
                DistinguishedName.text(new X500Principal("CN=a.example, O=\"\\\"A, B\\\" & C\", C=DE")));
        assertEquals(
                "emailAddress = a@example.org",
                DistinguishedName.text(new X500Principal("1.2.840.113549.1.9.1=a@example.org")));
    }

    @Test
    void controlCharactersOfANameAreMadeVisible() {
        assertEquals("CN = a\\1B[31m", DistinguishedName.text(new X500Principal("CN=\"a\u001b[31m\"")));
    }
}
