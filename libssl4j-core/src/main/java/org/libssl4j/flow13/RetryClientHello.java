// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.List;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow.ClientHelloPadding;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.negotiate.RetryWish;
import org.libssl4j.session.SessionState;

/** Makes the second ClientHello, as a HelloRetryRequest asks for it (RFC 9846 §4.2.4 [8446 4.1.4]): the first one with another share, with the cookie, with nothing else changed. */
final class RetryClientHello implements State {
    private final ClientFlow13 flow;
    private final ClientOffer offer;
    private final RetryWish wish;

    RetryClientHello(ClientFlow13 flow, ClientOffer offer, RetryWish wish) {
        this.flow = flow;
        this.offer = offer;
        this.wish = wish;
    }

    @Override
    public StateName name() {
        return StateName.CR_SRVR_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        hs.requireBoundary(); // RFC 9846 §5.1: what comes next is the other's turn
        hs.env().negotiated().helloRetryRequest();
        List<ClientOffer.Share> shares = offer.shares();
        if (wish.group() != null) {
            shares.forEach(s -> s.exchange().close());
            KeyExchange exchange = hs.env()
                    .secrets()
                    .own(hs.env().crypto().keyExchange(wish.group()).start());
            shares = List.of(new ClientOffer.Share(wish.group(), exchange));
        }
        ClientHello first = offer.hello();
        ClientHello second = new ClientHello(
                first.legacyVersion(),
                first.random(),
                first.sessionId(),
                first.cipherSuites(),
                first.compressionMethods(),
                extensions(first.extensions(), shares, wish.cookie()));
        if (hs.env().config().extensions().padding()) {
            second = ClientHelloPadding.pad(second);
        }
        // RFC 9846 §4.2.2 [8446 4.1.2]: the same pre-shared keys with other binders, without those that the suite
        // leaves no use for; no new ones.
        HashAlgorithm hash = CipherSuite.of(wish.suite()).hash();
        List<SessionState> psks =
                offer.psks().stream().filter(s -> s.suite().hash() == hash).toList();
        return flow.afterOffer(
                OfferPsks.with(hs.env(), new ClientOffer(second, shares, wish.suite(), offer.session()), psks));
    }

    private static ExtensionBlock extensions(ExtensionBlock first, List<ClientOffer.Share> shares, Cookie cookie)
            throws TlsException {
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        for (RawExtension e : first.raw()) {
            // RFC 9846 §4.2.2 [8446 4.1.2]: no early data after a HelloRetryRequest; padding and pre_shared_key are
            // made
            // anew.
            if (e.type() == ExtensionType.EARLY_DATA.code()
                    || e.type() == ExtensionType.PADDING.code()
                    || e.type() == ExtensionType.PRE_SHARED_KEY.code()) {
                continue;
            }
            b.add(e.type() == ExtensionType.KEY_SHARE.code() ? ClientOffer.offer(shares) : e);
        }
        if (cookie != null) {
            b.add(cookie);
        }
        ExtensionBlock block = b.build();
        // RFC 9846 §4.3.2 [8446 4.2.2]: a cookie may have 2^16 - 1 bytes, but all extensions together have no more
        // (§4.2.2). It is the server that asks for what cannot be; alert and reason are BoringSSL's for messages that
        // are too large for it.
        if (block.length() > ExtensionBlock.MOST_BYTES) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.EXCESSIVE_MESSAGE_SIZE,
                    "a HelloRetryRequest that makes " + block.length()
                            + " bytes of extensions in the second ClientHello; " + ExtensionBlock.MOST_BYTES
                            + " are possible");
        }
        return block;
    }
}
