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
    private final InputPump input;
    private boolean started;

    /** @param verification says what was found of a client that is asked for its certificate */
    TerminalService(Terminal terminal, boolean quiet, boolean brief, VerifyCb verification) {
        this.verification = verification;
        this.terminal = terminal;
        this.quiet = quiet;
        this.brief = brief;
        this.input = new InputPump(terminal.in());
    }

    @Override
    public boolean serve(TlsStream stream) throws Failure, IOException {
        if (!started) {
            started = true;
            input.start();
        }
        OutputPump output = new OutputPump(terminal.out());
        output.start();
        Relay.End end;
        try {
            Letters letters = new Letters(stream.ssl(), terminal, verification);
            end = new Relay(stream, input, output, quiet ? Relay.Keys.NONE : Relay.Keys.SERVER, letters).run();
            stream.goodbye(end == Relay.End.INPUT ? output : null);
        } finally {
            output.finish();
        }
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
