// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.connection;

import java.util.Arrays;
import java.util.function.Supplier;
import org.libssl4j.config.Callbacks;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.Secret;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.StateName;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.KeyLog;
import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.ProtocolMessage;

/** Tells the user's callbacks what an {@link Observer} sees. */
final class CallbackObserver implements Observer {
    private final Supplier<HandshakeConfig> config;
    private final int side;
    private boolean begun;
    private boolean done;

    private CallbackObserver(Supplier<HandshakeConfig> config, Role role) {
        this.config = config;
        this.side = role == Role.CLIENT ? InfoCb.ST_CONNECT : InfoCb.ST_ACCEPT;
    }

    /** @param config whose callbacks are told; it may change if a server asks the application about the ClientHello */
    static Observer of(Supplier<HandshakeConfig> config, Role role) {
        HandshakeConfig first = config.get();
        boolean stays = role == Role.CLIENT || !first.hello().any();
        return stays && first.callbacks().equals(Callbacks.NONE) ? Observer.NONE : new CallbackObserver(config, role);
    }

    private Callbacks callbacks() {
        return config.get().callbacks();
    }

    /** A server's begin is told before what the client has sent. */
    private void begin() {
        if (!begun) {
            begun = true;
            if (callbacks().info() != null) {
                callbacks().info().info(InfoCb.HANDSHAKE_START, 1, StateName.BEFORE.longText());
                callbacks().info().info(side | InfoCb.LOOP, 1, StateName.BEFORE.longText());
            }
        }
    }

    @Override
    public void message(boolean sent, int contentType, Epoch epoch, byte[] bytes, int off, int len) {
        begin();
        if (callbacks().msg() != null) {
            callbacks()
                    .msg()
                    .message(new ProtocolMessage(
                            sent, contentType, epoch.name(), Arrays.copyOfRange(bytes, off, off + len)));
        }
    }

    @Override
    public void stateChanged(StateName from, StateName to) {
        begin();
        if (callbacks().info() == null) {
            return;
        }
        if (from == StateName.OK && beginsAnother(to)) {
            done = false;
            callbacks().info().info(InfoCb.HANDSHAKE_START, 1, from.longText());
        }
        // As with OpenSSL a state is told when it is left: what is awaited has not been reached. One that failed was
        // never left; the alert and the end of the call tell of it.
        if (from != StateName.BEFORE && to != StateName.ERROR) {
            callbacks().info().info(side | InfoCb.LOOP, 1, from.longText());
        }
        // Of a handshake that follows the first, such as a key update, neither start nor end is told in TLS 1.3, as
        // with OpenSSL.
        if (to == StateName.OK && from != StateName.OK && !done) {
            done = true;
            callbacks().info().info(InfoCb.HANDSHAKE_DONE, 1, to.longText());
        }
    }

    /** A renegotiation, or a server's request for one, which both are told. */
    private static boolean beginsAnother(StateName s) {
        return s == StateName.CW_CLNT_HELLO || s == StateName.SR_CLNT_HELLO || s == StateName.SW_HELLO_REQ;
    }

    @Override
    public void alert(boolean sent, int level, int description) {
        if (callbacks().info() != null) {
            callbacks().info().info(InfoCb.ALERT | (sent ? InfoCb.WRITE : InfoCb.READ), level << 8 | description, "");
        }
    }

    @Override
    public void secret(String label, byte[] clientRandom, Secret secret) {
        if (callbacks().keylog() != null) {
            callbacks().keylog().line(KeyLog.line(label, clientRandom, secret));
        }
    }
}
