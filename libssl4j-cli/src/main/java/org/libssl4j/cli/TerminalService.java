// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;

/** Connects the terminal with one client after another. */
final class TerminalService implements Service {
    private final Terminal terminal;
    private final boolean quiet;
    private final boolean brief;
    private final InputPump input;
    private boolean started;

    TerminalService(Terminal terminal, boolean quiet, boolean brief) {
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
            Letters letters = new Letters(stream.ssl(), terminal);
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
