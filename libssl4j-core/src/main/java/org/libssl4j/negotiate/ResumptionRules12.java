// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.util.List;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.FragmentLength;

/** What TLS 1.2 and before ask of a session that is resumed, besides {@link ResumptionRules} (RFC 5246 §7.4.1.2, §F.1.4; RFC 7627 §5.3; RFC 6066 §3). */
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
        return s.version().compareTo(ProtocolVersion.TLS1_3) < 0
                && versions.allows(s.version())
                // RFC 5246 §7.4.1.2: who names a session offers its suite as well.
                && suites.contains(s.suite())
                // RFC 5077 §3.4: the id beside a ticket is made up, and of no use without it.
                && (s.ticket().length > 0 ? tickets(config) : s.id().length > 0)
                // RFC 7627 §5.3: a session that is bound is not named without the extension.
                && (!s.extendedMasterSecret() || config.legacy().extendedMasterSecret())
                && (s.maxFragment() == FragmentLength.DISABLED
                        || s.maxFragment() == config.records().maxFragmentLength())
                && ResumptionRules.forClient(s, config, peer(s, crypto));
    }

    private static List<EncodedCertificate> peer(SessionState s, Crypto crypto) {
        return s.peerChain().stream().map(crypto::certificate).toList();
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
        if (s.external()
                || !ResumptionRules.forServer(s, version, name, config, peer(s, crypto))
                // RFC 6066 §4: the length of a session holds for those who resume it, too.
                || s.maxFragment() != maxFragment
                // RFC 5246 §7.4.1.2: the client offers the session's suite, and we still use it.
                || !CodePoints.contain(hello.cipherSuites(), s.suite().code())
                || !config.usableSuites().contains(s.suite())) {
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

    /** Whether tickets are used before TLS 1.3 (RFC 5077). */
    public static boolean tickets(HandshakeConfig config) {
        return config.legacy().tickets() && config.level().allowsTickets();
    }
}
