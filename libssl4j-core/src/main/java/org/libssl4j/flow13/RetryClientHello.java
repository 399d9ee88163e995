// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.negotiate.ClientOffer;

/** Makes the second ClientHello, as a HelloRetryRequest asks for it (RFC 9846 §4.2.4 [8446 4.1.4]): the first one with another share, with the cookie, with nothing else changed. */
final class RetryClientHello implements State {
    private final ClientFlow13 flow;
    private final ClientOffer offer;
    private final ServerHello request;

    RetryClientHello(ClientFlow13 flow, ClientOffer offer, ServerHello request) {
        this.flow = flow;
        this.offer = offer;
        this.request = request;
    }

    @Override
    public StateName name() {
        return StateName.CR_SRVR_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        hs.requireBoundary(); // RFC 9846 §5.1: what comes next is the other's turn
        KeyShare.Retry retry = request.extensions().get(ExtensionType.KEY_SHARE, KeyShare.Retry::read);
        Cookie cookie = request.extensions().get(ExtensionType.COOKIE, Cookie::read);
        // RFC 9846 §4.2.4: a request that changes nothing is an illegal_parameter.
        if (retry == null && cookie == null) {
            throw illegal(Reason.NO_CHANGE_FOLLOWING_HRR, "a HelloRetryRequest with neither key_share nor cookie");
        }
        List<ClientOffer.Share> shares = offer.shares();
        if (retry != null) {
            NamedGroup group = requested(hs, retry.group());
            shares.forEach(s -> s.exchange().close());
            KeyExchange exchange =
                    hs.env().secrets().own(hs.env().crypto().keyExchange(group).start());
            shares = List.of(new ClientOffer.Share(group, exchange));
        }
        ClientHello first = offer.hello();
        ClientHello second = new ClientHello(
                first.legacyVersion(),
                first.random(),
                first.sessionId(),
                first.cipherSuites(),
                first.compressionMethods(),
                extensions(first.extensions(), shares, cookie));
        return flow.afterOffer(new ClientOffer(second, shares, request.cipherSuite()));
    }

    private NamedGroup requested(Handshake hs, int code) throws TlsException {
        NamedGroup group = NamedGroup.of(code);
        // RFC 9846 §4.3.8 [8446 4.2.8]: a group that supported_groups named, and that no share was sent of.
        if (group == null || !hs.env().config().groups().groups().contains(group)) {
            throw illegal(
                    Reason.BAD_KEY_SHARE,
                    String.format("a HelloRetryRequest for group 0x%04x, which was not offered", code));
        }
        if (offer.share(code) != null) {
            throw illegal(
                    Reason.BAD_KEY_SHARE,
                    "a HelloRetryRequest for " + group.ianaName() + ", of which a share was sent");
        }
        return group;
    }

    private static ExtensionBlock extensions(ExtensionBlock first, List<ClientOffer.Share> shares, Cookie cookie) {
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        for (int type : first.types()) {
            if (type == ExtensionType.KEY_SHARE.code()) {
                b.add(new KeyShare.Offer(shares.stream()
                        .map(s -> new KeyShare.Entry(
                                s.group().code(), s.exchange().share()))
                        .toList()));
            } else {
                b.add(new RawExtension(type, first.body(type)));
            }
        }
        if (cookie != null) {
            b.add(cookie);
        }
        return b.build();
    }

    private static TlsException illegal(Reason reason, String detail) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, reason, detail);
    }
}
