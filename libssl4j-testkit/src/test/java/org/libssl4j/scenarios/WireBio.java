// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.scenarios;

import java.io.IOException;
import java.util.Arrays;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.RetryReason;

/** The Bio of an end: what it reads has arrived because the scenario moved it, and what it writes lies there until the scenario moves it. */
final class WireBio extends Bio {
    /** What the Bio does instead of moving bytes. */
    enum Stall {
        FLOWS,
        READ,
        WRITE,
        CONNECT,
        ACCEPT,
        FAILS,
        FAILS_ONCE;

        static Stall named(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        }
    }

    /** Bytes in the order in which they came. */
    static final class Queue {
        private byte[] bytes = {};

        int length() {
            return bytes.length;
        }

        int at(int i) {
            return bytes[i] & 0xff;
        }

        void flip(int i) {
            bytes[i] ^= 1;
        }

        void append(byte[] more) {
            int before = bytes.length;
            bytes = Arrays.copyOf(bytes, before + more.length);
            System.arraycopy(more, 0, bytes, before, more.length);
        }

        byte[] take(int n) {
            if (n < 0 || n > bytes.length) {
                throw new IllegalArgumentException(n + " bytes cannot be moved, " + bytes.length + " are there");
            }
            byte[] taken = Arrays.copyOf(bytes, n);
            bytes = Arrays.copyOfRange(bytes, n, bytes.length);
            return taken;
        }

        byte[] copy() {
            return bytes.clone();
        }
    }

    final Queue arrived = new Queue();
    final Queue sent = new Queue();
    int room = -1; // bytes that may still be written; negative for no limit
    boolean ends; // after the bytes that arrived comes the end of the stream
    Stall reading = Stall.FLOWS;
    Stall writing = Stall.FLOWS;
    boolean wrote; // whether the call under way wrote
    private boolean metEnd;

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        clearRetry();
        metEnd = false;
        if (reading != Stall.FLOWS) {
            Stall s = reading;
            reading = after(s);
            return stalled(s);
        }
        if (arrived.length() == 0) {
            metEnd = ends;
            return ends ? 0 : retryRead();
        }
        byte[] taken = arrived.take(Math.min(len, arrived.length()));
        System.arraycopy(taken, 0, b, off, taken.length);
        return taken.length;
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        clearRetry();
        if (writing != Stall.FLOWS) {
            Stall s = writing;
            writing = after(s);
            return stalled(s);
        }
        if (room == 0) {
            return retryWrite();
        }
        int n = room < 0 ? len : Math.min(len, room);
        sent.append(Arrays.copyOfRange(b, off, off + n));
        if (room > 0) {
            room -= n;
        }
        wrote = true;
        return n;
    }

    private static Stall after(Stall s) {
        return s == Stall.FAILS_ONCE ? Stall.FLOWS : s;
    }

    private int stalled(Stall s) throws IOException {
        return switch (s) {
            case READ -> retryRead();
            case WRITE -> retryWrite();
            case CONNECT -> retrySpecial(RetryReason.CONNECT);
            case ACCEPT -> retrySpecial(RetryReason.ACCEPT);
            default -> throw new IOException("the scenario has the Bio fail");
        };
    }

    @Override
    public boolean readyToRead() {
        return true; // it never waits
    }

    @Override
    public boolean eof() {
        return metEnd;
    }
}
