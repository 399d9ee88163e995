// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Host and port in one string. */
class HostPortTest {
    private static void assertParts(String text, String host, String port) {
        HostPort p = HostPort.parse(text, false);
        assertEquals(host, p.host(), text);
        assertEquals(port, p.port(), text);
        assertEquals(true, p.hostGiven(), text);
    }

    @Test
    void hostAndPortAreTakenApart() {
        assertParts("a.example:443", "a.example", "443");
        assertParts("192.0.2.1:https", "192.0.2.1", "https");
        assertParts("[2001:db8::1]:8443", "2001:db8::1", "8443");
        assertParts("[::1]", "::1", null);
        assertParts("a.example", "a.example", null);
    }

    @Test
    void emptyAndStarStandForNone() {
        assertParts(":https", null, "https");
        assertParts("*:443", null, "443");
        assertParts("a.example:", "a.example", null);
        assertParts("a.example:*", "a.example", null);
        assertEquals(true, HostPort.parse("a.example:", false).portGiven());
        assertEquals(false, HostPort.parse("a.example", false).portGiven());
    }

    @Test
    void aStringWithoutColonIsAHostOrAPortAsItIsAskedFor() {
        assertEquals(new HostPort("4433", true, null, false), HostPort.parse("4433", false));
        assertEquals(new HostPort(null, false, "4433", true), HostPort.parse("4433", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::1",
                "2001:db8::1:443",
                "a:1:2",
                "[::1",
                "[::1]443",
                "[::1]:1:2",
                "a:65536",
                "a:-1",
                "a:nonsense",
                "a:1 "
            })
    void whatCannotBeTakenApartIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text, false));
    }

    @Test
    void servicesHaveTheirNumbers() {
        assertEquals(443, HostPort.number("https"));
        assertEquals(80, HostPort.number("http"));
        assertEquals(993, HostPort.number("imaps"));
        assertEquals(0, HostPort.number("0"));
        assertEquals(65_535, HostPort.number("65535"));
        for (String bad : new String[] {"", "65536", "999999999999", "+1", "HTTPS", "\u0661"}) {
            assertThrows(IllegalArgumentException.class, () -> HostPort.number(bad), bad);
        }
    }
}
