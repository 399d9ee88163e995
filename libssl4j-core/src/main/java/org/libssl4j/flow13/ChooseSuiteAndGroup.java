// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.Arrays;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.AcceptedHello;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.PeerOffer;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.AlertDescription;
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
    private final ServerChoice asked;

    /** @param asked what the HelloRetryRequest asked for; null for the first ClientHello */
    ChooseSuiteAndGroup(ServerFlow13 flow, AcceptedHello accepted, ServerChoice asked) {
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
        CipherSuite suite = SuiteChoice.forServer(hello, env.config().ciphers());
        GroupChoice group = GroupChoice.forServer(hello, env.config().groups());
        PeerOffer offered = PeerOffer.of(hello);
        boolean earlyData = hello.extensions().has(ExtensionType.EARLY_DATA);
        if (asked != null) {
            VersionChoice.forServer(hello, env.config().versions());
            checkAgain(hello, suite, group, earlyData);
        }
        env.negotiated().peerOffer(offered);
        if (earlyData) {
            hs.skipEarlyData(); // it is not taken, since no ticket of ours allows it
        }
        if (asked == null) {
            env.negotiated().suite(suite);
        }
        if (group.share() != null) {
            env.transcript().choose(suite.hash());
            env.negotiated().group(group.group());
        }
        return flow.afterSuiteAndGroup(hs, ServerChoice.of(accepted, suite, group, asked != null));
    }

    // RFC 9846 §4.2.2 [8446 4.1.2], §4.2.4 [8446 4.1.4]: the second ClientHello is the first with the share that was
    // asked for, and little else changed.
    private void checkAgain(ClientHello hello, CipherSuite suite, GroupChoice group, boolean earlyData)
            throws TlsException {
        if (!sameHello(asked.hello(), hello) || suite != asked.suite()) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_CIPHER,
                    "a second ClientHello with another random, session id or cipher suites than the first");
        }
        if (group.group() != asked.group().group() || group.share() == null) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_KEY_SHARE,
                    "a second ClientHello without the share of "
                            + asked.group().group().ianaName() + " that was asked for");
        }
        // RFC 9846 §4.3.10 [8446 4.2.10]: no early data with the answer to a HelloRetryRequest.
        if (earlyData) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_EXTENSION, "a second ClientHello with early_data");
        }
    }

    /** Whether a second ClientHello is the first one again, but for what a HelloRetryRequest lets change. */
    private static boolean sameHello(ClientHello first, ClientHello second) {
        return Arrays.equals(first.random(), second.random())
                && Arrays.equals(first.sessionId(), second.sessionId())
                && Arrays.equals(first.cipherSuites(), second.cipherSuites());
    }
}
