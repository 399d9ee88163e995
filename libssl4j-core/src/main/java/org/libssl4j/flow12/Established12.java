// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.KeyBlock;
import org.libssl4j.keyschedule.KeyLog;
import org.libssl4j.keyschedule.MasterSecret;
import org.libssl4j.keyschedule.Prf;
import org.libssl4j.session.SessionState;

/** What both sides have once the key exchange is done: the master secret and the keys that come of it (RFC 5246 §6.3, §8.1). */
record Established12(CipherSuite suite, MasterSecret master, KeyBlock keys) {
    /**
     * What comes of the premaster secret, which is wiped. The transcript ends with the ClientKeyExchange.
     *
     * @param bound whether extended_master_secret was agreed on
     */
    static Established12 of(Handshake hs, Secret premaster, boolean bound, boolean encryptThenMac) {
        Env env = hs.env();
        Negotiated n = env.negotiated();
        Prf prf = Prf.of(env.crypto(), n.version(), n.suite().hash());
        MasterSecret master = env.secrets()
                .own(
                        bound
                                ? MasterSecret.extended(
                                        prf, premaster, env.transcript().hash())
                                : MasterSecret.of(prf, premaster, n.clientRandom(), n.serverRandom()));
        return of(hs, master, bound, encryptThenMac);
    }

    /** What comes of the master secret of a session that is resumed; both randoms are known. */
    static Established12 resumed(Handshake hs, SessionState session, boolean encryptThenMac) {
        Env env = hs.env();
        Prf prf = Prf.of(env.crypto(), session.version(), session.suite().hash());
        MasterSecret master = env.secrets().own(MasterSecret.resumed(prf, session.secret()));
        return of(hs, master, session.extendedMasterSecret(), encryptThenMac);
    }

    private static Established12 of(Handshake hs, MasterSecret master, boolean bound, boolean encryptThenMac) {
        Env env = hs.env();
        Negotiated n = env.negotiated();
        hs.logSecret(KeyLog.MASTER, master.secret());
        n.extendedMasterSecret(bound);
        n.encryptThenMac(encryptThenMac);
        n.exporter(master.exporter(n.clientRandom(), n.serverRandom()));
        KeyBlock keys = env.secrets()
                .own(master.keyBlock(n.suite(), n.version(), encryptThenMac, n.clientRandom(), n.serverRandom()));
        return new Established12(n.suite(), master, keys);
    }

    /** From the peer's change_cipher_spec on. */
    void installRead(Handshake hs) throws TlsException {
        hs.install(Epoch.HANDSHAKE, Direction.READ, suite, half(hs.env().role().peer()));
    }

    /** From our change_cipher_spec on. */
    void installWrite(Handshake hs) throws TlsException {
        hs.install(Epoch.HANDSHAKE, Direction.WRITE, suite, half(hs.env().role()));
    }

    /** RFC 5246 §7.4.9: what this side's Finished has in it, over all messages before it. */
    byte[] verifyData(Handshake hs, Role of) {
        return master.verifyData(of == Role.CLIENT, hs.env().transcript().hash());
    }

    /** Whether this is what that side's Finished has to have in it. */
    boolean matches(Handshake hs, Role of, byte[] verifyData) {
        return master.matches(of == Role.CLIENT, hs.env().transcript().hash(), verifyData);
    }

    /** Both have seen the other's Finished: application data may come and go (RFC 5246 §7.4.9). What the handshake alone needed is wiped. */
    void complete(Handshake hs) throws TlsException {
        hs.promote(Direction.READ);
        hs.promote(Direction.WRITE);
        hs.env().secrets().release(keys).close();
        hs.env().negotiated().completed();
    }

    private KeyBlock.Half half(Role of) {
        return of == Role.CLIENT ? keys.client() : keys.server();
    }
}
