// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A server and a client of ours for one connection, with options of the test's; both know the test's certificate. */
final class Pair {
    final Typing atServer = new Typing();
    final Typing atClient = new Typing();
    final Command server;
    private final PemFiles pem;
    Command client;

    Pair(PemFiles pem, String... serverOptions) {
        this.pem = pem;
        List<String> all = new ArrayList<>(List.of("s_server", "-accept", "127.0.0.1:0", "-naccept", "1"));
        all.addAll(List.of("-cert", pem.cert(), "-key", pem.keyFile()));
        all.addAll(Arrays.asList(serverOptions));
        this.server = Command.start(atServer, all.toArray(new String[0]));
    }

    Pair client(String... options) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of("s_client", "-connect", server.address()));
        if (!List.of(options).contains("-CApath")) {
            all.addAll(List.of("-CAfile", pem.cert()));
        }
        all.addAll(Arrays.asList(options));
        client = Command.start(atClient, all.toArray(new String[0]));
        return this;
    }

    /** The client takes its leave, and both end well. */
    Pair ended() throws Exception {
        client.awaitOut("Verify return code:");
        atClient.type("Q\n");
        client.succeeded();
        server.succeeded();
        return this;
    }
}
