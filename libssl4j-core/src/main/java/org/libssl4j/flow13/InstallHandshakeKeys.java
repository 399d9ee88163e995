// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.Next;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.EarlyKeys;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.HandshakeKeys;
import org.libssl4j.keyschedule.KeyLog;

/** From the ServerHello on the handshake is encrypted (RFC 9846 §7.1, §7.3). The transcript ends with the ServerHello. */
final class InstallHandshakeKeys implements State {
    private final StateName name;
    private final CipherSuite suite;
    private final Secret psk;
    private final Secret shared;
    private final Next<HandshakeKeys> next;

    /**
     * @param psk the pre-shared key, or null; stays the caller's
     * @param shared the secret of the key exchange, zeros if there was none; is wiped
     */
    InstallHandshakeKeys(StateName name, CipherSuite suite, Secret psk, Secret shared, Next<HandshakeKeys> next) {
        this.name = name;
        this.suite = suite;
        this.psk = psk;
        this.shared = shared;
        this.next = next;
    }

    @Override
    public StateName name() {
        return name;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Env env = hs.env();
        EarlyKeys early = psk == null
                ? new EarlyKeys(env.crypto(), suite.hash())
                : new EarlyKeys(env.crypto(), suite.hash(), psk);
        HandshakeKeys keys =
                env.secrets().own(early.handshake(shared, env.transcript().hash()));
        hs.logSecret(KeyLog.CLIENT_HANDSHAKE, keys.client().secret());
        hs.logSecret(KeyLog.SERVER_HANDSHAKE, keys.server().secret());
        boolean client = env.role() == Role.CLIENT;
        hs.install(Epoch.HANDSHAKE, Direction.READ, suite, client ? keys.server() : keys.client());
        hs.install(Epoch.HANDSHAKE, Direction.WRITE, suite, client ? keys.client() : keys.server());
        return next.then(hs, keys);
    }
}
