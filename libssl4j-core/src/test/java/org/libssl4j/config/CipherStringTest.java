// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

class CipherStringTest {
    /** A line of the resource that {@code admin/cipher-strings} makes. */
    record Expected(String string, String asked, String suites, String allowed) {
        @Override
        public String toString() {
            return string;
        }
    }

    static List<Expected> expected() throws IOException {
        try (InputStream in = CipherStringTest.class.getResourceAsStream("cipher-strings.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> l.split("\t", -1))
                    .map(f -> new Expected(f[0], f[1], f[2], f[3]))
                    .toList();
        }
    }

    private static List<CipherSuite> parse(String string) {
        return CipherString.parse(string, s -> true).suites();
    }

    private static String names(List<CipherSuite> suites) {
        return String.join(":", suites.stream().map(CipherSuite::opensslName).toList());
    }

    private static String why(String string) {
        return assertThrows(IllegalArgumentException.class, () -> parse(string)).getMessage();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void aStringMeansWhatItMeansToOpenssl(Expected e) {
        assertEquals(e.suites(), names(parse(e.string())), "asked of OpenSSL: " + e.asked());
    }

    @ParameterizedTest
    @MethodSource("expected")
    void aLevelLeavesWhatItLeavesWithOpenssl(Expected e) {
        CipherString parsed = CipherString.parse(e.string(), s -> true);
        SecurityLevel level = parsed.level() == null ? SecurityLevel.LEVEL_2 : parsed.level();
        List<CipherSuite> allowed =
                parsed.suites().stream().filter(level::allows).toList();
        // OpenSSL counts the short tags of AES-CCM-8 since 3.2, as we do.
        List<String> theirs = new ArrayList<>(List.of(e.allowed().split(":")));
        theirs.removeIf(n -> n.isEmpty() || level != SecurityLevel.LEVEL_0 && n.contains("CCM8"));
        assertEquals(String.join(":", theirs), names(allowed));
    }

    @Test
    void thereAreSixtyStringsAndMore() throws IOException {
        assertTrue(expected().size() >= 60, expected().size() + " strings");
    }

    @Test
    void whatIsNotDefaultIsItsComplement() {
        List<CipherSuite> complement = new ArrayList<>(parse("ALL"));
        complement.removeAll(parse("DEFAULT"));
        assertEquals(complement, parse("COMPLEMENTOFDEFAULT"));
        assertTrue(complement.contains(CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256));
    }

    @Test
    void keyExchangeByRsaEncryptionIsOffByDefault() {
        assertTrue(parse("DEFAULT").stream().noneMatch(s -> names(List.of(s)).startsWith("AES")));
        assertEquals(parse("DEFAULT"), CipherList.DEFAULT.suites12());
    }

    @Test
    void aStandardNameIsOpensslsName() {
        assertEquals(
                parse("ECDHE-RSA-AES128-GCM-SHA256:-AES:AES128-SHA"),
                parse("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256:-AES:TLS_RSA_WITH_AES_128_CBC_SHA"));
    }

    @Test
    void aLevelIsReadWhereItStands() {
        assertNull(CipherString.parse("ALL", s -> true).level());
        for (int i = 0; i < 6; i++) {
            String at = "@SECLEVEL=" + i;
            assertEquals(
                    SecurityLevel.of(i),
                    CipherString.parse("ALL:" + at, s -> true).level());
            assertEquals(
                    SecurityLevel.of(i),
                    CipherString.parse(at + ":ALL", s -> true).level());
            assertEquals(
                    SecurityLevel.of(i),
                    CipherString.parse("DEFAULT" + at, s -> true).level());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ECDHE+AESGMC",
                "ECDHE-RSA-AES128-GCM-SHA265",
                "ALL:!RC5",
                "HIGH:-aDES",
                "all",
                "TLSv1.1",
                "SUITEB128",
                "ALL:TLS_RSA_WITH_RC4_128_SHA"
            })
    void anUnknownNameIsAnError(String string) {
        assertTrue(why(string).contains("is no suite and no keyword"), () -> why(string));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL:!", "ALL:-:AES", "AES+", "AES+:ALL", "+", "ALL:@", "ALL:*", "ALL:\u00e4", "AES++SHA"})
    void aMissingNameIsAnError(String string) {
        assertTrue(why(string).contains("a name is missing") || why(string).contains("@STRENGTH"), () -> why(string));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL:@SECLEVEL=6", "ALL:@SECLEVEL=", "ALL:@SECLEVEL=10", "ALL:@strength", "ALL:@SECLEVEL"})
    void anUnknownCommandIsAnError(String string) {
        assertEquals(
                "cipher string \"" + string + "\", at character 5: @STRENGTH or @SECLEVEL=0 to 5 allowed", why(string));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", "ALL:!ALL", "RC4", "aNULL:eNULL", "@STRENGTH", "!AES128-SHA:AES128-SHA", "RSA+PSK"})
    void aStringThatLeavesNothingIsAnError(String string) {
        assertEquals("cipher string \"" + string + "\" leaves no suite of TLS 1.2 or before", why(string));
    }

    @Test
    void defaultStandsAtTheBeginning() {
        assertTrue(why("AES:DEFAULT").contains("DEFAULT stands at the beginning"));
    }

    @Test
    void suitesOfTls13HaveAListOfTheirOwn() {
        assertTrue(why("TLS_AES_128_GCM_SHA256").contains("have a list of their own"));
        assertTrue(parse("ALL").stream().noneMatch(s -> s.fits(ProtocolVersion.TLS1_3)));
    }

    @Test
    void whatCannotBeHadIsChosenByNoKeywordAndRefusedByName() {
        assertFalse(CipherString.parse("ALL", s -> s.cbc() == null).suites().stream()
                .anyMatch(s -> s.cbc() != null));
        assertEquals(
                "cipher string \"ALL:AES128-SHA\", at character 5: no crypto provider here has AES128-SHA",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CipherString.parse("ALL:AES128-SHA", s -> s.cbc() == null))
                        .getMessage());
        CipherString.parse("ALL:!AES128-SHA", s -> s.cbc() == null);
    }

    @Test
    void aStringHasABound() {
        assertTrue(why("A".repeat(16_385)).contains("16384 allowed"));
    }

    @Test
    void namesThatAreLeftOutAreNoneOfOurs() {
        for (CipherSuite s : CipherSuite.values()) {
            assertFalse(OmittedSuites.contain(s.opensslName()), s.opensslName());
        }
        assertTrue(OmittedSuites.contain("RC4-SHA"));
        assertFalse(OmittedSuites.contain("#"));
        assertFalse(OmittedSuites.contain(""));
    }
}
