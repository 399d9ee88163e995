// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import picocli.CommandLine.Option;

/** Whether there may be another handshake on a connection of TLS 1.2 or before, by the names that openssl-s_client(1) and openssl-s_server(1) have. As with these, it may be asked for unless {@code -no_renegotiation} stands there. */
final class RenegotiationOptions {
    @Option(names = "-no_renegotiation", description = "No second handshake on a connection.")
    private boolean no;

    @Option(names = "-client_renegotiation", description = "A server lets clients begin a second handshake.")
    private boolean client;

    @Option(
            names = "-legacy_renegotiation",
            description = "Is refused: a second handshake without renegotiation_info is not safe.")
    private boolean legacy;

    @Option(
            names = "-legacy_server_connect",
            description = "A client goes on with a server that does not know renegotiation_info.")
    private boolean legacyServer;

    @Option(
            names = "-no_legacy_server_connect",
            description = "A client does not go on with such a server; this is the default.")
    private boolean noLegacyServer;

    void apply(SslCtx ctx) throws Failure {
        if (legacy) {
            throw new Failure("-legacy_renegotiation: a man in the middle could put a beginning before a client's data"
                    + " (CVE-2009-3555), so there is no such thing here");
        }
        if (!no) {
            ctx.clearOptions(SslOption.NO_RENEGOTIATION);
        }
        if (client) {
            ctx.setOptions(SslOption.ALLOW_CLIENT_RENEGOTIATION);
        }
        if (legacyServer && !noLegacyServer) {
            ctx.setOptions(SslOption.LEGACY_SERVER_CONNECT);
        }
    }
}
