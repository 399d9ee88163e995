// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.config.PskSettings;
import org.libssl4j.config.PskSource;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;

/** Asks the application for the pre-shared key (RFC 4279 §2): a client by the server's hint, a server by the client's identity. The answer may be "later". */
final class AskPsk implements State {
    private final StateName name;
    private final byte[] said;
    private final Next<PskSource.Answer> next;

    /**
     * @param said the hint, null for none; or the identity
     * @param next gets an answer with a key, which the handshake owns
     */
    AskPsk(StateName name, byte[] said, Next<PskSource.Answer> next) {
        this.name = name;
        this.said = said;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        boolean client = hs.env().role() == Role.CLIENT;
        PskSettings settings = hs.env().config().psk();
        PskSource source = client ? settings.client() : settings.server();
        if (source == null) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    client ? Reason.PSK_NO_CLIENT_CB : Reason.PSK_NO_SERVER_CB,
                    "the callback for pre-shared keys was taken away during the handshake");
        }
        PskSource.Answer a = source.ask(said == null ? null : said.clone());
        if (a == PskSource.Answer.LATER) {
            return hs.park(Want.X509_LOOKUP, this);
        }
        if (a == PskSource.Answer.NONE) {
            throw client ? noKey() : unknown();
        }
        if (a.key().isDestroyed()) {
            throw new IllegalStateException("an answer that another handshake had before, which has wiped its key");
        }
        hs.env().secrets().own(a.key());
        return next.then(hs, a);
    }

    private TlsException noKey() {
        return new TlsException(
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.PSK_IDENTITY_NOT_FOUND,
                said == null
                        ? "no pre-shared key for a server without a hint"
                        : "no pre-shared key for a hint of " + said.length + " bytes");
    }

    private TlsException unknown() {
        // RFC 4279 §2: a server that does not mind telling which identities it knows says so. One that does gives a
        // random key, and the handshake fails at the client's Finished.
        return new TlsException(
                AlertDescription.UNKNOWN_PSK_IDENTITY,
                Reason.PSK_IDENTITY_NOT_FOUND,
                "an identity of " + said.length + " bytes that has no pre-shared key");
    }
}
