// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.libssl4j.Ssl;
import org.libssl4j.SslTrace;
import org.libssl4j.trace.RecordsFirst;
import picocli.CommandLine.Option;

/** The options that show what goes by: {@code -msg}, {@code -trace}, {@code -state}. */
final class WatchOptions {
    @Option(names = "-msg", description = "Shows the protocol messages as bytes.")
    boolean msg;

    @Option(names = "-trace", description = "Shows the protocol messages in words: each field and extension.")
    boolean trace;

    @Option(
            names = "-msgfile",
            paramLabel = "FILE",
            description = "Where -msg and -trace go; to the output if none is given.")
    Path msgfile;

    @Option(names = "-state", description = "Shows the states of the handshake and the alerts.")
    boolean state;

    /** Opens {@code -msgfile}. */
    Watch open(Terminal terminal) throws Failure {
        if (msgfile == null) {
            return new Watch(terminal, terminal::print, null);
        }
        try {
            PrintStream file = new PrintStream(Files.newOutputStream(msgfile), true, StandardCharsets.UTF_8);
            return new Watch(terminal, file::print, file);
        } catch (IOException e) {
            throw new Failure("-msgfile " + msgfile + ": cannot be written: " + Failure.text(e), e);
        }
    }

    /** Where it all goes while the command runs. */
    final class Watch implements AutoCloseable {
        private final Terminal terminal;
        private final Consumer<String> out;
        private final PrintStream file; // null for none

        private Watch(Terminal terminal, Consumer<String> out, PrintStream file) {
            this.terminal = terminal;
            this.out = out;
            this.file = file;
        }

        /** Looks at one connection from now on. */
        void at(Ssl ssl) {
            if (trace) {
                ssl.setMsgCallback(new SslTrace(this::show));
            } else if (msg) {
                ssl.setMsgCallback(new RecordsFirst(m -> show(MessageDump.of(m))));
            }
            if (state) {
                ssl.setInfoCallback(new StateReport(ssl, terminal));
            }
        }

        /** A terminal that is gone is no reason to end the handshake in its middle; the data that follow will tell. */
        private void show(String text) {
            try {
                out.accept(text);
            } catch (UncheckedIOException e) {
                terminal.note(Failure.text(e));
            }
        }

        @Override
        public void close() {
            if (file != null) {
                file.close();
            }
        }
    }
}
