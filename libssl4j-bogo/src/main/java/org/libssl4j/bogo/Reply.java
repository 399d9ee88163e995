// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** The answer to a launcher: what a test printed and its exit code, in frames of u8 kind and u32 length or code. The first one who finishes it has the say. */
final class Reply {
    private static final int EXIT = 0;
    private static final int OUT = 1;
    private static final int ERR = 2;

    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
    private final WritableByteChannel channel;
    private boolean finished; // guarded by this

    Reply(WritableByteChannel channel) {
        this.channel = channel;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /** Sends all that was printed, then the exit code; nothing if that was done before. */
    synchronized void finish(int exitCode) throws IOException {
        if (finished) {
            return;
        }
        finished = true;
        byte[] o = outBytes.toByteArray();
        byte[] e = errBytes.toByteArray();
        ByteBuffer all = ByteBuffer.allocate(15 + o.length + e.length);
        all.put((byte) OUT).putInt(o.length).put(o);
        all.put((byte) ERR).putInt(e.length).put(e);
        all.put((byte) EXIT).putInt(exitCode).flip();
        while (all.hasRemaining()) {
            channel.write(all);
        }
    }
}
