// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.crypto;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.libssl4j.fault.TlsException;

/** Values that were computed once, by what they were computed from. None is forgotten while the tests run, and none is made of a fault. Thread-safe. */
final class Kept<V> {
    private final Map<List<Object>, V> values = new HashMap<>();

    /** What computes a value. */
    @FunctionalInterface
    interface Computation<V> {
        V compute() throws TlsException;
    }

    synchronized V get(List<Object> from, Computation<V> computation) throws TlsException {
        V v = values.get(from);
        if (v == null) {
            v = computation.compute();
            values.put(from, v);
        }
        return v;
    }
}
