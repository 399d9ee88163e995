// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import org.libssl4j.SslCtx;

/** The counts of handshakes and sessions of a context, in OpenSSL's lines; there is no renegotiation to be counted. */
record SessionCounts(SslCtx ctx) {
    String text() {
        StringBuilder s = new StringBuilder();
        line(s, ctx.sessNumber(), "items in the session cache");
        line(s, ctx.sessConnect(), "client connects (SSL_connect())");
        line(s, ctx.sessConnectGood(), "client connects that finished");
        line(s, ctx.sessAccept(), "server accepts (SSL_accept())");
        line(s, ctx.sessAcceptGood(), "server accepts that finished");
        line(s, ctx.sessHits(), "session cache hits");
        line(s, ctx.sessMisses(), "session cache misses");
        line(s, ctx.sessTimeouts(), "session cache timeouts");
        line(s, ctx.sessCbHits(), "callback cache hits");
        line(s, ctx.sessCacheFull(), "cache full overflows (" + ctx.sessGetCacheSize() + " allowed)");
        return s.toString();
    }

    private static void line(StringBuilder s, long count, String of) {
        s.append(String.format("%4d %s\n", count, of));
    }
}
