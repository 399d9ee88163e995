// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.config.GroupList;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.SupportedGroups;

class GroupChoiceTest {
    private static GroupList list(String s) {
        return GroupList.parse(s, g -> true);
    }

    /** A ClientHello with these groups and shares; a GREASE value stands in front of both (RFC 8701). */
    private static ClientHello hello(GroupList client) {
        int[] groups = IntStream.concat(
                        IntStream.of(0x2a2a), client.groups().stream().mapToInt(NamedGroup::code))
                .toArray();
        List<KeyShare.Entry> shares = IntStream.concat(
                        IntStream.of(0x2a2a), client.keyShares().stream().mapToInt(NamedGroup::code))
                .mapToObj(c -> new KeyShare.Entry(c, new byte[1]))
                .toList();
        return hello(groups, shares);
    }

    private static ClientHello hello(int[] groups, List<KeyShare.Entry> shares) {
        return new ClientHello(
                0x0303,
                new byte[32],
                new byte[0],
                new int[] {0x1301},
                new byte[1],
                ExtensionBlock.builder()
                        .add(new SupportedGroups(groups))
                        .add(new KeyShare.Offer(shares))
                        .build());
    }

    @ParameterizedTest(name = "client {0}, server {1}")
    @CsvSource({
        // the first tuple with anything in common decides, even if that costs a HelloRetryRequest
        "*X25519:X25519MLKEM768, X25519MLKEM768/X25519, retry X25519MLKEM768, retry X25519MLKEM768",
        "*X25519:X25519MLKEM768, X25519MLKEM768:X25519, X25519, X25519",
        "X25519MLKEM768:*X25519, X448/X25519:X25519MLKEM768, X25519, X25519",
        "*P-256:P-384, X25519/P-384/P-256, retry P-384, retry P-384",
        // within a tuple a share is worth more than any order
        "X25519:P-256:*P-384, X25519:P-256:P-384, P-384, P-384",
        // of several shares, and of several groups without one, the order decides
        "*X25519:*P-256, P-256:X25519, X25519, P-256",
        "*X448:X25519:P-256, P-256:X25519, retry X25519, retry P-256",
        "*X25519:*P-256, P-256/X25519, P-256, P-256",
    })
    void tuplesThenSharesThenOrder(String client, String server, String byClient, String byServer) throws Exception {
        assertEquals(byClient, name(GroupChoice.forServer(hello(list(client)), list(server), false)));
        assertEquals(byServer, name(GroupChoice.forServer(hello(list(client)), list(server), true)));
    }

    private static String name(GroupChoice c) {
        return (c.share() == null ? "retry " : "") + c.group().opensslName();
    }

    @Test
    void theShareIsTheOneOfTheGroup() throws Exception {
        GroupChoice c = GroupChoice.forServer(hello(list("*X25519:*P-256")), list("P-256"), false);
        assertEquals(NamedGroup.SECP256R1.code(), c.share().group());
    }

    @Test
    void aClientWithoutAShareAtAllIsAskedForOne() throws Exception {
        ClientHello none = hello(new int[] {0x001d}, List.of());
        assertEquals("retry X25519", name(GroupChoice.forServer(none, list("X25519"), false)));
    }

    @Test
    void noGroupInCommonIsAHandshakeFailure() {
        TlsException e = assertThrows(
                TlsException.class, () -> GroupChoice.forServer(hello(list("X25519")), list("P-256"), false));
        assertEquals(AlertDescription.HANDSHAKE_FAILURE, e.alert());
        assertEquals(Reason.NO_SUITABLE_KEY_SHARE, e.reason());
    }

    @Test
    void aShareOfAGroupThatWasNotOfferedIsIllegal() {
        ClientHello h = hello(new int[] {0x001d}, List.of(new KeyShare.Entry(0x0017, new byte[65])));
        assertIllegal(assertThrows(TlsException.class, () -> GroupChoice.forServer(h, list("X25519"), false)));
    }

    @Test
    void theAnswerToAHelloRetryRequestHasTheShareThatWasAskedForAlone() throws Exception {
        KeyShare.Entry asked = new KeyShare.Entry(0x0017, new byte[65]);
        KeyShare.Entry other = new KeyShare.Entry(0x001d, new byte[32]);
        int[] groups = {0x001d, 0x0017};
        GroupChoice right = GroupChoice.asAskedFor(hello(groups, List.of(asked)), NamedGroup.SECP256R1);
        assertEquals(asked.group(), right.share().group());
        for (List<KeyShare.Entry> wrong :
                Arrays.asList(List.<KeyShare.Entry>of(), List.of(other), List.of(asked, other))) {
            assertIllegal(assertThrows(
                    TlsException.class,
                    () -> GroupChoice.asAskedFor(hello(groups, wrong), NamedGroup.SECP256R1),
                    wrong::toString));
        }
    }

    private static void assertIllegal(TlsException e) {
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.BAD_KEY_SHARE, e.reason());
    }
}
