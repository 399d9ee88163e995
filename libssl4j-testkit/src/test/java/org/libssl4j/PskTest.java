// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;

/** Pre-shared keys in TLS 1.2 and before (RFC 4279, 5487, 5489): our client and our server, and what their callbacks may do. */
class PskTest {
    private static final String IDENTITY = "Cl\u00edent_identity";
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final byte[] DATA = "application data".getBytes(StandardCharsets.US_ASCII);

    private final SslCtx client = context(TlsMethod.TLS_CLIENT);
    private final SslCtx server = context(TlsMethod.TLS_SERVER);

    /** One of these suites in one version. */
    record Row(CipherSuite suite, ProtocolVersion version) {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (CipherSuite s : CipherSuite.values()) {
            for (ProtocolVersion v : List.of(ProtocolVersion.TLS1_2, ProtocolVersion.TLS1_1, ProtocolVersion.TLS1_0)) {
                if (s.keyExchange().preShared() && s.fits(v)) {
                    rows.add(new Row(s, v));
                }
            }
        }
        return rows;
    }

    /** Without a certificate, and without anybody whose certificates it trusts. */
    private static SslCtx context(TlsMethod method) {
        SslCtx c = new SslCtx(method);
        c.setSecurityLevel(0);
        c.setDhAuto(true);
        c.setMaxProtoVersion(ProtocolVersion.TLS1_2);
        return c;
    }

    private static byte[] utf8(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    private void withKey() {
        client.setPskClientCallback((ssl, hint) -> PskClientCb.Answer.of(IDENTITY, KEY));
        server.setPskServerCallback((ssl, identity) ->
                Arrays.equals(utf8(IDENTITY), identity) ? PskServerCb.Answer.of(KEY) : PskServerCb.Answer.NONE);
    }

    private MemoryPair pair(String suites) {
        client.setCipherList(suites);
        server.setCipherList(suites);
        return new MemoryPair(client, server, new MemoryBio(), new MemoryBio());
    }

    private static void assertFailed(Ssl ssl, AlertDescription alert, Reason reason) {
        TlsException e = assertInstanceOf(TlsException.class, ssl.failure(), ssl::toString);
        assertEquals(alert, e.alert(), e::getMessage);
        assertEquals(reason, e.reason(), e::getMessage);
    }

    private static void assertTold(AlertDescription alert, Ssl ssl) {
        assertEquals(
                alert, assertInstanceOf(PeerAlertException.class, ssl.failure()).alert());
    }

    // ---- what goes well --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("rows")
    void everySuiteBringsDataBothWays(Row row) {
        withKey();
        server.usePskIdentityHint("which one?");
        client.setMinProtoVersion(row.version());
        client.setMaxProtoVersion(row.version());
        server.setMinProtoVersion(row.version());
        MemoryPair p = pair(row.suite().opensslName()).connected();
        for (Ssl ssl : List.of(p.client, p.server)) {
            assertEquals(row.version().text(), ssl.getVersion());
            assertEquals(
                    row.suite().opensslName(),
                    CipherSuite.named(ssl.getCipherName()).opensslName());
            assertArrayEquals(utf8(IDENTITY), ssl.getPskIdentity());
            assertArrayEquals(utf8("which one?"), ssl.getPskIdentityHint());
            assertNull(ssl.getPeerCertificate());
            assertEquals(VerifyResult.OK, ssl.getVerifyResult());
            assertNull(ssl.getPeerSignatureName());
            assertEquals(
                    row.suite().keyExchange() == KeyExchangeAlgorithm.ECDHE_PSK,
                    ssl.getNegotiatedGroup() != null
                            && !ssl.getNegotiatedGroup().startsWith("ffdhe"));
        }
        assertBrings(p.client, p.server);
        assertBrings(p.server, p.client);
    }

    private static void assertBrings(Ssl from, Ssl to) {
        assertEquals(DATA.length, from.write(DATA, 0, DATA.length));
        byte[] b = new byte[DATA.length + 1];
        assertEquals(DATA.length, to.read(b, 0, b.length));
        assertArrayEquals(DATA, Arrays.copyOf(b, DATA.length));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theClientIsGivenTheHintOfTheServer(String suite) {
        withKey();
        List<String> hints = new ArrayList<>();
        client.setPskClientCallback((ssl, hint) -> {
            hints.add(hint == null ? null : new String(hint, StandardCharsets.UTF_8));
            assertFalse(ssl.isServer());
            return PskClientCb.Answer.of(IDENTITY, KEY);
        });
        MemoryPair none = pair(suite).connected();
        assertNull(none.client.getPskIdentityHint());
        assertNull(none.server.getPskIdentityHint());
        server.usePskIdentityHint("of the context");
        pair(suite).connected();
        MemoryPair own = pair(suite);
        own.server.usePskIdentityHint("of the connection");
        own.connected();
        server.usePskIdentityHint("");
        pair(suite).connected();
        assertEquals(Arrays.asList(null, "of the context", "of the connection", null), hints);
    }

    @Test
    void withoutAHintTheServerSaysNothing() {
        withKey();
        server.usePskIdentityHint("a hint");
        server.usePskIdentityHint(null);
        MemoryPair p = pair("PSK");
        p.client.usePskIdentityHint("of a client, which says none");
        p.connected();
        assertNull(p.client.getPskIdentityHint());
        assertNull(p.server.getPskIdentityHint());
    }

    static List<String> kinds() {
        return List.of(
                "PSK-AES128-GCM-SHA256",
                "DHE-PSK-AES128-GCM-SHA256",
                "ECDHE-PSK-CHACHA20-POLY1305",
                "PSK-AES256-CBC-SHA",
                "ECDHE-PSK-AES128-CBC-SHA256");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bothMaySayLaterAndShowAsWantX509Lookup(String suite) {
        Queue<Boolean> later = new ArrayDeque<>(List.of(true, true, false, true, false));
        client.setPskClientCallback(
                (ssl, hint) -> later.remove() ? PskClientCb.Answer.LATER : PskClientCb.Answer.of(IDENTITY, KEY));
        server.setPskServerCallback(
                (ssl, identity) -> later.remove() ? PskServerCb.Answer.LATER : PskServerCb.Answer.of(KEY));
        MemoryPair p = pair(suite);
        assertWants(SslError.WANT_READ, p.client);
        assertWants(SslError.WANT_READ, p.server);
        assertWants(SslError.WANT_X509_LOOKUP, p.client);
        assertEquals(0, p.toServer.pending(), "nothing is sent before the key is there");
        assertEquals("SSLv3/TLS write client key exchange", p.client.stateStringLong());
        assertWants(SslError.WANT_X509_LOOKUP, p.client);
        assertWants(SslError.WANT_READ, p.client);
        assertWants(SslError.WANT_X509_LOOKUP, p.server);
        assertEquals(SslWant.X509_LOOKUP, p.server.want());
        assertArrayEquals(utf8(IDENTITY), p.server.getPskIdentity());
        p.connected();
        assertTrue(later.isEmpty());
    }

    private static void assertWants(SslError what, Ssl ssl) {
        int r = ssl.doHandshake();
        assertEquals(-1, r);
        assertEquals(what, ssl.getError(r), ssl::toString);
    }

    @Test
    void callbacksOfAConnectionGoBeforeThoseOfItsContext() {
        client.setPskClientCallback((ssl, hint) -> PskClientCb.Answer.NONE);
        server.setPskServerCallback((ssl, identity) -> PskServerCb.Answer.NONE);
        MemoryPair p = pair("PSK");
        p.client.setPskClientCallback((ssl, hint) -> PskClientCb.Answer.of(new byte[] {0, (byte) 0xff, 0}, KEY));
        p.server.setPskServerCallback((ssl, identity) -> PskServerCb.Answer.of(KEY));
        p.connected();
        assertArrayEquals(new byte[] {0, (byte) 0xff, 0}, p.server.getPskIdentity());
    }

    @Test
    void aServerThatInsistsOnCertificatesAsksForNoneWhereKeysAreShared() {
        withKey();
        server.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, null);
        pair("ECDHE-PSK-CHACHA20-POLY1305").connected();
    }

    @Test
    void aServerWithCertificateAndKeysGoesByTheOrderOfTheClient() throws Exception {
        withKey();
        server.useCertAndKey(MemoryPair.IDENTITY.chain(), MemoryPair.IDENTITY.key());
        client.addTrusted(List.of(MemoryPair.IDENTITY.issuer()));
        MemoryPair p =
                pair("ECDHE-ECDSA-AES128-GCM-SHA256:PSK-AES128-GCM-SHA256").connected();
        assertEquals(MemoryPair.IDENTITY.certificate(), p.client.getPeerCertificate());
        assertNull(p.client.getPskIdentity());
        MemoryPair q =
                pair("PSK-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256").connected();
        assertNull(q.client.getPeerCertificate());
        assertArrayEquals(utf8(IDENTITY), q.client.getPskIdentity());
    }

    @Test
    void theLongestKeyAndIdentityAreTaken() {
        String identity = "i".repeat(256);
        byte[] key = new byte[512];
        Arrays.fill(key, (byte) 0x5a);
        client.setPskClientCallback((ssl, hint) -> PskClientCb.Answer.of(identity, key));
        server.setPskServerCallback((ssl, i) -> PskServerCb.Answer.of(key));
        server.usePskIdentityHint("h".repeat(256));
        MemoryPair p = pair("DHE-PSK-AES256-GCM-SHA384").connected();
        assertArrayEquals(utf8(identity), p.server.getPskIdentity());
        assertEquals(256, p.client.getPskIdentityHint().length);
    }

    // ---- what is offered -------------------------------------------------------------------------------------------

    @Test
    void withoutACallbackSuitesOfThisKindAreNeitherUsableNorOffered() {
        MemoryPair p = pair("PSK:ECDHE+AESGCM");
        assertTrue(p.client.getCiphers().contains("PSK-AES128-GCM-SHA256"));
        assertFalse(p.client.get1SupportedCiphers().contains("PSK-AES128-GCM-SHA256"));
        p.handshake();
        assertTrue(
                p.server.getClientCiphers().stream().noneMatch(n -> n.contains("PSK")),
                () -> p.server.getClientCiphers().toString());
        withKey();
        MemoryPair q = pair("PSK:ECDHE+AESGCM");
        assertTrue(q.client.get1SupportedCiphers().contains("PSK-AES128-GCM-SHA256"));
    }

    @Test
    void aClientWithNothingElseToOfferFails() {
        MemoryPair p = pair("PSK");
        assertEquals(-1, p.client.connect());
        assertFailed(p.client, AlertDescription.INTERNAL_ERROR, Reason.NO_CIPHERS_AVAILABLE);
    }

    @Test
    void aServerWithoutACallbackSharesNone() {
        client.setPskClientCallback((ssl, hint) -> PskClientCb.Answer.of(IDENTITY, KEY));
        MemoryPair p = pair("PSK").handshake();
        assertFailed(p.server, AlertDescription.HANDSHAKE_FAILURE, Reason.NO_SHARED_CIPHER);
    }

    // ---- what goes wrong -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("kinds")
    void aClientWithoutAKeyEndsTheHandshake(String suite) {
        withKey();
        client.setPskClientCallback((ssl, hint) -> null);
        MemoryPair p = pair(suite).handshake();
        p.server.doHandshake();
        assertFailed(p.client, AlertDescription.HANDSHAKE_FAILURE, Reason.PSK_IDENTITY_NOT_FOUND);
        assertTold(AlertDescription.HANDSHAKE_FAILURE, p.server);
        assertNull(p.client.getPskIdentity());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anIdentityThatTheServerDoesNotKnowIsTold(String suite) {
        withKey();
        client.setPskClientCallback((ssl, hint) -> PskClientCb.Answer.of("somebody else", KEY));
        MemoryPair p = pair(suite).handshake();
        p.client.doHandshake();
        assertFailed(p.server, AlertDescription.UNKNOWN_PSK_IDENTITY, Reason.PSK_IDENTITY_NOT_FOUND);
        assertTold(AlertDescription.UNKNOWN_PSK_IDENTITY, p.client);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aWrongKeyFailsAtTheFinishedOfTheClient(String suite) {
        withKey();
        byte[] wrong = KEY.clone();
        wrong[15] ^= 1;
        client.setPskClientCallback((ssl, hint) -> PskClientCb.Answer.of(IDENTITY, wrong));
        MemoryPair p = pair(suite).handshake();
        p.client.doHandshake();
        assertFailed(p.server, AlertDescription.BAD_RECORD_MAC, Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
        assertTold(AlertDescription.BAD_RECORD_MAC, p.client);
    }

    @Test
    void aCallbackThatIsTakenAwayInTheMiddleEndsTheHandshake() {
        withKey();
        MemoryPair p = pair("PSK");
        p.client.doHandshake();
        p.client.setPskClientCallback(null);
        p.handshake();
        assertFailed(p.client, AlertDescription.INTERNAL_ERROR, Reason.PSK_NO_CLIENT_CB);

        MemoryPair q = pair("PSK");
        q.client.doHandshake();
        q.server.doHandshake();
        q.server.setPskServerCallback(null);
        q.handshake();
        assertFailed(q.server, AlertDescription.INTERNAL_ERROR, Reason.PSK_NO_SERVER_CB);
    }

    @Test
    void anAnswerServesOnce() {
        withKey();
        PskServerCb.Answer kept = PskServerCb.Answer.of(KEY);
        server.setPskServerCallback((ssl, identity) -> kept);
        pair("PSK").connected();
        MemoryPair p = pair("PSK").handshake();
        assertFailed(p.server, AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR);
        assertInstanceOf(IllegalStateException.class, p.server.failure().getCause());
    }

    @Test
    void lengthsThatCannotBeAreRefusedWhereTheyAreGiven() {
        assertThrows(IllegalArgumentException.class, () -> PskClientCb.Answer.of("i".repeat(257), KEY));
        assertThrows(IllegalArgumentException.class, () -> PskClientCb.Answer.of("\u00ed".repeat(129), KEY));
        assertThrows(IllegalArgumentException.class, () -> PskClientCb.Answer.of(new byte[257], KEY));
        assertThrows(IllegalArgumentException.class, () -> PskClientCb.Answer.of(IDENTITY, new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> PskServerCb.Answer.of(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> PskServerCb.Answer.of(new byte[513]));
        assertThrows(IllegalArgumentException.class, () -> server.usePskIdentityHint("h".repeat(257)));
        MemoryPair p = pair("ALL");
        assertThrows(IllegalArgumentException.class, () -> p.server.usePskIdentityHint("h".repeat(257)));
    }
}
