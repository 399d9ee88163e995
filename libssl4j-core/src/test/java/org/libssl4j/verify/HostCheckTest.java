// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9525 §6.3, name by name. */
class HostCheckTest {
    @ParameterizedTest
    @CsvSource({
        "a.example, a.example",
        "A.Example, a.example",
        "a.EXAMPLE, a.example",
        "localhost, localhost",
        "a_b.example, a_b.example",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example",
        "*.b.example, a.b.example",
        "*.B.example, a.b.example",
        "*.b.example, xn--bcher-kva.b.example",
        "*.xn--bcher-kva.example, a.xn--bcher-kva.example",
        "*.a.b.c.example, x.a.b.c.example",
        "1.example, 1.example",
    })
    void thesePresentedNamesMatch(String presented, String reference) {
        assertTrue(HostCheck.nameMatches(presented, HostCheck.toAscii(reference)));
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, b.example",
        "a.example, a.a.example",
        "a.a.example, a.example",
        "a.example, a.exampl",
        "example, a.example",
        // A wildcard stands for one label: not for two, and not for none.
        "*.example.org, a.b.example.org",
        "*.example.org, example.org",
        "*.example.org, .example.org",
        // It is the whole of the left-most label, and there is one.
        "a*.example.org, ab.example.org",
        "*a.example.org, ba.example.org",
        "a*b.example.org, acb.example.org",
        "a.*.example.org, a.b.example.org",
        "*.*.example.org, a.b.example.org",
        "**.example.org, a.example.org",
        "xn--*.example.org, xn--bcher-kva.example.org",
        "a.b.*, a.b.example",
        "*, localhost",
        "*, a.example",
        "*., a.example",
        // What belongs to many is not covered.
        "*.example, a.example",
        "*.com, a.com",
        // A name is a name and nothing besides.
        "'', a.example",
        "., a.example",
        "a.example., a.example",
        ".a.example, a.example",
        "a..example, a.example",
        "*..example.org, a.example.org",
        "'a.example ', a.example",
        "' a.example', a.example",
        "bücher.example, xn--bcher-kva.example",
        "https://a.example, a.example",
        "a.example:443, a.example",
        "user@a.example, a.example",
        "\u212a.example, k.example",
        "a\u3002example, a.example",
    })
    void thesePresentedNamesDoNotMatch(String presented, String reference) {
        String ascii = reference.startsWith(".") ? reference : HostCheck.toAscii(reference);
        assertFalse(HostCheck.nameMatches(presented, ascii));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example\0.evil.example", "a.example\0", "\0a.example", "*.example\0.org", "a.exa\0mple"})
    void aPresentedNameWithNulMatchesNothing(String presented) {
        assertFalse(HostCheck.nameMatches(presented, "a.example"));
        assertFalse(HostCheck.nameMatches(presented, "a.example.org"));
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, a.example",
        "A.EXAMPLE, a.example",
        "a.example., a.example",
        "Bücher.Example, xn--bcher-kva.example",
        "bücher.example., xn--bcher-kva.example",
        "faß.example, fass.example",
        "192.0.2.1, 192.0.2.1",
        "2001:db8::1, 2001:db8::1",
        "a_b.example, a_b.example",
        "1.example, 1.example",
    })
    void referenceNamesAreMadeReadyForComparing(String name, String ascii) {
        assertEquals(ascii, HostCheck.toAscii(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "a..example", ".a.example", "a.example..", "a b.example", "a\0.example", "*.example.org",
                "a/b", "a.example:443", "[::1]", "::1%1", "1.2.3", "256.1.1.1", "1.2.3.4.", "a.123", "a@b.example",
                "a-label-of-sixty-four-letters-which-is-one-letter-more-than-can-be.example"
            })
    void whatCannotBeAReferenceNameIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> HostCheck.toAscii(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {250, 253})
    void aNameOfUpToTwoHundredFiftyThreeLettersIsTaken(int length) {
        assertEquals(length, HostCheck.toAscii(nameOf(length)).length());
    }

    @ParameterizedTest
    @ValueSource(ints = {254, 300, 70_000})
    void aLongerNameIsRefused(int length) {
        assertThrows(IllegalArgumentException.class, () -> HostCheck.toAscii(nameOf(length)));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, true", "::1, true", "a.example, false", "1.2.3, false", "'', false"})
    void addressesAreToldFromNames(String text, boolean address) {
        assertEquals(address, HostCheck.isIpAddress(text));
    }

    private static String nameOf(int length) {
        return "ab.".repeat(length / 3 + 1).substring(0, length - 1) + "a";
    }
}
