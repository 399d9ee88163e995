// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A user at a keyboard: what is typed comes line by line, and until more is typed the reader waits. */
final class Typing extends InputStream {
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();

    void type(String text) {
        lines.add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The end of input. */
    void end() {
        lines.add(END);
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("in blocks, please");
    }

    @Override
    public int read(byte[] b, int off, int len) {
        try {
            byte[] line = lines.take();
            if (line == END) {
                lines.add(END);
                return -1;
            }
            System.arraycopy(line, 0, b, off, line.length);
            return line.length;
        } catch (InterruptedException e) {
            return -1;
        }
    }
}
