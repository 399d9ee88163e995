// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;

/** Renegotiation of TLS 1.2 and before (RFC 5246 §7.4.1.1, RFC 5746; SSL_renegotiate(3)), between a client and a server of ours. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RenegotiationTest {
    private static final int HANDSHAKE = 22;

    /** "> 1", "< 2": the client's handshake messages by type. */
    private final List<String> messages = new ArrayList<>();

    private final List<String> states = new ArrayList<>();

    static SslCtx client() {
        return willing(MemoryPair.clientCtx());
    }

    static SslCtx server() {
        SslCtx ctx = willing(MemoryPair.serverCtx());
        ctx.setOptions(SslOption.ALLOW_CLIENT_RENEGOTIATION);
        return ctx;
    }

    private static SslCtx willing(SslCtx ctx) {
        ctx.setMaxProtoVersion(ProtocolVersion.TLS1_2);
        ctx.clearOptions(SslOption.NO_RENEGOTIATION);
        return ctx;
    }

    private MemoryPair pair(SslCtx client, SslCtx server) {
        client.setMsgCallback(m -> {
            if (m.contentType() == HANDSHAKE) {
                messages.add((m.sent() ? "> " : "< ") + m.bytes()[0]);
            }
        });
        return new MemoryPair(client, server, new MemoryBio(1 << 20), new MemoryBio(1 << 20));
    }

    private MemoryPair connected() {
        return pair(client(), server()).connected();
    }

    private static void moves(Ssl from, Ssl to, int bytes) {
        byte[] data = new byte[bytes];
        Arrays.fill(data, (byte) bytes);
        assertEquals(bytes, from.write(data, 0, bytes), () -> "" + from.failure());
        gets(to, data);
    }

    private static void gets(Ssl to, byte[] data) {
        byte[] got = new byte[data.length];
        for (int n = 0; n < data.length; ) {
            int r = to.read(got, n, data.length - n);
            assertTrue(r > 0, () -> "" + to.failure());
            n += r;
        }
        assertArrayEquals(data, got);
    }

    /** Until neither has a renegotiation pending; both read, as one who serves does. */
    private static void settle(MemoryPair p) {
        byte[] none = new byte[1];
        for (int turn = 0; turn < 100_000; turn++) {
            if (!p.client.renegotiatePending() && !p.server.renegotiatePending()) {
                return;
            }
            step(p.client, none);
            step(p.server, none);
        }
        throw new AssertionError("no end: " + p.client.stateStringLong() + ", " + p.server.stateStringLong());
    }

    private static void step(Ssl ssl, byte[] none) {
        int n = ssl.read(none, 0, 1);
        assertEquals(-1, n, () -> "" + ssl.failure());
        SslError e = ssl.getError(n);
        assertTrue(e == SslError.WANT_READ || e == SslError.WANT_WRITE, () -> e + ": " + ssl.failure());
    }

    private static void renegotiated(MemoryPair p, int times) {
        for (Ssl ssl : List.of(p.client, p.server)) {
            assertTrue(ssl.isInitFinished());
            assertEquals(times, ssl.totalRenegotiations());
            assertEquals("SSLOK", ssl.stateString());
        }
        assertArrayEquals(p.client.getFinished(), p.server.getPeerFinished());
        assertArrayEquals(p.client.getPeerFinished(), p.server.getFinished());
        moves(p.client, p.server, 300);
        moves(p.server, p.client, 20_000);
    }

    private static void fails(Ssl ssl, Reason reason, AlertDescription alert, Ssl peer) {
        TlsException e = assertInstanceOf(TlsException.class, ssl.failure());
        assertEquals(reason + " " + alert, e.reason() + " " + e.alert(), e::toString);
        peer.read(new byte[1], 0, 1);
        PeerAlertException told = assertInstanceOf(PeerAlertException.class, peer.failure());
        assertEquals(PeerAlertException.of(alert.code()).reason(), told.reason());
    }

    // ---- it is done ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(names = {"TLS1_0", "TLS1_1", "TLS1_2"})
    void aClientRenegotiatesSeveralTimesInARow(ProtocolVersion version) {
        SslCtx client = client();
        SslCtx server = server();
        for (SslCtx c : List.of(client, server)) {
            c.setMinProtoVersion(version);
            c.setMaxProtoVersion(version);
            if (version != ProtocolVersion.TLS1_2) {
                c.setCipherList("DEFAULT:@SECLEVEL=0");
            }
        }
        MemoryPair p = pair(client, server).connected();
        for (int round = 1; round <= 4; round++) {
            byte[] finished = p.client.getFinished();
            byte[] random = p.client.getClientRandom();
            assertEquals(1, p.client.renegotiate());
            assertTrue(p.client.renegotiatePending());
            assertFalse(p.client.isInitFinished());
            settle(p);
            renegotiated(p, round);
            assertFalse(Arrays.equals(finished, p.client.getFinished()), "a handshake of its own");
            assertFalse(Arrays.equals(random, p.client.getClientRandom()), "a ClientHello of its own");
            assertArrayEquals(p.client.getClientRandom(), p.server.getClientRandom());
        }
    }

    @Test
    void aServerRenegotiatesSeveralTimesInARow() {
        SslCtx server = server();
        server.clearOptions(SslOption.ALLOW_CLIENT_RENEGOTIATION); // what it asks for itself it need not allow
        MemoryPair p = pair(client(), server).connected();
        messages.clear();
        for (int round = 1; round <= 4; round++) {
            assertEquals(1, p.server.renegotiate());
            settle(p);
            renegotiated(p, round);
        }
        assertEquals(
                List.of("< 0", "> 1", "< 2", "< 11", "< 12", "< 14", "> 16", "> 20", "< 4", "< 20"),
                messages.subList(0, 10));
    }

    @Test
    void theRequestOfAServerIsSentOnceUntilItIsAnswered() {
        MemoryPair p = connected();
        messages.clear();
        for (int i = 0; i < 3; i++) {
            assertEquals(1, p.server.renegotiate());
            assertEquals(1, p.server.doHandshake());
            assertTrue(p.server.renegotiatePending(), "the client has not answered");
            assertTrue(p.server.isInitFinished(), "until then all goes on");
            assertEquals(0, p.server.totalRenegotiations());
        }
        moves(p.server, p.client, 5);
        settle(p);
        renegotiated(p, 1);
        assertEquals(1, messages.stream().filter(m -> m.equals("< 0")).count());
    }

    @Test
    void bothMayBeginAtOnce() {
        MemoryPair p = connected();
        assertEquals(1, p.server.renegotiate());
        assertEquals(1, p.client.renegotiate());
        assertEquals(1, p.server.doHandshake());
        assertEquals(-1, p.client.doHandshake());
        settle(p);
        renegotiated(p, 1); // the request came in the middle of a handshake (RFC 5246 §7.4.1.1)
    }

    @Test
    void theGettersTellOfTheHandshakeBeforeUntilTheNewOneIsComplete() {
        SslCtx server = server();
        server.setAlpnSelectCb(offered -> "h2");
        SslCtx client = client();
        client.setAlpnProtos("h2");
        client.setCipherList("ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384");
        MemoryPair p = pair(client, server).connected();
        byte[] exported = p.client.exportKeyingMaterial(20, "EXPORTER-x", null);
        byte[] finished = p.client.getFinished();
        p.client.setCipherList("ECDHE-ECDSA-AES256-GCM-SHA384");
        assertEquals(1, p.client.renegotiate());
        assertEquals(-1, p.client.doHandshake());
        assertEquals(SslError.WANT_READ, p.client.getError(-1));
        for (Ssl ssl : List.of(p.client, p.server)) {
            assertEquals("ECDHE-ECDSA-AES128-GCM-SHA256", ssl.getCipherName());
            assertEquals("h2", ssl.getAlpnSelected());
        }
        assertNull(p.client.exportKeyingMaterial(20, "EXPORTER-x", null), "of which handshake, nobody can say");
        assertArrayEquals(exported, p.server.exportKeyingMaterial(20, "EXPORTER-x", null));
        assertArrayEquals(finished, p.client.getFinished());
        assertEquals(1, p.client.getPeerCertChainDer().size());
        assertEquals("TRSH", inState(p.client));
        settle(p);
        renegotiated(p, 1);
        for (Ssl ssl : List.of(p.client, p.server)) {
            assertEquals("ECDHE-ECDSA-AES256-GCM-SHA384", ssl.getCipherName());
            assertFalse(Arrays.equals(exported, ssl.exportKeyingMaterial(20, "EXPORTER-x", null)));
            assertEquals("h2", ssl.getAlpnSelected(), "the protocol of a connection stays");
            assertEquals("TLSv1.2", ssl.getVersion());
            assertTrue(ssl.getSecureRenegotiationSupport() && ssl.getExtmsSupport());
        }
        assertEquals(1, p.client.getPeerCertChainDer().size());
        assertEquals(VerifyResult.OK, p.client.getVerifyResult());
    }

    private static String inState(Ssl ssl) {
        ssl.doHandshake();
        return ssl.stateString().equals("TWCH") ? "TRSH" : ssl.stateString();
    }

    @Test
    void theCountersCount() {
        MemoryPair p = connected();
        assertEquals(0, p.client.numRenegotiations());
        for (int i = 0; i < 3; i++) {
            assertEquals(1, i == 1 ? p.client.renegotiateAbbreviated() : p.client.renegotiate());
            settle(p);
        }
        assertEquals(3, p.client.numRenegotiations());
        assertEquals(3, p.client.clearNumRenegotiations());
        assertEquals(0, p.client.numRenegotiations());
        assertEquals(3, p.client.totalRenegotiations());
        assertEquals(3, p.server.numRenegotiations());
        renegotiated(p, 3);
    }

    @Test
    void theInfoCallbackIsToldOfEachHandshake() {
        SslCtx client = client();
        client.setInfoCallback((where, ret, state) -> {
            if (where == InfoCb.HANDSHAKE_DONE || where == InfoCb.HANDSHAKE_START) {
                states.add(where == InfoCb.HANDSHAKE_DONE ? "done" : "start");
            }
        });
        MemoryPair p = pair(client, server()).connected();
        assertEquals(List.of("start", "done"), states);
        p.client.renegotiate();
        settle(p);
        p.server.renegotiate();
        settle(p);
        assertEquals(List.of("start", "done", "start", "done", "start", "done"), states);
    }

    // ---- with data between and during ------------------------------------------------------------------------------

    @Test
    void aWriteOfTheClientWaitsForTheEndOfIt() {
        MemoryPair p = connected();
        byte[] data = new byte[30_000];
        Arrays.fill(data, (byte) 7);
        assertEquals(1, p.client.renegotiate());
        byte[] none = new byte[1];
        int w;
        while ((w = p.client.write(data, 0, data.length)) < 0) {
            assertEquals(SslError.WANT_READ, p.client.getError(w));
            step(p.server, none);
        }
        assertEquals(data.length, w);
        gets(p.server, data);
        renegotiated(p, 1);
    }

    @Test
    void dataOfTheServerThatWereOnTheirWayAreReadFirst() {
        MemoryPair p = connected();
        byte[] data = {1, 2, 3, 4, 5};
        assertEquals(5, p.server.write(data, 0, 5));
        assertEquals(1, p.client.renegotiate());
        assertEquals(-1, p.client.doHandshake(), "data stand before the answer");
        assertEquals(SslError.WANT_READ, p.client.getError(-1));
        assertEquals(-1, p.client.write(data, 0, 5));
        assertEquals(SslError.WANT_READ, p.client.getError(-1));
        gets(p.client, data);
        settle(p);
        renegotiated(p, 1);
    }

    @Test
    void dataOfTheClientThatWereOnTheirWayAreReadFirst() {
        MemoryPair p = connected();
        assertEquals(1, p.server.renegotiate());
        assertEquals(1, p.server.doHandshake());
        byte[] data = {1, 2, 3, 4, 5};
        assertEquals(5, p.client.write(data, 0, 5), "it has not read the request");
        gets(p.server, data);
        settle(p);
        renegotiated(p, 1);
    }

    @Test
    void nobodySaysGoodbyeInTheMiddleOfIt() {
        MemoryPair p = connected();
        assertEquals(1, p.client.renegotiate());
        assertEquals(-1, p.client.doHandshake());
        assertEquals(-1, p.client.shutdown());
        assertEquals(Reason.SHUTDOWN_WHILE_IN_INIT, ((TlsException) p.client.failure()).reason());
        settle(p);
        renegotiated(p, 1);
        assertEquals(0, p.client.shutdown());
        assertEquals(0, p.server.read(new byte[1], 0, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 600})
    void itIsDoneOverBiosWithLittleRoom(int room) {
        MemoryPair p = new MemoryPair(client(), server(), new MemoryBio(room), new MemoryBio(room)).connected();
        assertEquals(1, p.client.renegotiate());
        settle(p);
        assertEquals(1, p.server.renegotiate());
        settle(p);
        assertEquals(2, p.client.totalRenegotiations());
        assertEquals(2, p.server.totalRenegotiations());
        assertArrayEquals(p.client.getFinished(), p.server.getPeerFinished());
    }

    // ---- when it may be asked for ----------------------------------------------------------------------------------

    private static void refused(Ssl ssl, Reason reason) {
        for (int i = 0; i < 2; i++) {
            assertEquals(0, i == 0 ? ssl.renegotiate() : ssl.renegotiateAbbreviated());
            assertEquals(SslError.SSL, ssl.getError(0));
            assertEquals(
                    reason, assertInstanceOf(TlsException.class, ssl.failure()).reason());
            assertFalse(ssl.renegotiatePending());
        }
    }

    @Test
    void itIsRefusedByDefault() {
        SslCtx client = MemoryPair.clientCtx();
        client.setMaxProtoVersion(ProtocolVersion.TLS1_2);
        MemoryPair p = pair(client, MemoryPair.serverCtx()).connected();
        refused(p.client, Reason.NO_RENEGOTIATION);
        refused(p.server, Reason.NO_RENEGOTIATION);
        renegotiated(p, 0);
    }

    @Test
    void itIsRefusedInTls13BeforeTheHandshakeAndAfterTheEnd() {
        MemoryPair p = MemoryPair.unbounded();
        refused(p.client, Reason.STILL_IN_INIT);
        p.connected();
        refused(p.client, Reason.WRONG_SSL_VERSION);
        refused(p.server, Reason.WRONG_SSL_VERSION);
        moves(p.client, p.server, 1);
        p.client.close();
        assertEquals(0, p.client.renegotiate());
        assertEquals(SslError.SYSCALL, p.client.getError(0));
    }

    @Test
    void anOptionThatIsSetBeforeItBeginsForbidsIt() {
        MemoryPair p = connected();
        assertEquals(1, p.client.renegotiate());
        p.client.setOptions(SslOption.NO_RENEGOTIATION);
        assertEquals(1, p.client.doHandshake());
        assertFalse(p.client.renegotiatePending());
        renegotiated(p, 0);
    }

    // ---- when the peer does not want it ----------------------------------------------------------------------------

    @Test
    void aServerThatDoesNotAllowItToClientsRefusesWithAWarning() {
        SslCtx server = server();
        server.clearOptions(SslOption.ALLOW_CLIENT_RENEGOTIATION);
        List<Integer> alerts = new ArrayList<>();
        server.setInfoCallback((where, ret, state) -> {
            if ((where & InfoCb.ALERT) != 0 && (where & InfoCb.WRITE) != 0) {
                alerts.add(ret);
            }
        });
        MemoryPair p = pair(client(), server).connected();
        assertEquals(1, p.client.renegotiate());
        assertEquals(-1, p.client.doHandshake());
        assertEquals(-1, p.server.read(new byte[1], 0, 1));
        assertEquals(SslError.WANT_READ, p.server.getError(-1), () -> "" + p.server.failure());
        assertEquals(List.of(1 << 8 | AlertDescription.NO_RENEGOTIATION.code()), alerts);
        assertEquals(-1, p.client.read(new byte[1], 0, 1));
        assertEquals(Reason.NO_RENEGOTIATION, ((TlsException) p.client.failure()).reason());
    }

    @Test
    void aClientThatDoesNotWantItRefusesWithAWarningWhichEndsItForTheServer() {
        SslCtx client = client();
        client.setOptions(SslOption.NO_RENEGOTIATION);
        MemoryPair p = pair(client, server()).connected();
        assertEquals(1, p.server.renegotiate());
        assertEquals(1, p.server.doHandshake());
        assertEquals(-1, p.client.read(new byte[1], 0, 1));
        assertEquals(SslError.WANT_READ, p.client.getError(-1), () -> "" + p.client.failure());
        assertEquals(-1, p.server.read(new byte[1], 0, 1));
        fails(p.server, Reason.NO_RENEGOTIATION, AlertDescription.HANDSHAKE_FAILURE, p.client);
    }

    // ---- who the peer is -------------------------------------------------------------------------------------------

    @Test
    void aServerAsksForACertificateInTheSecondHandshake() throws Exception {
        SslCtx client = client();
        client.useCertAndKey(List.of(MemoryPair.IDENTITY.certificate()), MemoryPair.IDENTITY.key());
        SslCtx server = server();
        server.addTrusted(List.of(MemoryPair.IDENTITY.issuer()));
        MemoryPair p = pair(client, server).connected();
        assertEquals(0, p.server.getPeerCertChainDer().size());
        p.server.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, null);
        assertEquals(1, p.server.renegotiate());
        settle(p);
        renegotiated(p, 1);
        assertEquals(1, p.server.getPeerCertChainDer().size());
        p.server.setVerify(VerifyMode.NONE, null);
        assertEquals(1, p.server.renegotiate());
        settle(p);
        renegotiated(p, 2);
        assertEquals(0, p.server.getPeerCertChainDer().size(), "nobody was asked");
    }

    @Test
    void aClientWithoutTheCertificateThatIsRequiredInTheSecondHandshakeIsRefused() {
        SslCtx server = server();
        server.addTrusted(List.of(MemoryPair.IDENTITY.issuer()));
        MemoryPair p = pair(client(), server).connected();
        p.server.setVerify(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, null);
        assertEquals(1, p.server.renegotiate());
        untilFailed(p.server, p);
        fails(p.server, Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE, AlertDescription.HANDSHAKE_FAILURE, p.client);
    }

    private static void untilFailed(Ssl who, MemoryPair p) {
        byte[] none = new byte[1];
        for (int turn = 0; turn < 100; turn++) {
            for (Ssl ssl : List.of(p.client, p.server)) {
                int n = ssl.read(none, 0, 1);
                assertTrue(n <= 0);
                if (ssl == who && ssl.getError(n) == SslError.SSL) {
                    return;
                }
                assertEquals(SslError.WANT_READ, ssl.getError(n), () -> "" + ssl.failure());
            }
        }
        throw new AssertionError("nobody failed");
    }

    @Test
    void aServerThatShowsAnotherCertificateInTheSecondHandshakeIsRefused() throws Exception {
        SslCtx client = client();
        client.addTrusted(List.of(Identity.RSA.issuer()));
        MemoryPair p = pair(client, server()).connected();
        p.server.useCertAndKey(List.of(Identity.RSA.certificate()), Identity.RSA.key());
        p.client.setCipherList("ECDHE-RSA-AES128-GCM-SHA256");
        assertEquals(1, p.client.renegotiate());
        untilFailed(p.client, p);
        fails(p.client, Reason.RENEGOTIATION_MISMATCH, AlertDescription.ILLEGAL_PARAMETER, p.server);
    }

    @Test
    void theServerIsVerifiedAnew() {
        MemoryPair p = connected();
        p.client.setVerify(VerifyMode.PEER, (result, chain) -> VerifyCb.Answer.REJECT);
        assertEquals(1, p.client.renegotiate());
        untilFailed(p.client, p);
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, ((TlsException) p.client.failure()).reason());
        assertEquals(VerifyResult.APPLICATION_VERIFICATION, p.client.getVerifyResult());
        assertEquals("TLSv1.2", p.client.getVersion(), "what was agreed on before is what is told");
    }

    // ---- extended_master_secret ------------------------------------------------------------------------------------

    @Test
    void aClientThatLeavesExtendedMasterSecretOutIsRefused() {
        MemoryPair p = connected();
        p.client.setOptions(SslOption.NO_EXTENDED_MASTER_SECRET);
        assertEquals(1, p.client.renegotiate());
        untilFailed(p.server, p);
        fails(p.server, Reason.INCONSISTENT_EXTMS, AlertDescription.HANDSHAKE_FAILURE, p.client);
    }

    @Test
    void aServerThatLeavesExtendedMasterSecretOutRefusesItself() {
        MemoryPair p = connected();
        p.server.setOptions(SslOption.NO_EXTENDED_MASTER_SECRET);
        assertEquals(1, p.client.renegotiate());
        untilFailed(p.server, p);
        fails(p.server, Reason.INCONSISTENT_EXTMS, AlertDescription.HANDSHAKE_FAILURE, p.client);
    }

    @Test
    void aClientThatAddsExtendedMasterSecretIsRefused() {
        SslCtx client = client();
        client.setOptions(SslOption.NO_EXTENDED_MASTER_SECRET);
        MemoryPair p = pair(client, server()).connected();
        assertFalse(p.client.getExtmsSupport());
        assertEquals(1, p.client.renegotiate());
        settle(p);
        renegotiated(p, 1);
        p.client.clearOptions(SslOption.NO_EXTENDED_MASTER_SECRET);
        assertEquals(1, p.client.renegotiate());
        untilFailed(p.server, p);
        fails(p.server, Reason.INCONSISTENT_EXTMS, AlertDescription.HANDSHAKE_FAILURE, p.client);
    }

    // ---- floods ----------------------------------------------------------------------------------------------------

    @Test
    void aClientThatRenegotiatesTooOftenIsRefused() {
        MemoryPair p = connected();
        for (int i = 1; i <= 10; i++) {
            assertEquals(1, p.client.renegotiate());
            settle(p);
            renegotiated(p, i);
        }
        assertEquals(1, p.client.renegotiate());
        untilFailed(p.client, p);
        assertEquals(Reason.NO_RENEGOTIATION, ((TlsException) p.client.failure()).reason());
        assertEquals(10, p.server.totalRenegotiations());
    }

    @Test
    void aServerMayAskMoreOftenThanAClientMayBegin() {
        Consumer<MemoryPair> once = p -> {
            assertEquals(1, p.server.renegotiate());
            settle(p);
        };
        MemoryPair p = connected();
        for (int i = 0; i < 9; i++) {
            once.accept(p);
        }
        for (int i = 10; i < 13; i++) {
            assertEquals(1, p.client.renegotiate());
            settle(p);
            renegotiated(p, i);
        }
        assertNotEquals(0, p.client.totalRenegotiations());
    }
}
