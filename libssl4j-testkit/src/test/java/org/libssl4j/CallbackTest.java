// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;

/** Callbacks that misbehave: what they throw never leaves a call of {@link Ssl}, hides no fault and holds no alert back. */
class CallbackTest {
    private static final RuntimeException BUG = new IllegalStateException("a bug of the application's");

    private static TlsException fault(Ssl ssl) {
        return assertInstanceOf(TlsException.class, ssl.failure());
    }

    private static AlertDescription heard(Ssl ssl) {
        ssl.doHandshake();
        return assertInstanceOf(PeerAlertException.class, ssl.failure()).alert();
    }

    @Test
    void anInfoCallbackThatAlwaysThrowsEndsTheHandshakeAndThePeerIsTold() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setInfoCallback((where, value, state) -> {
            throw BUG;
        });
        p.handshake();
        assertEquals(Reason.INTERNAL_ERROR, fault(p.client).reason());
        assertEquals(AlertDescription.INTERNAL_ERROR, heard(p.server));
    }

    @Test
    void anInfoCallbackThatThrowsForAnAlertDoesNotHideTheFault() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setHostname("other.example");
        p.client.setInfoCallback((where, value, state) -> {
            if ((where & (InfoCb.ALERT | InfoCb.EXIT)) != 0 && state.isEmpty()) {
                throw BUG;
            }
        });
        p.handshake();
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, fault(p.client).reason());
        assertEquals(BUG, fault(p.client).getSuppressed()[0]);
        assertEquals(AlertDescription.BAD_CERTIFICATE, heard(p.server));
    }

    @Test
    void aMessageCallbackThatThrowsForRecordHeadersHoldsNoAlertBack() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setHostname("other.example");
        boolean[] failing = {false};
        p.client.setMsgCallback(m -> {
            failing[0] |= m.contentType() == 22 && m.bytes()[0] == 11;
            if (failing[0] && m.sent()) {
                throw BUG;
            }
        });
        p.handshake();
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, fault(p.client).reason());
        assertEquals(AlertDescription.BAD_CERTIFICATE, heard(p.server));
    }

    @Test
    void theMessageCallbackSeesAMessageThatIsRefused() throws Exception {
        byte[] damaged = HexFormat.of().parseHex("1603010006" + "01000002" + "0303");
        MemoryBio in = new MemoryBio();
        in.write(damaged, 0, damaged.length);
        Ssl server = new Ssl(MemoryPair.serverCtx());
        List<String> seen = new ArrayList<>();
        server.setMsgCallback(m -> {
            if (m.contentType() != 256) {
                seen.add((m.sent() ? "> " : "< ") + HexFormat.of().formatHex(m.bytes()));
            }
        });
        server.setBio(in, new MemoryBio());
        assertEquals(-1, server.accept());
        assertEquals(Reason.LENGTH_MISMATCH, fault(server).reason());
        assertEquals(List.of("< 010000020303", "> 0232"), seen);
    }

    @Test
    void aCallbackThatThrowsAtCloseNotifyDoesNotLeaveShutdown() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setInfoCallback((where, value, state) -> {
            if ((where & InfoCb.ALERT) != 0) {
                throw BUG;
            }
        });
        p.connected();
        assertEquals(-1, p.client.shutdown());
        assertEquals(SslError.SSL, p.client.getError(-1));
        assertEquals(0, p.server.read(new byte[1], 0, 1));
        assertEquals(SslError.ZERO_RETURN, p.server.getError(0));
    }

    @Test
    void anInfoCallbackThatThrowsAtTheEndOfACallEndsTheConnection() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setInfoCallback((where, value, state) -> {
            if ((where & InfoCb.EXIT) != 0) {
                throw BUG;
            }
        });
        assertEquals(-1, p.client.connect());
        assertEquals(SslError.SSL, p.client.getError(-1));
        assertEquals(Reason.INTERNAL_ERROR, fault(p.client).reason());
    }

    @Test
    void aMessageCallbackMayCloseTheConnection() throws Exception {
        MemoryPair p = MemoryPair.unbounded();
        boolean[] closing = {false};
        p.client.setMsgCallback(m -> {
            if (closing[0]) {
                p.client.close();
            }
        });
        p.connected();
        closing[0] = true;
        assertEquals(-1, p.client.write(new byte[100], 0, 100));
        assertEquals(-1, p.client.read(new byte[100], 0, 100));
    }

    @Test
    void aVerifyCallbackThatAnswersNothingAcceptsNothing() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setHostname("other.example");
        p.client.setVerify(VerifyMode.PEER, (result, chain) -> null);
        p.handshake();
        assertFalse(p.client.isInitFinished());
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, fault(p.client).reason());
        assertEquals(VerifyResult.HOSTNAME_MISMATCH, p.client.getVerifyResult());
    }

    private static MemoryPair judgedBy(CertVerifyCb callback) {
        SslCtx ctx = MemoryPair.clientCtx();
        ctx.setCertVerifyCallback(callback);
        return new MemoryPair(ctx, MemoryPair.serverCtx(), new MemoryBio(), new MemoryBio());
    }

    @Test
    void aCallbackThatVerifiesInPlaceOfTheLibraryHasTheWholeSay() {
        List<byte[]> seen = new ArrayList<>();
        MemoryPair p = judgedBy(chain -> {
            seen.addAll(chain);
            return CertVerifyCb.Verdict.ACCEPT;
        });
        p.client.setHostname("other.example");
        p.client.setVerify(VerifyMode.PEER, (result, chain) -> VerifyCb.Answer.REJECT);
        p.connected();
        assertArrayEquals(p.client.getPeerCertChainDer().get(0), seen.get(0));
        assertEquals(VerifyResult.OK, p.client.getVerifyResult());
    }

    @Test
    void theAlertFollowsFromWhyThatCallbackRefuses() {
        MemoryPair p = judgedBy(chain -> CertVerifyCb.Verdict.refuse(VerifyResult.CERT_REVOKED));
        p.handshake();
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, fault(p.client).reason());
        assertEquals(VerifyResult.CERT_REVOKED, p.client.getVerifyResult());
        assertEquals(AlertDescription.CERTIFICATE_REVOKED, heard(p.server));
    }

    @Test
    void thatCallbackIsAskedAgainAfterLater() {
        int[] asked = {0};
        MemoryPair p = judgedBy(chain -> ++asked[0] < 3 ? CertVerifyCb.Verdict.LATER : CertVerifyCb.Verdict.ACCEPT);
        for (int i = 0; i < 3; i++) {
            p.client.connect();
            p.server.accept();
        }
        assertEquals(2, asked[0]);
        assertEquals(SslWant.RETRY_VERIFY, p.client.want());
        p.connected();
        assertEquals(3, asked[0]);
    }

    @Test
    void thatCallbackIsAskedWhereVerificationIsOffButDoesNotEndTheHandshake() {
        MemoryPair p = judgedBy(chain -> null);
        p.client.setVerify(VerifyMode.NONE, null);
        p.connected();
        assertEquals(VerifyResult.APPLICATION_VERIFICATION, p.client.getVerifyResult());
    }

    @Test
    void aBioThatThrowsSomethingElseIsABioThatFailed() {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.client.setBio(null, null);
        assertEquals(-1, p.client.read(new byte[1], 0, 1));
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        MemoryPair q = new MemoryPair(MemoryPair.clientCtx(), MemoryPair.serverCtx(), new MemoryBio(), new MemoryBio());
        assertTrue(q.connected().server.isInitFinished());
    }
}
