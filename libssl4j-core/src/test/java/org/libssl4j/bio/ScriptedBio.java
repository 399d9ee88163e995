// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A source and sink that does what a test tells it, call by call; after the last told one it is to be tried again. */
final class ScriptedBio extends Bio {
    /** In place of bytes: the call is to be made again. */
    static final Object RETRY = "retry";

    /** In place of bytes: the stream is at its end. */
    static final Object END = "end";

    final ByteArrayOutputStream written = new ByteArrayOutputStream();
    final List<Integer> readSizes = new ArrayList<>();
    final List<Integer> writeSizes = new ArrayList<>();
    private final Deque<Object> reads = new ArrayDeque<>();
    private final Deque<Object> writes = new ArrayDeque<>();
    private final Deque<Object> flushes = new ArrayDeque<>();
    int flushed;
    int closed;
    int resets;
    IOException closeFailure;

    /** What reads give: strings, whose bytes may be taken by several reads, RETRY, END, or an exception. */
    ScriptedBio reads(Object... steps) {
        reads.addAll(List.of(steps));
        return this;
    }

    /** What writes do: an Integer, so many bytes are taken at most; RETRY, or an exception. */
    ScriptedBio writes(Object... steps) {
        writes.addAll(List.of(steps));
        return this;
    }

    /** What flushes do: RETRY or an exception. When there are no more they succeed. */
    ScriptedBio flushes(Object... steps) {
        flushes.addAll(List.of(steps));
        return this;
    }

    String text() {
        return written.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        clearRetry();
        readSizes.add(len);
        Object step = reads.poll();
        if (step == null || step == RETRY) {
            return retryRead();
        }
        if (step == END) {
            return 0;
        }
        fail(step);
        byte[] bytes = ((String) step).getBytes(StandardCharsets.ISO_8859_1);
        int n = Math.min(len, bytes.length);
        System.arraycopy(bytes, 0, b, off, n);
        if (n < bytes.length) {
            reads.push(((String) step).substring(n));
        }
        return n;
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        clearRetry();
        writeSizes.add(len);
        Object step = writes.poll();
        if (step == null || step == RETRY) {
            return retryWrite();
        }
        fail(step);
        int n = Math.min(len, (Integer) step);
        written.write(b, off, n);
        return n;
    }

    @Override
    public int flush() throws IOException {
        clearRetry();
        Object step = flushes.poll();
        if (step == RETRY) {
            return retryWrite();
        }
        if (step != null) {
            fail(step);
        }
        flushed++;
        return 1;
    }

    @Override
    public boolean eof() {
        return reads.peek() == END;
    }

    @Override
    public void reset() {
        resets++;
    }

    @Override
    public void close() throws IOException {
        closed++;
        if (closeFailure != null) {
            throw closeFailure;
        }
    }

    private static void fail(Object step) throws IOException {
        if (step instanceof IOException e) {
            throw e;
        }
        if (step instanceof RuntimeException e) {
            throw e;
        }
    }
}
