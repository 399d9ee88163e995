// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.config.SessionSettings;
import org.libssl4j.crypto.Secret;
import org.libssl4j.flow.SessionParameters;
import org.libssl4j.handshake.Env;
import org.libssl4j.keyschedule.ApplicationKeys;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.session.SessionState;
import org.libssl4j.wire.WireWriter;

/** Makes the tickets of one server connection (RFC 9846 §4.7.1 [8446 4.6.1]). Not thread-safe. */
final class ServerTickets {
    private static final long WEEK = 604_800;
    private static final byte[] NOTHING = {};

    private final ApplicationKeys keys;
    private long made;

    ServerTickets(ApplicationKeys keys) {
        this.keys = keys;
    }

    /** The next one: sealed, or the id of a session that is kept here; null if neither is wanted. */
    NewSessionTicket13 next(Env env) {
        SessionSettings settings = env.config().sessions();
        boolean kept = settings.store() != null && settings.store().keepsServerSessions();
        // RFC 9846 §4.7.1: a week at most, and a ticket of no time is none.
        long lifetime = Math.min(settings.timeout(), WEEK);
        if (lifetime <= 0 || settings.sealer() == null && !kept) {
            return null;
        }
        byte[] nonce = new WireWriter(8).u64(made++).toByteArray(); // no two of a connection are the same
        byte[] id = random(env, SessionSettings.MAX_ID);
        long ageAdd = u32(random(env, 4));
        try (Secret psk = keys.ticketPsk(nonce);
                SessionState s = SessionParameters.of(env, psk)
                        .id(id)
                        .ticket(NOTHING, lifetime, ageAdd)
                        .build()) {
            byte[] ticket = settings.sealer() == null ? id : settings.sealer().seal(s);
            if (ticket == null) {
                return null;
            }
            SessionState whole = s.toBuilder()
                    .ticket(settings.sealer() == null ? NOTHING : ticket, lifetime, ageAdd)
                    .build();
            env.negotiated().session(whole);
            if (settings.store() != null) {
                settings.store().created(whole);
            }
            return new NewSessionTicket13(lifetime, ageAdd, nonce, ticket, ExtensionBlock.EMPTY);
        }
    }

    private static byte[] random(Env env, int length) {
        byte[] b = new byte[length];
        env.crypto().random(b);
        return b;
    }

    private static long u32(byte[] b) {
        return (b[0] & 0xffL) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | b[3] & 0xff;
    }
}
