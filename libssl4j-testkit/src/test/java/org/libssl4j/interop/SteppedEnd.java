// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.IntSupplier;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;

/** An {@link Ssl} on a selector of its own that is driven step by step: whoever makes a call that wanted something again, without the selector having said that it is there, has failed. */
final class SteppedEnd implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Ssl ssl;
    private final SocketChannel channel;
    private final Selector selector = Selector.open();
    private final SelectionKey key;
    private SslError wanted = SslError.NONE;
    private int waitsForRoom;

    SteppedEnd(Ssl ssl, SocketChannel channel) throws IOException {
        this.ssl = ssl;
        this.channel = channel;
        channel.configureBlocking(false);
        key = channel.register(selector, 0);
        ssl.setFd(channel);
    }

    Ssl ssl() {
        return ssl;
    }

    /** How often a call wanted to write. */
    int waitsForRoom() {
        return waitsForRoom;
    }

    /**
     * Makes one call.
     *
     * @return what it wants, or NONE if it is done
     */
    SslError step(IntSupplier call) {
        if (wanted != SslError.NONE) {
            fail("a call that wanted " + wanted + " is made again without a select: that is how loops spin");
        }
        int r = call.getAsInt();
        SslError e = r >= 0 ? SslError.NONE : ssl.getError(r);
        if (e != SslError.NONE && e != SslError.WANT_READ && e != SslError.WANT_WRITE) {
            fail("it gave " + e + " in state " + ssl.stateStringLong(), ssl.failure());
        }
        wanted = e;
        waitsForRoom += e == SslError.WANT_WRITE ? 1 : 0;
        return e;
    }

    /** Waits for what the last call wanted. */
    void select() throws IOException {
        if (!select(PATIENCE_MILLIS)) {
            fail(wanted + " did not come true in " + PATIENCE_MILLIS + " ms, state " + ssl.stateStringLong());
        }
    }

    /** Waits a little for what the last call wanted; whether it is there. */
    boolean select(int millis) throws IOException {
        if (wanted == SslError.NONE) {
            return true;
        }
        key.interestOps(wanted == SslError.WANT_WRITE ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        boolean there = selector.select(millis) > 0;
        selector.selectedKeys().clear();
        if (there) {
            wanted = SslError.NONE;
        }
        return there;
    }

    /** Makes the same call until it is done, or what it wants does not come for a while: whether it is done. */
    boolean goOn(IntSupplier call, int millis) throws IOException {
        while (select(millis)) {
            if (step(call) == SslError.NONE) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        ssl.close();
        selector.close();
        channel.close();
    }
}
