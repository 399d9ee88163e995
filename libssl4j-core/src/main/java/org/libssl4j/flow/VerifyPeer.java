// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.libssl4j.config.SecurityLevel;
import org.libssl4j.config.Verification;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.verify.ChainVerifier;
import org.libssl4j.verify.PathVerdict;
import org.libssl4j.verify.PeerAlert;

/** Judges the peer's certificates (RFC 9846 §4.5.1.3 [8446 4.4.2.4]): chain, purpose and name, then the user's callback, which may answer "later". */
public final class VerifyPeer implements State {
    private final StateName name;
    private final List<EncodedCertificate> chain;
    private final Next<VerifiedPeer> next;
    private Verification judgedBy; // what the result came of
    private VerifyResult result;
    private List<X509Certificate> path = List.of();

    /** @param chain what the peer sent, at least one, its own first */
    public VerifyPeer(StateName name, List<EncodedCertificate> chain, Next<VerifiedPeer> next) {
        this.name = name;
        this.chain = chain;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Role self = hs.env().role();
        Verification how = hs.env().config().verification();
        VerifyMode mode = how.modeFor(self == Role.CLIENT);
        // While we wait the user may change how peers are verified: what was good before may not be so any more.
        if (result == null || how != judgedBy) {
            judgedBy = how;
            path = List.of();
            result = how.replacement() == null
                    ? judge(
                            hs.env().config().level(),
                            how,
                            mode,
                            self,
                            hs.env().config().clock().instant())
                    : judge(how.replacement());
        }
        if (result == null) {
            return hs.park(Want.RETRY_VERIFY, this);
        }
        VerifyResult verdict = result;
        if (how.callback() != null && how.replacement() == null) {
            VerifyCb.Answer answer = how.callback().verify(result, x509());
            if (answer == VerifyCb.Answer.LATER) {
                return hs.park(Want.RETRY_VERIFY, this);
            }
            // A null is a bug of the callback's: what was not accepted is refused.
            if (answer != VerifyCb.Answer.ACCEPT) {
                verdict = result == VerifyResult.OK ? VerifyResult.APPLICATION_VERIFICATION : result;
                refuse(hs, verdict);
            }
        } else if (result != VerifyResult.OK && mode != VerifyMode.NONE) {
            refuse(hs, result);
        }
        hs.env().negotiated().verifyResult(verdict);
        return next.then(hs, new VerifiedPeer(chain, path));
    }

    private VerifyResult judge(SecurityLevel level, Verification how, VerifyMode mode, Role self, Instant now) {
        PathVerdict verdict = ChainVerifier.verify(chain, how, level, self.peer(), now);
        path = verdict.path();
        VerifyResult r = verdict.result();
        // Safe by default: a client that verifies has to know whom it wants to reach.
        boolean nameless = self == Role.CLIENT
                && mode != VerifyMode.NONE
                && how.nameNeeded()
                && how.hosts().isEmpty();
        return r == VerifyResult.OK && nameless ? VerifyResult.HOSTNAME_MISMATCH : r;
    }

    /** What the user says in our place; null for later. */
    private VerifyResult judge(CertVerifyCb replacement) {
        CertVerifyCb.Verdict v =
                replacement.verify(chain.stream().map(c -> c.der().clone()).toList());
        // A null is a bug of the callback's: what was not accepted is refused.
        return v == null ? VerifyResult.APPLICATION_VERIFICATION : v.result();
    }

    private void refuse(Handshake hs, VerifyResult why) throws TlsException {
        hs.env().negotiated().verifyResult(why);
        hs.env().negotiated().peerChain(chain);
        Verification how = hs.env().config().verification();
        String wanted = how.hosts().isEmpty()
                ? (how.nameNeeded() && hs.env().role() == Role.CLIENT
                        ? "; no name to check was set: setHostname() or disableHostnameCheck()"
                        : "")
                : "; the name wanted is " + how.hosts();
        X509Certificate own = chain.get(0).x509();
        throw new TlsException(
                PeerAlert.of(why),
                Reason.CERTIFICATE_VERIFY_FAILED,
                "X509_V code " + why.code() + " (" + why.text() + ") for "
                        + (own == null ? "a certificate that cannot be parsed" : own.getSubjectX500Principal())
                        + wanted);
    }

    /** For the callback, which takes the first for the peer's own: so if that one cannot be parsed it gets none, and not another's in its place. */
    private List<X509Certificate> x509() {
        if (chain.get(0).x509() == null) {
            return List.of();
        }
        return chain.stream()
                .map(EncodedCertificate::x509)
                .filter(Objects::nonNull)
                .toList();
    }
}
