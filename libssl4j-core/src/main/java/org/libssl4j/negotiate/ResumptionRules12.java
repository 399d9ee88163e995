// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.Verification;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;

/** Whether a session of TLS 1.2 or before may be resumed (RFC 5246 §7.4.1.2, §F.1.4; RFC 7627 §5.3; RFC 6066 §3). */
public final class ResumptionRules12 {
    private ResumptionRules12() {}

    /**
     * The first of the configured sessions of an older version than TLS 1.3 that a client may offer; null if there is none.
     *
     * @param versions that the ClientHello offers
     * @param suites that it offers
     */
    public static SessionState toOffer(
            HandshakeConfig config, Versions versions, List<CipherSuite> suites, Crypto crypto) {
        return config.sessions().offered().stream()
                .filter(s -> mayOffer(s, config, versions, suites, crypto))
                .findFirst()
                .orElse(null);
    }

    private static boolean mayOffer(
            SessionState s, HandshakeConfig config, Versions versions, List<CipherSuite> suites, Crypto crypto) {
        Instant now = config.clock().instant();
        boolean ticket = s.ticket().length > 0 && tickets(config);
        return s.version().compareTo(ProtocolVersion.TLS1_3) < 0
                && versions.allows(s.version())
                // RFC 5246 §7.4.1.2: who names a session offers its suite as well.
                && suites.contains(s.suite())
                && (ticket || s.id().length > 0)
                && !s.expired(now)
                // RFC 6066 §3: with the name of the session; and the certificate was held against that one.
                && sameName(s.serverName(), config.extensions().serverName())
                // RFC 7627 §5.3: a session that is bound is not named without the extension.
                && (!s.extendedMasterSecret() || config.legacy().extendedMasterSecret())
                && (s.maxFragment() == FragmentLength.DISABLED
                        || s.maxFragment() == config.records().maxFragmentLength())
                && (config.verification().modeFor(true) == VerifyMode.NONE
                        || stillGood(s, config.verification(), crypto, now));
    }

    /**
     * What a client asks of a ServerHello that resumes what it had offered.
     *
     * @param bound whether the ServerHello has extended_master_secret
     */
    public static void checkAnswer(SessionState s, ProtocolVersion version, CipherSuite suite, boolean bound)
            throws TlsException {
        // RFC 5246 §7.4.1.3, §F.1.4: what is resumed is what was agreed on then.
        if (version != s.version()) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.SSL_SESSION_VERSION_MISMATCH,
                    "a session of " + s.version().text() + " resumed with " + version.text());
        }
        // RFC 5246 §7.4.1.3: the suite of a session that is resumed is the session's.
        if (suite != s.suite()) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.OLD_SESSION_CIPHER_NOT_RETURNED,
                    "a session of " + s.suite() + " resumed with " + suite);
        }
        // RFC 7627 §5.3: the extension comes back if, and only if, the session is bound to its handshake.
        if (bound != s.extendedMasterSecret()) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.INCONSISTENT_EXTMS,
                    bound
                            ? "a ServerHello that resumes a session without extended_master_secret, and has the extension"
                            : "a ServerHello that resumes a session with extended_master_secret, and lacks the extension");
        }
    }

    /**
     * Whether a server resumes a session that a client has named; if not, a full handshake follows.
     *
     * @param name the server name that the client asks for, or null
     * @param maxFragment what max_fragment_length comes to in this handshake
     * @throws TlsException for a client that may not even have a full handshake
     */
    public static boolean mayResume(
            SessionState s,
            ClientHello hello,
            HandshakeConfig config,
            ProtocolVersion version,
            String name,
            FragmentLength maxFragment,
            Crypto crypto)
            throws TlsException {
        Instant now = config.clock().instant();
        if (s.external()
                || s.version() != version
                || s.expired(now)
                || !Arrays.equals(s.idContext(), config.sessions().idContext())
                // RFC 6066 §3: not for another name than the session was made with.
                || !sameName(s.serverName(), name)
                // RFC 6066 §4: the length of a session holds for those who resume it, too.
                || s.maxFragment() != maxFragment
                // RFC 5246 §7.4.1.2: the client offers the session's suite, and we still use it.
                || !CodePoints.contain(hello.cipherSuites(), s.suite().code())
                || !config.usableSuites().contains(s.suite())
                || !clientStillGood(s, config.verification(), crypto, now)) {
            return false;
        }
        boolean offered = hello.extensions().has(ExtensionType.EXTENDED_MASTER_SECRET);
        // RFC 7627 §5.3: a client that had it then and has it no more may be somebody in the middle.
        if (s.extendedMasterSecret() && !offered) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.INCONSISTENT_EXTMS,
                    "a ClientHello that resumes a session with extended_master_secret, and lacks the extension");
        }
        // RFC 7627 §5.3: a client that has it now gets it, by a full handshake.
        return s.extendedMasterSecret() == (offered && config.legacy().extendedMasterSecret());
    }

    private static boolean clientStillGood(SessionState s, Verification how, Crypto crypto, Instant now) {
        VerifyMode mode = how.modeFor(false);
        if (!mode.asksDuringHandshake()) {
            return true;
        }
        return s.peerChain().isEmpty() ? !mode.failsWithoutCertificate() : stillGood(s, how, crypto, now);
    }

    /** Whether the peer's certificate was good then and is not over by now, where it is not the application that judges. */
    private static boolean stillGood(SessionState s, Verification how, Crypto crypto, Instant now) {
        if (s.peerChain().isEmpty() || how.callback() != null || how.replacement() != null) {
            return true;
        }
        X509Certificate own = crypto.certificate(s.peerChain().get(0)).x509();
        return s.verifyResult() == VerifyResult.OK
                && own != null
                && !Date.from(now).after(own.getNotAfter());
    }

    private static boolean sameName(String a, String b) {
        return a == null ? b == null : a.equalsIgnoreCase(b);
    }

    /** Whether tickets are used before TLS 1.3 (RFC 5077). */
    public static boolean tickets(HandshakeConfig config) {
        return config.legacy().tickets() && config.level().allowsTickets();
    }
}
