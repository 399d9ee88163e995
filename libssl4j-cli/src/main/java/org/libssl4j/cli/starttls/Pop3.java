// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli.starttls;

import java.io.IOException;

/** STLS of POP3 (RFC 2595 §4). As OpenSSL does, the server is not asked before whether it has it: its answer says so. */
final class Pop3 implements StartTls {
    @Override
    public void negotiate(PlainText link) throws IOException {
        reply(link, "the server does not greet with +OK but");
        link.command("STLS");
        reply(link, "STLS is refused");
        link.nothingBehind();
    }

    // RFC 1939 §3: a reply begins with +OK or -ERR, in upper case.
    private static void reply(PlainText link, String otherwise) throws IOException {
        String line = link.line();
        if (!line.equals("+OK") && !line.startsWith("+OK ")) {
            throw new StartTlsException(otherwise, line);
        }
    }
}
