// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command that runs inside the test on a thread of its own, with streams of the test. */
final class Command {
    private static final long PATIENCE = 60; // seconds

    private final Captured out = new Captured();
    private final Captured err = new Captured();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    /** Bytes that may be looked at while they are written. */
    private static final class Captured extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] b, int off, int len) {
            super.write(b, off, len);
            notifyAll();
        }

        synchronized Matcher await(Pattern p, CompletableFuture<Integer> status) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
            while (true) {
                boolean over = status.isDone();
                Matcher m = p.matcher(toString(StandardCharsets.UTF_8));
                if (m.find()) {
                    return m;
                }
                if (over || System.nanoTime() > end) {
                    throw new AssertionError("no " + p + " in: " + this);
                }
                wait(50);
            }
        }
    }

    private Command() {}

    /** Starts one that has nothing to read. */
    static Command start(String... args) {
        return start(InputStream.nullInputStream(), args);
    }

    static Command start(InputStream in, String... args) {
        Command c = new Command();
        c.begin(in, c.out, args);
        return c;
    }

    /** Starts one whose output goes elsewhere. */
    static Command start(InputStream in, OutputStream out, String... args) {
        Command c = new Command();
        c.begin(in, out, args);
        return c;
    }

    private void begin(InputStream in, OutputStream to, String... args) {
        Terminal terminal = new Terminal(in, to, new PrintStream(err, true, StandardCharsets.UTF_8));
        Thread t = new Thread(() -> status.complete(Main.run(args, terminal)), args.length == 0 ? "none" : args[0]);
        t.setDaemon(true);
        t.setUncaughtExceptionHandler((thread, e) -> status.completeExceptionally(e));
        t.start();
    }

    int status() throws Exception {
        return status.get(PATIENCE, TimeUnit.SECONDS);
    }

    /** Waits for the end, which has to be a good one. */
    Command succeeded() throws Exception {
        assertEquals(0, status(), () -> "exit status; on the stream for errors: " + err());
        return this;
    }

    /** Waits for the end, which has to be a failure with one line that says why. */
    String complaint() throws Exception {
        assertEquals(1, status(), "exit status");
        assertEquals(1, err().lines().count(), () -> "lines on the stream for errors: " + err());
        return err().strip();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    void awaitOut(String text) throws InterruptedException {
        out.await(Pattern.compile(Pattern.quote(text)), status);
    }

    /** Where a server listens, once it does. */
    String address() throws InterruptedException {
        return out.await(Pattern.compile("(?m)^ACCEPT (\\S+:\\d+)$"), status).group(1);
    }

    /** The same for one whose output is data alone. */
    String quietAddress() throws InterruptedException {
        return err.await(Pattern.compile("(?m)^ACCEPT (\\S+:\\d+)$"), status).group(1);
    }
}
