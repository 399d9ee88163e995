// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a command reads from and writes to, so that it can be run inside a program as well as in a shell.
 *
 * @param in what the user types or a program sends
 * @param out the results: bytes as they are, and lines
 * @param err notes and errors, in lines
 */
record Terminal(InputStream in, OutputStream out, PrintStream err) {
    /** The standard streams of the process, unbuffered: nothing is held back, and no byte is translated. */
    static Terminal ofProcess() {
        return new Terminal(
                new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), System.err);
    }

    /** Prints text that ends its lines itself. */
    void print(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("standard output: " + e.getMessage(), e);
        }
    }

    void line(String line) {
        print(line + "\n");
    }

    /** A line for people, one whatever stands in it: on the stream for errors, so that what is piped on stays clean. */
    void note(String line) {
        synchronized (err) {
            err.print(PeerText.shown(line) + "\n");
            err.flush();
        }
    }
}
