// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.config.LegacySettings;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.AcceptedHello;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.PeerOffer;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.negotiate.SuiteChoice12;

/** Chooses suite, group and certificate (RFC 5246 §7.4.1.3). */
final class ChooseSuite12 implements State {
    private final ServerFlow12 flow;
    private final AcceptedHello accepted;
    private final ProtocolVersion version;

    ChooseSuite12(ServerFlow12 flow, AcceptedHello accepted, ProtocolVersion version) {
        this.flow = flow;
        this.accepted = accepted;
        this.version = version;
    }

    @Override
    public StateName name() {
        return StateName.SR_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Env env = hs.env();
        ExtensionBlock extensions = accepted.hello().extensions();
        PeerOffer offered = PeerOffer.of(accepted.hello());
        SuiteChoice12 c = SuiteChoice12.forServer(accepted.hello(), env.config(), env.crypto(), version);
        env.negotiated().peerOffer(offered);
        env.negotiated().suite(c.suite());
        if (c.signature() != null) {
            env.negotiated().ownCredential(c.signature().credential());
        }
        if (c.group() != null) {
            env.negotiated().group(c.group());
        }
        // RFC 5246 §7.4.8: a client's signature is over the messages themselves.
        env.transcript().keepMessages();
        env.transcript().choose(transcriptHash(version, c.suite().hash()));
        boolean bound =
                env.config().legacy().extendedMasterSecret() && extensions.has(ExtensionType.EXTENDED_MASTER_SECRET);
        boolean etm = encryptsThenMac(env.config().legacy(), extensions, c.suite());
        SessionAnswer12 session = SessionAnswer12.full(accepted.hello(), env.config(), env.crypto());
        return flow.afterSuite(new ServerChoice12(accepted, version, c, null, bound, etm, session));
    }

    /** RFC 7366 §3: only where there is a block cipher with a MAC of its own. */
    static boolean encryptsThenMac(LegacySettings settings, ExtensionBlock offered, CipherSuite suite) {
        return settings.encryptThenMac() && offered.has(ExtensionType.ENCRYPT_THEN_MAC) && suite.cbc() != null;
    }

    /** RFC 5246 §1.2, §7.4.9: before TLS 1.2 it is MD5 and SHA-1 together, whatever the suite. */
    static HashAlgorithm transcriptHash(ProtocolVersion version, HashAlgorithm suites) {
        return version == ProtocolVersion.TLS1_2 ? suites : HashAlgorithm.MD5_SHA1;
    }
}
