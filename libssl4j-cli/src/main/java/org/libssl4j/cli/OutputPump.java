// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Selector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes to a stream on a thread of its own, so that a reader who takes his time does not keep us from sending: with two programs that each send before they read, that would be the end. A few blocks go round; where none is left, nothing more is taken from the connection.
 */
final class OutputPump {
    private static final int BLOCKS = 4;

    private final OutputStream out;
    private final BlockingQueue<Block> empty = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final Block end = new Block();
    private final Thread thread = new Thread(this::run, "output");
    private volatile Selector selector;
    private volatile IOException failure;

    OutputPump(OutputStream out) {
        this.out = out;
        for (int i = 0; i < BLOCKS; i++) {
            empty.add(new Block());
        }
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void wakes(Selector s) {
        selector = s;
    }

    /** A block to be filled and {@link #put}; null if there is none for now. */
    Block poll() throws Failure {
        check();
        return empty.poll();
    }

    void put(Block b) {
        full.add(b);
    }

    /** Waits until all is written, and ends the thread. */
    void finish() throws Failure {
        full.add(end);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
        check();
    }

    private void check() throws Failure {
        if (failure != null) {
            throw new Failure("standard output: " + Failure.text(failure), failure);
        }
    }

    private void run() {
        try {
            for (Block b = full.take(); b != end; b = full.take()) {
                write(b);
                b.clear();
                empty.add(b);
                Selector s = selector;
                if (s != null) {
                    s.wakeup();
                }
            }
        } catch (InterruptedException e) {
            failure = new IOException("interrupted", e);
        }
    }

    /** After a failure the blocks still go round, so that who fills them comes by and sees it. */
    private void write(Block b) {
        if (failure != null) {
            return;
        }
        try {
            out.write(b.bytes, b.from, b.length());
            out.flush();
        } catch (IOException e) {
            failure = e;
        }
    }
}
