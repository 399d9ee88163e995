// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SessionSettings;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.AcceptedHello;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.negotiate.PskChoice;
import org.libssl4j.negotiate.ResumptionRules;
import org.libssl4j.negotiate.SuiteChoice;
import org.libssl4j.session.Lookup;
import org.libssl4j.session.SessionState;

/** Looks for a pre-shared key of the client's that we know and may use (RFC 9846 §4.3.11 [8446 4.2.11]): an external one, or the one of a session. The answers may come later. A client whose keys are of no use gets a full handshake. */
final class FindPsk implements State {
    private final ServerFlow13 flow;
    private final AcceptedHello accepted;
    private final RetrySent asked;
    private int number; // of the identity that is looked at
    private boolean notExternal; // it is no external one, so it was asked for as a ticket

    /** @param asked what the HelloRetryRequest said; null for the first ClientHello */
    FindPsk(ServerFlow13 flow, AcceptedHello accepted, RetrySent asked) {
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
        PreSharedKey.Offer offer = hello.extensions().get(ExtensionType.PRE_SHARED_KEY, PreSharedKey.Offer::read);
        if (offer == null || !PskModes.of(hello, env.config()).any()) {
            return flow.afterPsk(accepted, asked, null);
        }
        // RFC 9846 §4.3.11 sets no limit, but each identity costs us a look, and perhaps somebody else's.
        int most = Math.min(offer.identities().size(), env.config().limits().pskIdentities());
        for (; number < most; number++) {
            Lookup found = look(env, offer.identities().get(number).identity());
            if (found == Lookup.LATER) {
                return hs.park(Want.X509_LOOKUP, this);
            }
            SessionState s = found.session();
            if (s != null) {
                env.secrets().own(s);
                if (usable(env, s)) {
                    checkBinder(env, offer, s);
                    return flow.afterPsk(accepted, asked, new PskChoice(s, number));
                }
                env.secrets().release(s).close();
            }
            notExternal = false;
        }
        return flow.afterPsk(accepted, asked, null);
    }

    private Lookup look(Env env, byte[] identity) {
        if (!notExternal) {
            Lookup external = ExternalPsk.ofServer(env, identity);
            if (external != Lookup.NONE) {
                return external;
            }
            notExternal = true;
        }
        SessionSettings settings = env.config().sessions();
        if (settings.sealer() != null) {
            return settings.sealer().unseal(identity.clone());
        }
        // Without tickets what we give is the id of a session that is kept here.
        boolean id = identity.length == SessionSettings.MAX_ID
                && settings.store() != null
                && settings.store().keepsServerSessions();
        return id ? settings.store().find(identity.clone()) : Lookup.NONE;
    }

    private boolean usable(Env env, SessionState s) {
        HashAlgorithm hash = s.suite().hash();
        HandshakeConfig config = env.config();
        boolean suited;
        if (asked == null) {
            suited = SuiteChoice.forServer(accepted.hello(), config, hash) != null;
        } else {
            // RFC 9846 §4.2.4 [8446 4.1.4]: the suite of a HelloRetryRequest stays.
            suited = asked.suite().hash() == hash;
        }
        if (!suited || s.external()) {
            return suited && s.version() == ProtocolVersion.TLS1_3;
        }
        List<EncodedCertificate> peer =
                s.peerChain().stream().map(env.crypto()::certificate).toList();
        return ResumptionRules.forServer(
                s, ProtocolVersion.TLS1_3, env.negotiated().serverName(), config, peer);
    }

    // RFC 9846 §4.3.11 [8446 4.2.11]: only the binder of the key that is chosen is looked at, and a wrong one ends the
    // handshake: who has the identity and not the key is not who he says.
    private void checkBinder(Env env, PreSharedKey.Offer offer, SessionState s) throws TlsException {
        if (!Binders.verify(env, accepted.hello(), offer, number, s)) {
            throw new TlsException(
                    AlertDescription.DECRYPT_ERROR,
                    Reason.BINDER_DOES_NOT_VERIFY,
                    "binder " + number + ", of " + offer.binders().get(number).length
                            + " bytes, does not fit the ClientHello and the pre-shared key");
        }
    }
}
