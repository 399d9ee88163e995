// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.AcceptedHello;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.PeerOffer;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.negotiate.GroupChoice;
import org.libssl4j.negotiate.PskChoice;
import org.libssl4j.negotiate.SuiteChoice;
import org.libssl4j.negotiate.VersionChoice;

/** Chooses cipher suite and group of a ClientHello of TLS 1.3 (RFC 9846 §4.2.1 [8446 4.1.1]), the first or the one after a HelloRetryRequest. */
final class ChooseSuiteAndGroup implements State {
    private final ServerFlow13 flow;
    private final AcceptedHello accepted;
    private final RetrySent asked;
    private final PskChoice psk;

    /**
     * @param asked what the HelloRetryRequest said; null for the first ClientHello
     * @param psk null for none
     */
    ChooseSuiteAndGroup(ServerFlow13 flow, AcceptedHello accepted, RetrySent asked, PskChoice psk) {
        this.flow = flow;
        this.accepted = accepted;
        this.asked = asked;
        this.psk = psk;
    }

    @Override
    public StateName name() {
        return StateName.SR_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Env env = hs.env();
        ClientHello hello = accepted.hello();
        if (psk == null) {
            ClientHelloRules.checkForCertificate(hello);
        }
        PeerOffer offered = PeerOffer.of(hello);
        CipherSuite suite;
        GroupChoice group;
        if (asked == null) {
            suite = psk == null
                    ? SuiteChoice.forServer(hello, env.config())
                    : SuiteChoice.forServer(
                            hello, env.config(), psk.session().suite().hash());
            group = group(hello, env.config());
        } else {
            VersionChoice.forServer(hello, env.config().versions());
            suite = asked.suite(); // RFC 9846 §4.2.4 [8446 4.1.4]: the suite of a HelloRetryRequest stays
            group = asked.check(hello, env.crypto(), psk);
        }
        env.negotiated().peerOffer(offered);
        if (hello.extensions().has(ExtensionType.EARLY_DATA)) {
            hs.skipEarlyData(); // it is not taken, since no ticket of ours allows it
        }
        note(env, suite, group);
        return flow.afterSuiteAndGroup(hs, ServerChoice.of(accepted, suite, group, psk, asked != null));
    }

    /** Null where the pre-shared key alone counts: only where both want that, and no exchange is possible. */
    private GroupChoice group(ClientHello hello, HandshakeConfig config) throws TlsException {
        PskModes modes = psk == null ? new PskModes(true, false) : PskModes.of(hello, config);
        boolean possible = modes.withExchange() && GroupChoice.possible(hello, config.groups());
        if (modes.alone() && !possible) {
            return null;
        }
        return GroupChoice.forServer(hello, config.groups(), config.ciphers().serverPreference());
    }

    private void note(Env env, CipherSuite suite, GroupChoice group) {
        if (asked == null || asked.first() == null) {
            env.negotiated().suite(suite);
        }
        if (asked != null && asked.cookie() != null) {
            env.negotiated().acceptCookie();
        }
        if (asked != null || !toBeAskedAgain(env, group)) {
            env.transcript().choose(suite.hash());
            if (group != null) {
                env.negotiated().group(group.group());
            }
        }
    }

    /** Whether a first ClientHello is to be followed by another one: with a share, or with a cookie. */
    static boolean toBeAskedAgain(Env env, GroupChoice group) {
        return group != null && group.share() == null || env.config().cookies() != null;
    }
}
