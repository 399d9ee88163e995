// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlagParserTest {
    private static FlagParser parse(String... arguments) throws Exception {
        return FlagParser.parse(List.of(arguments));
    }

    @Test
    void aFlagWithoutPrefixIsForEachConnection() throws Exception {
        FlagParser p = parse("-server");
        assertTrue(p.initial.has(ShimFlag.SERVER));
        assertTrue(p.resume.has(ShimFlag.SERVER));
        assertTrue(p.retry.has(ShimFlag.SERVER));
    }

    @Test
    void aPrefixNamesTheConnection() throws Exception {
        FlagParser p = parse("-on-initial-host-name", "a", "-on-resume-host-name", "b", "-on-retry-host-name", "c");
        assertEquals("a", p.initial.text(ShimFlag.HOST_NAME));
        assertEquals("b", p.resume.text(ShimFlag.HOST_NAME));
        assertEquals("c", p.retry.text(ShimFlag.HOST_NAME));
    }

    @Test
    void aFlagForTheShimIsTaken() throws Exception {
        FlagParser p = parse("-on-shim-on-resume-host-name", "b");
        assertEquals("", p.initial.text(ShimFlag.HOST_NAME));
        assertEquals("b", p.resume.text(ShimFlag.HOST_NAME));
    }

    @Test
    void aFlagForTheHandshakerIsReadWithItsValueAndDropped() throws Exception {
        FlagParser p = parse("-on-handshaker-host-name", "a", "-server");
        assertFalse(p.initial.has(ShimFlag.HOST_NAME));
        assertTrue(p.initial.has(ShimFlag.SERVER));
    }

    @Test
    void numbersThatComeAgainAreAddedWhereTheFlagHasAList() throws Exception {
        FlagParser p = parse("-curves", "29", "-curves", "23");
        assertEquals(List.of(29, 23), p.initial.numbers(ShimFlag.CURVES));
    }

    @Test
    void theLastOneCountsWhereTheFlagHasOneValue() throws Exception {
        FlagParser p = parse("-read-size", "1", "-read-size", "2");
        assertEquals(2, p.initial.number(ShimFlag.READ_SIZE));
    }

    @Test
    void aShimIdHas64BitsWithoutASign() throws Exception {
        assertEquals(-1, parse("-shim-id", "18446744073709551615").initial.wide(ShimFlag.SHIM_ID));
    }

    @Test
    void aValueMayLookLikeAFlagAndHaveAnyCharacters() throws Exception {
        FlagParser p = parse("-advertise-alpn", "\u0003foo", "-host-name", "-server", "-shim-initial-write", "");
        assertEquals("\u0003foo", p.initial.text(ShimFlag.ADVERTISE_ALPN));
        assertEquals("-server", p.initial.text(ShimFlag.HOST_NAME));
        assertEquals("", p.initial.text(ShimFlag.SHIM_INITIAL_WRITE, "hello"));
        assertFalse(p.initial.has(ShimFlag.SERVER));
    }

    @Test
    void aFlagThatIsNotKnownLeavesTheTestUnimplemented() {
        assertThrows(Unimplemented.class, () -> parse("-server", "-dtls"));
        assertThrows(Unimplemented.class, () -> parse("-on-resume-no-such-flag"));
        assertThrows(Unimplemented.class, () -> parse("server"));
    }

    @Test
    void aMissingValueOrOneThatIsNoNumberIsAFailureThatNoTestExpects() {
        ShimFailure missing = assertThrows(ShimFailure.class, () -> parse("-port"));
        assertEquals(ExitCode.MUST_FAIL, missing.exitCode());
        ShimFailure text = assertThrows(ShimFailure.class, () -> parse("-port", "x"));
        assertEquals(ExitCode.MUST_FAIL, text.exitCode());
    }

    @Test
    void noTwoFlagsHaveTheSameName() {
        Set<String> names = new HashSet<>();
        for (ShimFlag f : ShimFlag.values()) {
            assertTrue(f.text().startsWith("-"), f.text());
            assertTrue(names.add(f.text()), f.text());
            assertEquals(f, ShimFlag.of(f.text()));
        }
    }
}
