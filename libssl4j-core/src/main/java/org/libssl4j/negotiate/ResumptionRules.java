// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.Verification;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.verify.HostCheck;

/** Whether a session may be resumed, whatever its version. A no is no fault: a full handshake follows. What a version asks besides, such as the suite, is asked where the version is known. */
public final class ResumptionRules {
    private ResumptionRules() {}

    /**
     * Whether a server goes on with a session that it once made.
     *
     * @param version the one of this connection
     * @param serverName what the client asks for now, or null
     * @param peer the session's {@code peerChain}, decoded
     */
    public static boolean forServer(
            SessionState s,
            ProtocolVersion version,
            String serverName,
            HandshakeConfig config,
            List<EncodedCertificate> peer) {
        Instant now = config.clock().instant();
        return s.version() == version // RFC 5246 §F.1.4, RFC 9846 §4.3.11: of the version that made it
                && !s.expired(now)
                // SSL_CTX_set_session_id_context(3): sessions of another configuration are none of ours.
                && Arrays.equals(s.idContext(), config.sessions().idContext())
                // RFC 6066 §3: not for another name than it was made for.
                && sameName(s.serverName(), serverName)
                && clientStillGood(s, config.verification(), peer, now);
    }

    private static boolean clientStillGood(
            SessionState s, Verification how, List<EncodedCertificate> peer, Instant now) {
        VerifyMode mode = how.modeFor(false);
        if (peer.isEmpty()) {
            return !(mode.asksDuringHandshake() && mode.failsWithoutCertificate());
        }
        return (mode == VerifyMode.NONE || judgedWell(s, how)) && valid(peer.get(0), now);
    }

    /**
     * Whether a client offers a session.
     *
     * @param peer the session's {@code peerChain}, decoded
     */
    public static boolean forClient(SessionState s, HandshakeConfig config, List<EncodedCertificate> peer) {
        Instant now = config.clock().instant();
        return config.versions().allows(s.version())
                && !s.expired(now)
                // RFC 9846 §4.7.1 [8446 4.6.1]: a session is for the name that it was made with, and RFC 6066 §3.
                && sameName(s.serverName(), config.extensions().serverName())
                && serverStillGood(s, config.verification(), peer, now);
    }

    // RFC 9846 §4.7.1 [8446 4.6.1]: a client resumes only where the certificate that it has seen is still good for what
    // it wants now; nobody verifies it again.
    private static boolean serverStillGood(
            SessionState s, Verification how, List<EncodedCertificate> peer, Instant now) {
        if (how.modeFor(true) == VerifyMode.NONE) {
            return true;
        }
        if (peer.isEmpty()) {
            return s.pskIdentity() != null; // a pre-shared key was the proof
        }
        return judgedWell(s, how) && valid(peer.get(0), now) && bearsTheName(peer.get(0), how);
    }

    /** Nothing was wrong, or somebody decides who may decide otherwise. */
    private static boolean judgedWell(SessionState s, Verification how) {
        return s.verifyResult() == VerifyResult.OK || how.callback() != null || how.replacement() != null;
    }

    private static boolean bearsTheName(EncodedCertificate peer, Verification how) {
        if (how.replacement() != null) {
            return true; // it asks for no name
        }
        X509Certificate c = peer.x509();
        return how.hosts().isEmpty() ? !how.nameNeeded() : c != null && HostCheck.matches(c, how.hosts());
    }

    private static boolean valid(EncodedCertificate peer, Instant now) {
        X509Certificate c = peer.x509();
        return c == null || !c.getNotAfter().before(Date.from(now));
    }

    private static boolean sameName(String a, String b) {
        return a == null || b == null ? Objects.equals(a, b) : a.equalsIgnoreCase(b);
    }
}
