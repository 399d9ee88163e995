// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.config.StatelessCookies;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.negotiate.RetryCookie;

/** Looks whether a ClientHello brings a cookie of a stateless server's (RFC 9846 §4.3.2 [8446 4.2.2], SSL_stateless(3)); with one it is a second ClientHello, though the first of this connection. */
final class AwaitCookie implements State {
    private final ServerFlow13 flow;
    private boolean listening;

    AwaitCookie(ServerFlow13 flow) {
        this.flow = flow;
    }

    @Override
    public StateName name() {
        return StateName.BEFORE;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        if (!listening) {
            // RFC 9846 §4.3.2 [8446 4.2.2]: what a client sends between its two ClientHellos comes first here:
            // change_cipher_spec, and early data that went with the first one.
            hs.skipEarlyData();
            listening = true;
        }
        HandshakeMessage m = hs.peek(HandshakeType.CLIENT_HELLO);
        if (m == null) {
            return hs.park(Want.READ, this);
        }
        ClientHello hello = m.parse(ClientHello::read);
        Cookie cookie = hello.extensions().get(ExtensionType.COOKIE, Cookie::read);
        RetryCookie c = cookie == null ? null : opened(hs.env(), cookie.cookie());
        if (c == null) {
            return flow.afterNoCookie();
        }
        hs.env().transcript().beginWithHash(c.suite().hash(), c.firstHello());
        RetrySent asked = new RetrySent(null, c.fixed(), c.suite(), c.group(), c.shareAsked(), cookie.cookie());
        hs.env()
                .transcript()
                .add(SendHelloRetryRequest.request(hello.sessionId(), asked).toMessage());
        hs.env().negotiated().helloRetryRequest();
        return flow.afterHelloRetryRequest(asked);
    }

    private static RetryCookie opened(Env env, byte[] cookie) throws TlsException {
        StatelessCookies cookies = env.config().cookies();
        Crypto crypto = env.crypto();
        long now = env.config().clock().instant().getEpochSecond();
        RetryCookie c = RetryCookie.open(cookie, cookies.key(), crypto, now);
        if (c != null && !cookies.application().verify(c.application())) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.COOKIE_MISMATCH,
                    "a cookie that the application does not take");
        }
        return c;
    }
}
