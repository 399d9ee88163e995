// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.iana.NamedGroup;

class GroupListTest {
    private static final Set<NamedGroup> HERE = Set.of(
            NamedGroup.X25519MLKEM768,
            NamedGroup.X25519,
            NamedGroup.SECP256R1,
            NamedGroup.SECP384R1,
            NamedGroup.SECP521R1,
            NamedGroup.FFDHE2048);

    /** Tuples with "*" before a key share, in the form of the language itself. */
    private static String read(String list) {
        GroupList g = GroupList.parse(list, HERE::contains);
        return g.tuples().stream()
                .map(t -> t.stream()
                        .map(n -> (g.keyShares().contains(n) ? "*" : "") + n.opensslName())
                        .collect(Collectors.joining(":")))
                .collect(Collectors.joining("/"));
    }

    @ParameterizedTest
    @CsvSource({
        // plain lists
        "P-256, *P-256",
        "X25519:P-256, *X25519:P-256",
        "x25519:Prime256v1:SECP384R1:p-521, *X25519:P-256:P-384:P-521",
        "' X25519 : P-256 / P-384 ', *X25519:P-256/P-384",
        "X25519:P-256:x25519, *X25519:P-256",
        // key shares
        "X25519:*P-256, X25519:*P-256",
        "*X25519:*P-256/*P-384:P-521, *X25519:*P-256/*P-384:P-521",
        "X25519:P-256:*X25519, *X25519:P-256",
        // what is not there
        "?P-999:?X448:P-256, *P-256",
        "?*X448:P-256, *P-256",
        "*?X25519:P-256, *X25519:P-256",
        "?X448/P-256, *P-256",
        // removals
        "*X25519:P-256:-X25519, *P-256",
        "*X25519/*P-256:-X25519, *P-256",
        "X25519:-P-384, *X25519",
        "X25519:?-P-999, *X25519",
        "X25519:-X25519:P-256:X25519, *P-256:X25519",
        // the default
        "DEFAULT, *X25519MLKEM768/*X25519:P-256/P-384:P-521/ffdhe2048",
        "default:-ffdhe2048:-X25519MLKEM768, *X25519:P-256/P-384:P-521",
        "P-521:DEFAULT:-P-384, P-521:*X25519MLKEM768/*X25519:P-256/ffdhe2048",
        "P-521/DEFAULT, P-521/*X25519MLKEM768/*X25519:P-256/P-384/ffdhe2048",
        "DEFAULT:-P-521:P-521, *X25519MLKEM768/*X25519:P-256/P-384/ffdhe2048:P-521",
        "DEFAULT/?X448:-X25519, *X25519MLKEM768/P-256/P-384:P-521/ffdhe2048",
    })
    void aListIsReadAsOpensslReadsIt(String list, String expected) {
        assertEquals(expected, read(list));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "P-999",
                "X448", // known, but nobody here has it
                "-P-999:X25519",
                "-X448:X25519",
                "X25519::P-256",
                "X25519:",
                ":X25519",
                "/X25519",
                "X25519//P-256",
                "*",
                "X25519:*",
                "**X25519",
                "??X25519",
                "*?*X25519",
                "X25519:--X25519",
                "*DEFAULT",
                "-DEFAULT",
                "?DEFAULT",
                "?X448",
                "X25519:-X25519",
                "*X25519:*P-256:*P-384:*P-521:*ffdhe2048"
            })
    void whatIsMalformedUnknownOrEmptyIsRefused(String list) {
        assertThrows(IllegalArgumentException.class, () -> read(list));
    }

    @Test
    void aListOfGroupsIsOneTupleWithAShareOfTheFirst() {
        GroupList g = new GroupList(List.of(NamedGroup.SECP384R1, NamedGroup.X25519));
        assertEquals(List.of(List.of(NamedGroup.SECP384R1, NamedGroup.X25519)), g.tuples());
        assertEquals(List.of(NamedGroup.SECP384R1), g.keyShares());
    }

    @Test
    void keySharesStandInTheOrderOfTheGroupsAndMayBeMissing() {
        List<List<NamedGroup>> tuples =
                List.of(List.of(NamedGroup.X25519), List.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1));
        assertEquals(
                List.of(NamedGroup.X25519, NamedGroup.SECP384R1),
                new GroupList(tuples, List.of(NamedGroup.SECP384R1, NamedGroup.X25519)).keyShares());
        assertEquals(List.of(), new GroupList(tuples, List.of()).keyShares());
    }

    @Test
    void noGroupAGroupTwiceAndAShareOfAnotherAreRefused() {
        List<List<NamedGroup>> one = List.of(List.of(NamedGroup.X25519));
        List<List<NamedGroup>> twice = List.of(List.of(NamedGroup.X25519), List.of(NamedGroup.X25519));
        assertThrows(IllegalArgumentException.class, () -> new GroupList(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new GroupList(List.of(List.of()), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new GroupList(twice, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new GroupList(one, List.of(NamedGroup.SECP256R1)));
    }
}
