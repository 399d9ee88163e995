// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

/** A buffer on its way between a stream's thread and the thread that owns the connection: {@code bytes} from {@code from} to {@code to}. One thread has it at a time. */
final class Block {
    static final int SIZE = 65_536;

    final byte[] bytes = new byte[SIZE];
    int from;
    int to;

    int length() {
        return to - from;
    }

    boolean isEmpty() {
        return from == to;
    }

    boolean isFull() {
        return to == SIZE;
    }

    void clear() {
        from = 0;
        to = 0;
    }
}
