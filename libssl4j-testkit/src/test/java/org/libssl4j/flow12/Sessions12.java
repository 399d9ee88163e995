// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.util.List;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.session.SessionState;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** A session that both sides have, for connections that resume it. */
final class Sessions12 {
    private static final KeptSessions CLIENTS = new KeptSessions();
    private static final KeptSessions SERVERS = new KeptSessions();
    private static final SessionState SESSION = session();

    private Sessions12() {}

    private static SessionState session() {
        HandshakeConfig c = Configs12.client();
        new ScriptedPair(c.with(c.sessions().withStore(CLIENTS)), server(SERVERS), Configs12.CRYPTO, CarrierTraits.TLS)
                .run();
        return CLIENTS.created.get(0);
    }

    /** A client that offers it. */
    static HandshakeConfig client() {
        HandshakeConfig c = Configs12.client();
        return c.with(c.sessions().withOffered(List.of(SESSION)));
    }

    /** A server that gives tickets, and takes that of the session; a new one then as well if {@code renew}. */
    static HandshakeConfig server(boolean renew) {
        KeptSessions kept = new KeptSessions();
        kept.sealed.addAll(SERVERS.sealed);
        kept.renew = renew;
        return server(kept);
    }

    private static HandshakeConfig server(KeptSessions kept) {
        HandshakeConfig c = Configs12.server();
        return c.with(c.sessions().withSealer(kept));
    }
}
