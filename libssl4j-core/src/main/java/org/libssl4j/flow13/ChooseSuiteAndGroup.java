// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

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
import org.libssl4j.negotiate.SuiteChoice;
import org.libssl4j.negotiate.VersionChoice;

/** Chooses cipher suite and group of a ClientHello of TLS 1.3 (RFC 9846 §4.2.1 [8446 4.1.1]), the first or the one after a HelloRetryRequest. */
final class ChooseSuiteAndGroup implements State {
    private final ServerFlow13 flow;
    private final AcceptedHello accepted;
    private final RetrySent asked;

    /** @param asked what the HelloRetryRequest said; null for the first ClientHello */
    ChooseSuiteAndGroup(ServerFlow13 flow, AcceptedHello accepted, RetrySent asked) {
        this.flow = flow;
        this.accepted = accepted;
        this.asked = asked;
    }

    @Override
    public StateName name() {
        return StateName.SR_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Env env = hs.env();
        ClientHello hello = accepted.hello();
        ClientHelloRules.check(hello);
        PeerOffer offered = PeerOffer.of(hello);
        CipherSuite suite;
        GroupChoice group;
        if (asked == null) {
            suite = SuiteChoice.forServer(hello, env.config());
            group = GroupChoice.forServer(
                    hello, env.config().groups(), env.config().ciphers().serverPreference());
        } else {
            VersionChoice.forServer(hello, env.config().versions());
            suite = asked.suite(); // RFC 9846 §4.2.4 [8446 4.1.4]: the suite of a HelloRetryRequest stays
            group = asked.check(hello, env.crypto());
        }
        env.negotiated().peerOffer(offered);
        if (hello.extensions().has(ExtensionType.EARLY_DATA)) {
            hs.skipEarlyData(); // it is not taken, since no ticket of ours allows it
        }
        note(env, suite, group);
        return flow.afterSuiteAndGroup(hs, ServerChoice.of(accepted, suite, group, asked != null));
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
            env.negotiated().group(group.group());
        }
    }

    /** Whether a first ClientHello is to be followed by another one: with a share, or with a cookie. */
    static boolean toBeAskedAgain(Env env, GroupChoice group) {
        return group.share() == null || env.config().cookies() != null;
    }
}
