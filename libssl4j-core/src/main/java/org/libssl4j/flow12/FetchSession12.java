// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SessionSettings;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.SessionTicket;
import org.libssl4j.negotiate.ResumptionRules12;
import org.libssl4j.session.Lookup;

/** Looks for the session that a client names, by its ticket or by its id (RFC 5077 §3.4, RFC 5246 §7.3). The answer may be "later". */
final class FetchSession12 implements State {
    private final ClientHello hello;
    private final Next<Lookup> next;

    /** @param next gets a session that the handshake owns, or {@link Lookup#NONE} */
    FetchSession12(ClientHello hello, Next<Lookup> next) {
        this.hello = hello;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SR_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Lookup found = ask(hs.env().config());
        if (found == Lookup.LATER) {
            return hs.park(Want.X509_LOOKUP, this);
        }
        if (found.session() != null) {
            hs.env().secrets().own(found.session());
        }
        return next.then(hs, found);
    }

    private Lookup ask(HandshakeConfig config) throws TlsException {
        SessionSettings settings = config.sessions();
        SessionTicket ticket = hello.extensions().get(ExtensionType.SESSION_TICKET, SessionTicket::read);
        // RFC 5077 §3.4: a ticket goes before an id, which a client may have made up beside it; so one that we cannot
        // read does not make us look for the id.
        if (ticket != null && ticket.ticket().length > 0 && ResumptionRules12.tickets(config)) {
            return settings.sealer() == null ? Lookup.NONE : settings.sealer().unseal(ticket.ticket());
        }
        return hello.sessionId().length > 0 && settings.store() != null
                ? settings.store().find(hello.sessionId())
                : Lookup.NONE;
    }
}
