// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.message.ext.EarlyData;
import org.libssl4j.message.ext.Extension;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.Padding;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.message.ext.SupportedVersions;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** Key shares and HelloRetryRequest, between two ends of ours and with one that misbehaves (RFC 9846 §4.2.4, §4.3.8). */
class HelloRetry13Test {
    static GroupList groups(String list) {
        return GroupList.parse(list, g -> true);
    }

    private static GroupList withoutShares(NamedGroup... groups) {
        return new GroupList(List.of(List.of(groups)), List.of());
    }

    static ScriptedPair pair(HandshakeConfig client, HandshakeConfig server) {
        return new ScriptedPair(client, server, Configs.CRYPTO, CarrierTraits.TLS);
    }

    private static ScriptedPair connected(GroupList client, GroupList server) {
        return assertConnected(
                pair(Configs.client().with(client), Configs.server().with(server))
                        .run());
    }

    static ScriptedPair assertConnected(ScriptedPair p) {
        assertNull(p.client.failure, () -> "client: " + p.client.failure);
        assertNull(p.server.failure, () -> "server: " + p.server.failure);
        assertTrue(p.client.negotiated.complete());
        assertTrue(p.server.negotiated.complete());
        return p;
    }

    // ---- key shares ------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "client {0}, server {1}")
    @CsvSource({
        "*X25519:*P-256, P-256, SECP256R1, false",
        "*X25519:*P-256:*P-384, P-384/X25519, SECP384R1, false",
        "*X25519:P-256, P-256/X25519, SECP256R1, true",
        "*X25519:P-256, P-256:X25519, X25519, false",
        "*X25519MLKEM768:*X25519, X25519MLKEM768, X25519MLKEM768, false",
        "*X25519MLKEM768:*X25519, X25519, X25519, false",
        "*X25519:*X25519MLKEM768, X25519MLKEM768, X25519MLKEM768, false",
        "*X25519MLKEM768:*X25519:P-256, P-256, SECP256R1, true",
        "*X25519:X25519MLKEM768, X25519MLKEM768, X25519MLKEM768, true",
        "*SecP256r1MLKEM768:*P-256, P-256, SECP256R1, false",
    })
    void theServerTakesAShareOrAsksForOne(String client, String server, NamedGroup group, boolean retried) {
        ScriptedPair p = connected(groups(client), groups(server));
        assertEquals(group, p.client.negotiated.group());
        assertEquals(group, p.server.negotiated.group());
        assertEquals(retried, p.client.negotiated.retried());
        assertEquals(retried, p.server.negotiated.retried());
        assertFalse(p.server.negotiated.cookieAccepted());
    }

    @Test
    void aClientMayHaveTheServerAskForTheFirstShare() {
        ScriptedPair p = connected(withoutShares(NamedGroup.X25519, NamedGroup.SECP256R1), groups("P-256:X25519"));
        assertTrue(p.client.negotiated.retried());
        assertEquals(NamedGroup.X25519, p.client.negotiated.group(), "the client's order counts");
    }

    private static List<KeyShare.Entry> sharesOf(GroupList client) throws TlsException {
        ScriptedPair p = pair(Configs.client().with(client), Configs.server());
        p.client.advance();
        return p.client
                .carrier
                .takeSent()
                .get(0)
                .parse(ClientHello::read)
                .extensions()
                .get(ExtensionType.KEY_SHARE, KeyShare.Offer::read)
                .entries();
    }

    @Test
    void theClassicalHalfOfAHybridIsTheKeyPairOfThePlainShare() throws Exception {
        for (String list : List.of("*X25519MLKEM768:*X25519", "*X25519:*X25519MLKEM768")) {
            List<KeyShare.Entry> shares = sharesOf(groups(list));
            KeyShare.Entry hybrid = new KeyShare.Offer(shares).of(NamedGroup.X25519MLKEM768.code());
            KeyShare.Entry plain = new KeyShare.Offer(shares).of(NamedGroup.X25519.code());
            assertEquals(1216, hybrid.keyExchange().length);
            assertArrayEquals(Arrays.copyOfRange(hybrid.keyExchange(), 1184, 1216), plain.keyExchange());
        }
    }

    @Test
    void eachHybridLendsItsOwnHalfAndSharesNoneOfMlKem() throws Exception {
        List<KeyShare.Entry> shares = sharesOf(groups("*X25519MLKEM768:*SecP256r1MLKEM768:*X25519:*P-256"));
        assertEquals(
                List.of(0x11ec, 0x11eb, 0x001d, 0x0017),
                shares.stream().map(KeyShare.Entry::group).toList());
        assertArrayEquals(
                Arrays.copyOf(shares.get(1).keyExchange(), 65), shares.get(3).keyExchange());
        assertFalse(Arrays.equals(
                Arrays.copyOf(shares.get(0).keyExchange(), 1184),
                Arrays.copyOfRange(shares.get(1).keyExchange(), 65, 1249)));
    }

    @Test
    void aShareThatIsAskedForIsFresh() throws Exception {
        List<ClientHello> hellos = new ArrayList<>();
        ScriptedPair p = pair(
                Configs.client().with(groups("*X25519MLKEM768:X25519")),
                Configs.server().with(groups("X25519")));
        assertConnected(p.run((from, m) -> {
            if (from == Role.CLIENT && hellos.size() < 2) {
                hellos.add(parsed(m));
            }
            return List.of(m);
        }));
        byte[] first = shares(hellos.get(0)).entries().get(0).keyExchange();
        assertEquals(1, shares(hellos.get(1)).entries().size());
        byte[] second = shares(hellos.get(1)).entries().get(0).keyExchange();
        assertFalse(Arrays.equals(Arrays.copyOfRange(first, 1184, 1216), second));
    }

    static ClientHello parsed(HandshakeMessage m) {
        try {
            return m.parse(ClientHello::read);
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyShare.Offer shares(ClientHello h) throws TlsException {
        return h.extensions().get(ExtensionType.KEY_SHARE, KeyShare.Offer::read);
    }

    // ---- a server that misbehaves ----------------------------------------------------------------------------------

    /** What becomes of the server's first message, or of the second. */
    private record ServerRow(
            String rule, int which, UnaryOperator<ServerHello> change, AlertDescription alert, Reason reason) {}

    @TestFactory
    Stream<DynamicTest> aClientHoldsTheServerToTheRules() {
        AlertDescription illegal = AlertDescription.ILLEGAL_PARAMETER;
        return Stream.of(
                        new ServerRow(
                                "an extension that the client did not offer",
                                0,
                                h -> plus(h, new RawExtension(0x3a3a, new byte[0])),
                                AlertDescription.UNSUPPORTED_EXTENSION,
                                Reason.UNSOLICITED_EXTENSION),
                        new ServerRow(
                                "an extension that was offered but has no place there",
                                0,
                                h -> plus(h, new RawExtension(ExtensionType.SUPPORTED_GROUPS.code(), new byte[0])),
                                illegal,
                                Reason.BAD_EXTENSION),
                        new ServerRow(
                                "a cookie without a byte",
                                0,
                                h -> plus(h, new RawExtension(ExtensionType.COOKIE.code(), new byte[2])),
                                AlertDescription.DECODE_ERROR,
                                Reason.LENGTH_MISMATCH),
                        new ServerRow(
                                "a HelloRetryRequest with a whole key share",
                                0,
                                h -> replace(
                                        h,
                                        ExtensionType.KEY_SHARE,
                                        new KeyShare.Answer(new KeyShare.Entry(0x0017, new byte[65]))),
                                AlertDescription.DECODE_ERROR,
                                Reason.LENGTH_MISMATCH),
                        new ServerRow(
                                "a HelloRetryRequest of TLS 1.2",
                                0,
                                h -> replace(
                                        h, ExtensionType.SUPPORTED_VERSIONS, new SupportedVersions.Selected(0x0303)),
                                illegal,
                                Reason.BAD_PROTOCOL_VERSION_NUMBER),
                        new ServerRow(
                                "a HelloRetryRequest without a version",
                                0,
                                h -> replace(h, ExtensionType.SUPPORTED_VERSIONS, null),
                                AlertDescription.PROTOCOL_VERSION,
                                Reason.UNSUPPORTED_PROTOCOL),
                        new ServerRow(
                                "another session id in the HelloRetryRequest",
                                0,
                                h -> Tampering.with(h, h.random(), new byte[32], h.cipherSuite(), 0),
                                illegal,
                                Reason.INVALID_SESSION_ID),
                        new ServerRow(
                                "compression in the HelloRetryRequest",
                                0,
                                h -> Tampering.with(h, h.random(), h.sessionId(), h.cipherSuite(), 1),
                                AlertDescription.DECODE_ERROR,
                                Reason.INVALID_COMPRESSION_ALGORITHM),
                        new ServerRow(
                                "a suite in the HelloRetryRequest that was not offered",
                                0,
                                h -> Tampering.with(h, h.random(), h.sessionId(), 0x1304, 0),
                                illegal,
                                Reason.WRONG_CIPHER_RETURNED),
                        new ServerRow(
                                "a ServerHello without a version after it",
                                1,
                                h -> replace(h, ExtensionType.SUPPORTED_VERSIONS, null),
                                illegal,
                                Reason.WRONG_SSL_VERSION),
                        new ServerRow(
                                "a ServerHello with another version after it",
                                1,
                                h -> replace(
                                        h, ExtensionType.SUPPORTED_VERSIONS, new SupportedVersions.Selected(0x0303)),
                                illegal,
                                Reason.WRONG_SSL_VERSION),
                        new ServerRow(
                                "a ServerHello with the group that was not asked for",
                                1,
                                h -> replace(
                                        h,
                                        ExtensionType.KEY_SHARE,
                                        new KeyShare.Answer(new KeyShare.Entry(0x001d, new byte[32]))),
                                illegal,
                                Reason.BAD_KEY_SHARE),
                        new ServerRow(
                                "a cookie in the ServerHello",
                                1,
                                h -> plus(h, new Cookie(new byte[1])),
                                illegal,
                                Reason.BAD_EXTENSION))
                .map(r -> DynamicTest.dynamicTest(r.rule, () -> check(r)));
    }

    private static void check(ServerRow row) {
        int[] seen = {0};
        ScriptedPair p = pair(Configs.client(), Configs.server().with(groups("P-256")))
                .run((from, m) -> from == Role.SERVER && seen[0]++ == row.which
                        ? List.of(row.change.apply(hello(m)).toMessage())
                        : List.of(m));
        assertFailed(p.client, row.alert, row.reason);
    }

    static ServerHello hello(HandshakeMessage m) {
        try {
            return m.parse(ServerHello::read);
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
    }

    private static ServerHello plus(ServerHello h, Extension e) {
        return Tampering.ext(h, Tampering.plus(h.extensions(), e));
    }

    private static ServerHello replace(ServerHello h, ExtensionType type, Extension with) {
        return Tampering.ext(h, Tampering.replace(h.extensions(), type, with));
    }

    static void assertFailed(ScriptedPair.Side victim, AlertDescription alert, Reason reason) {
        assertNotNull(victim.failure, "nothing was refused");
        assertEquals(
                alert + " " + reason,
                victim.failure.alert() + " " + victim.failure.reason(),
                victim.failure::getMessage);
        assertEquals(List.of(alert), victim.carrier.alerts());
    }

    // ---- a client that misbehaves ----------------------------------------------------------------------------------

    /** What becomes of the second ClientHello; given the first. */
    private record ClientRow(
            String rule, Function<ClientHello, ClientHello> change, AlertDescription alert, Reason reason) {}

    @TestFactory
    Stream<DynamicTest> aServerHoldsTheClientToTheRules() {
        AlertDescription illegal = AlertDescription.ILLEGAL_PARAMETER;
        return Stream.of(
                        new ClientRow(
                                "the share of the first ClientHello again",
                                h -> withShares(h, new KeyShare.Entry(0x001d, new byte[32])),
                                illegal,
                                Reason.BAD_KEY_SHARE),
                        new ClientRow("no share at all", h -> withShares(h), illegal, Reason.BAD_KEY_SHARE),
                        new ClientRow(
                                "another share besides",
                                h -> withShares(h, shareOf(h), new KeyShare.Entry(0x001d, new byte[32])),
                                illegal,
                                Reason.BAD_KEY_SHARE),
                        new ClientRow(
                                "no key_share",
                                h -> Tampering.ext(h, Tampering.replace(h.extensions(), ExtensionType.KEY_SHARE, null)),
                                AlertDescription.MISSING_EXTENSION,
                                Reason.MISSING_SUPPORTED_GROUPS_EXTENSION),
                        new ClientRow("early data", h -> plus(h, new EarlyData()), illegal, Reason.BAD_EXTENSION),
                        new ClientRow(
                                "a cookie that nobody sent",
                                h -> plus(h, new Cookie(new byte[4])),
                                illegal,
                                Reason.COOKIE_MISMATCH),
                        new ClientRow(
                                "an extension that is new",
                                h -> plus(h, new Alpn(List.of("h2"))),
                                illegal,
                                Reason.BAD_EXTENSION),
                        new ClientRow(
                                "an extension that has gone",
                                h -> Tampering.ext(
                                        h, Tampering.replace(h.extensions(), ExtensionType.SERVER_NAME, null)),
                                illegal,
                                Reason.BAD_EXTENSION),
                        new ClientRow(
                                "other suites",
                                h -> new ClientHello(
                                        h.legacyVersion(),
                                        h.random(),
                                        h.sessionId(),
                                        new int[] {0x1301},
                                        h.compressionMethods(),
                                        h.extensions()),
                                illegal,
                                Reason.BAD_CIPHER),
                        new ClientRow(
                                "another random",
                                h -> new ClientHello(
                                        h.legacyVersion(),
                                        new byte[32],
                                        h.sessionId(),
                                        h.cipherSuites(),
                                        h.compressionMethods(),
                                        h.extensions()),
                                illegal,
                                Reason.BAD_PACKET))
                .map(r -> DynamicTest.dynamicTest(r.rule, () -> check(r)));
    }

    private static void check(ClientRow row) {
        int[] seen = {0};
        ScriptedPair p = pair(Configs.client(), Configs.server().with(groups("P-256")))
                .run((from, m) -> from == Role.CLIENT && seen[0]++ == 1
                        ? List.of(row.change.apply(parsed(m)).toMessage())
                        : List.of(m));
        assertFailed(p.server, row.alert, row.reason);
    }

    private static ClientHello plus(ClientHello h, Extension e) {
        return Tampering.ext(h, Tampering.plus(h.extensions(), e));
    }

    private static KeyShare.Entry shareOf(ClientHello h) {
        try {
            return shares(h).entries().get(0);
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
    }

    private static ClientHello withShares(ClientHello h, KeyShare.Entry... shares) {
        return Tampering.ext(
                h, Tampering.replace(h.extensions(), ExtensionType.KEY_SHARE, new KeyShare.Offer(List.of(shares))));
    }

    @Test
    void paddingMayComeWithTheSecondClientHello() {
        int[] seen = {0};
        ScriptedPair p = pair(Configs.client(), Configs.server().with(groups("P-256")))
                .run((from, m) -> from == Role.CLIENT && seen[0]++ == 1
                        ? List.of(plus(parsed(m), new Padding(100)).toMessage())
                        : List.of(m));
        assertNull(p.server.failure);
        assertNotEquals(null, p.client.failure, "the transcripts differ, but for another reason nothing was refused");
    }

    /** What a client sends to a server that wants this cookie back; how it ended is in the pair. */
    private static ScriptedPair asked(HandshakeConfig client, byte[] cookie, List<ClientHello> hellos) {
        boolean[] asked = {false};
        return pair(client, Configs.server()).run((from, m) -> {
            if (from == Role.CLIENT) {
                hellos.add(parsed(m));
                return hellos.size() == 1 ? List.of(m) : List.of();
            } else if (!asked[0]) {
                asked[0] = true;
                ServerHello h = hello(m);
                return List.of(ServerHello.retry(
                                h.sessionId(),
                                h.cipherSuite(),
                                ExtensionBlock.builder()
                                        .add(new SupportedVersions.Selected(0x0304))
                                        .add(new Cookie(cookie))
                                        .build())
                        .toMessage());
            }
            return List.of();
        });
    }

    @Test
    void theClientBringsBackTheCookieAsItWas() throws Exception {
        byte[] cookie = new byte[5000];
        Arrays.fill(cookie, (byte) 0x5a);
        List<ClientHello> hellos = new ArrayList<>();
        asked(Configs.client(), cookie, hellos);
        assertEquals(2, hellos.size());
        Cookie back = hellos.get(1).extensions().get(ExtensionType.COOKIE, Cookie::read);
        assertArrayEquals(cookie, back.cookie());
        assertArrayEquals(
                hellos.get(0).extensions().body(ExtensionType.KEY_SHARE.code()),
                hellos.get(1).extensions().body(ExtensionType.KEY_SHARE.code()),
                "no share was asked for, so they stay");
    }

    @Test
    void aCookieMayFillTheSecondHelloButNotOverfillIt() {
        List<ClientHello> hellos = new ArrayList<>();
        asked(Configs.client(), new byte[1], hellos);
        int room = ExtensionBlock.MOST_BYTES - hellos.get(1).extensions().length() + 1;
        hellos.clear();
        ScriptedPair fits = asked(Configs.client(), new byte[room], hellos);
        assertNull(fits.client.failure);
        assertEquals(ExtensionBlock.MOST_BYTES, hellos.get(1).extensions().length());
        hellos.clear();
        TlsException e = asked(Configs.client(), new byte[room + 1], hellos).client.failure;
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.EXCESSIVE_MESSAGE_SIZE, e.reason());
        assertEquals(1, hellos.size());
    }

    @Test
    void theSecondHelloIsPaddedAnew() throws Exception {
        HandshakeConfig client = Configs.client();
        client = client.with(
                client.extensions().withPadding(true).withAlpn(List.of("a-protocol-of-some-length", "x".repeat(60))));
        List<ClientHello> hellos = new ArrayList<>();
        asked(client, new byte[16], hellos);
        int without = hellos.get(0)
                .extensions()
                .get(ExtensionType.PADDING, Padding::read)
                .length();
        int cookie = 4 + 2 + 16;
        assertEquals(
                without - cookie,
                hellos.get(1)
                        .extensions()
                        .get(ExtensionType.PADDING, Padding::read)
                        .length());
        for (ClientHello h : hellos) {
            assertEquals(512, h.toMessage().raw().length);
            int[] types = h.extensions().types();
            assertEquals(ExtensionType.PADDING.code(), types[types.length - 1]);
        }
        hellos.clear();
        asked(client, new byte[300], hellos);
        assertTrue(hellos.get(0).extensions().has(ExtensionType.PADDING));
        assertFalse(hellos.get(1).extensions().has(ExtensionType.PADDING), "long enough with the cookie");
    }
}
