// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import org.libssl4j.spi.VerifyCb;

/** Connects the terminal with one client after another. */
final class TerminalService implements Service {
    private final Terminal terminal;
    private final boolean quiet;
    private final boolean brief;
    private final VerifyCb verification;
    private final SessionCounts counts;
    private final InputPump input;

    /**
     * Keeps the terminal for all clients.
     *
     * @param verification says what was found of a client that is asked for its certificate
     * @param counts what there is to be said of the clients so far
     */
    TerminalService(Terminal terminal, boolean quiet, boolean brief, VerifyCb verification, SessionCounts counts) {
        this.counts = counts;
        this.verification = verification;
        this.terminal = terminal;
        this.quiet = quiet;
        this.brief = brief;
        this.input = new InputPump(terminal.in());
    }

    @Override
    public boolean serve(TlsStream stream) throws Failure, IOException {
        Letters letters = new ServerLetters(stream.ssl(), terminal, verification, counts);
        Relay.End end = Relay.talk(stream, input, terminal, quiet ? Relay.Keys.NONE : Relay.Keys.SERVER, letters);
        boolean goesOn = end == Relay.End.PEER || end == Relay.End.CONNECTION;
        if (!goesOn) {
            terminal.note("DONE");
        } else if (!quiet && !brief) {
            terminal.line("CONNECTION CLOSED");
        }
        return goesOn;
    }

    @Override
    public boolean concurrent() {
        return false;
    }
}
