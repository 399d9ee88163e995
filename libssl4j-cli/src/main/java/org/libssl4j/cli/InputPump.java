// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Selector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads a stream on a thread of its own, as a stream can only be waited for by blocking, and hands its bytes over in a few blocks that go round: memory is bounded, and a stream that is faster than the connection waits. After each block the selector is woken.
 */
final class InputPump {
    private static final int BLOCKS = 4;

    private final InputStream in;
    private final BlockingQueue<Block> empty = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS);
    private volatile Selector selector; // whom to wake; null while nobody waits
    private volatile boolean ended;
    private boolean started;

    InputPump(InputStream in) {
        this.in = in;
        for (int i = 0; i < BLOCKS; i++) {
            empty.add(new Block());
        }
    }

    /** Begins to read, at the first call. */
    void start() {
        if (started) {
            return;
        }
        started = true;
        Thread t = new Thread(this::run, "input");
        t.setDaemon(true); // a read from a terminal cannot be called off
        t.start();
    }

    void wakes(Selector s) {
        selector = s;
    }

    /** The next block, to be given back by {@link #recycle}; null if there is none for now. */
    Block poll() {
        return full.poll();
    }

    void recycle(Block b) {
        b.clear();
        empty.add(b);
    }

    /** Whether the stream has ended and all of it was taken. */
    boolean atEnd() {
        return ended && full.isEmpty(); // in this order: no block is added after the end
    }

    private void run() {
        try {
            while (true) {
                Block b = empty.take();
                b.to = in.read(b.bytes, 0, Block.SIZE);
                if (b.to < 0) {
                    break;
                }
                full.add(b);
                wake();
            }
        } catch (IOException | InterruptedException e) {
            // a stream that cannot be read any further has ended
        } finally {
            ended = true;
            wake();
        }
    }

    private void wake() {
        Selector s = selector;
        if (s != null) {
            s.wakeup();
        }
    }
}
