// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.config.StatelessCookies;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.SupportedVersions;
import org.libssl4j.negotiate.GroupChoice;
import org.libssl4j.negotiate.RetryCookie;
import org.libssl4j.negotiate.SecondHello;

/** Asks for another ClientHello: with a share of another group, with a cookie, or with both (RFC 9846 §4.2.4 [8446 4.1.4]). */
final class SendHelloRetryRequest implements State {
    private final ServerFlow13 flow;
    private final ServerChoice choice;

    SendHelloRetryRequest(ServerFlow13 flow, ServerChoice choice) {
        this.flow = flow;
        this.choice = choice;
    }

    @Override
    public StateName name() {
        return StateName.SW_SRVR_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        hs.requireBoundary(); // RFC 9846 §5.1: what comes next is the other's turn
        Env env = hs.env();
        GroupChoice group = choice.group();
        boolean shareAsked = group != null && group.share() == null;
        byte[] application =
                env.config().cookies() == null ? null : generated(env.config().cookies());
        byte[] first = env.transcript().replaceFirstHello(choice.suite().hash());
        byte[] cookie = application == null ? null : cookie(env, shareAsked, first, application);
        RetrySent asked =
                new RetrySent(choice, null, choice.suite(), group == null ? null : group.group(), shareAsked, cookie);
        hs.send(request(choice.hello().sessionId(), asked).toMessage());
        env.negotiated().helloRetryRequest();
        ServerFlow13.changeCipherSpec(hs, choice);
        return flow.afterHelloRetryRequest(asked);
    }

    /** The message; the same arguments give the same bytes, so that a stateless server can make it anew. */
    static ServerHello request(byte[] sessionId, RetrySent asked) {
        ExtensionBlock.Builder extensions =
                ExtensionBlock.builder().add(new SupportedVersions.Selected(ProtocolVersion.TLS1_3.code()));
        if (asked.shareAsked()) {
            extensions.add(new KeyShare.Retry(asked.group().code()));
        }
        if (asked.cookie() != null) {
            extensions.add(new Cookie(asked.cookie()));
        }
        return ServerHello.retry(sessionId, asked.suite().code(), extensions.build());
    }

    private static byte[] generated(StatelessCookies cookies) throws TlsException {
        byte[] application = cookies.application().generate();
        if (application == null || application.length > StatelessCookies.MOST_BYTES) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.COOKIE_GEN_CALLBACK_FAILURE,
                    application == null
                            ? "the callback made no cookie"
                            : "a cookie of " + application.length + " bytes; at most " + StatelessCookies.MOST_BYTES
                                    + " are allowed");
        }
        return application;
    }

    private byte[] cookie(Env env, boolean shareAsked, byte[] firstHello, byte[] application) {
        return new RetryCookie(
                        choice.suite(),
                        choice.group() == null ? null : choice.group().group(),
                        shareAsked,
                        env.config().clock().instant().getEpochSecond(),
                        firstHello,
                        SecondHello.digest(choice.hello(), env.crypto()),
                        application)
                .seal(env.config().cookies().key(), env.crypto());
    }
}
