// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import org.libssl4j.ServernameCb;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.ServernameAnswer;

/** Goes over to a second context for clients that ask for a certain name ({@code -servername} of a server). */
final class NamedContext implements ServernameCb {
    private final String wanted;
    private final boolean fatal;
    private final SslCtx other; // null for none
    private final Terminal terminal;

    /**
     * @param wanted the name
     * @param fatal whether another name ends the handshake
     * @param other what serves clients that ask for the name; null for the same context
     */
    NamedContext(String wanted, boolean fatal, SslCtx other, Terminal terminal) {
        this.wanted = wanted;
        this.fatal = fatal;
        this.other = other;
        this.terminal = terminal;
    }

    @Override
    public ServernameAnswer servername(Ssl ssl, String name) {
        if (name == null) {
            return ServernameAnswer.NOACK;
        }
        terminal.note("Hostname in TLS extension: \"" + name + "\"");
        if (!name.equalsIgnoreCase(wanted)) {
            return fatal
                    ? ServernameAnswer.alertFatal(AlertDescription.UNRECOGNIZED_NAME)
                    : ServernameAnswer.alertWarning(AlertDescription.UNRECOGNIZED_NAME);
        }
        if (other != null) {
            terminal.note("Switching server context.");
            ssl.setSslCtx(other);
        }
        return ServernameAnswer.OK;
    }
}
