// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.bio.ChannelBio;

/** Cookies of {@code -stateless}: the client's address, so that what was made for one client is of no use to another. That it is ours the context's own check shows. */
final class Cookies {
    private Cookies() {}

    static void in(SslCtx ctx) {
        ctx.setStatelessCookieGenerateCb(Cookies::address);
        ctx.setStatelessCookieVerifyCb((ssl, cookie) -> MessageDigest.isEqual(cookie, address(ssl)));
    }

    private static byte[] address(Ssl ssl) {
        try {
            SocketChannel channel = (SocketChannel) ((ChannelBio) ssl.getRbio()).channel();
            return Endpoint.text((InetSocketAddress) channel.getRemoteAddress()).getBytes(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return new byte[0]; // it is gone; nobody will bring the cookie back
        }
    }
}
