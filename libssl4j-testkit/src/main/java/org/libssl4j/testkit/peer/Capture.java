// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.peer;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** One output of a program, as far as it has come. Keeps all of it, so it is for reports and small data. Whoever waits for more waits on the monitor that was given. */
final class Capture extends OutputStream {
    private final Object monitor;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(); // guarded by monitor

    Capture(Object monitor) {
        this.monitor = monitor;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) {
        synchronized (monitor) {
            bytes.write(b, off, len);
            monitor.notifyAll();
        }
    }

    byte[] bytes() {
        synchronized (monitor) {
            return bytes.toByteArray();
        }
    }
}
