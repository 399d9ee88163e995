// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.util.Arrays;

/** A kind of input, and how long each of many took. Not thread-safe. */
final class Kind {
    /** What an attacker may learn from its time. */
    enum Claim {
        /** What others are compared with. */
        REFERENCE,
        /** Nothing: it should take as long as the reference. */
        EQUAL,
        /** What everybody knows: its time may be another one. */
        PUBLIC
    }

    /** Makes a trial; {@code variant} counts up, so that inputs may differ in what does not matter. */
    interface Maker {
        Trial trial(int variant) throws Exception;
    }

    private final String name;
    private final Claim claim;
    private final Maker maker;
    private long[] nanos = {};
    private int count;
    private int variant;

    Kind(String name, Claim claim, Maker maker) {
        this.name = name;
        this.claim = claim;
        this.maker = maker;
    }

    String name() {
        return name;
    }

    Claim claim() {
        return claim;
    }

    /** Makes room for so many times, and forgets those it has. */
    void expect(int samples) {
        nanos = new long[samples];
        count = 0;
    }

    Trial next() throws Exception {
        return maker.trial(variant++);
    }

    void add(long time) {
        nanos[count++] = time;
    }

    /** How many were taken. */
    int count() {
        return count;
    }

    /** One of them, in the order in which they were taken. */
    long time(int n) {
        return nanos[n];
    }

    /** All times, in order of size. */
    Sample sample() {
        return Sample.of(Arrays.copyOf(nanos, count));
    }
}
