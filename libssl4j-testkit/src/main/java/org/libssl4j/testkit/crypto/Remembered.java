// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.crypto;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Values that were computed once, the last thousand of them. Thread-safe. */
final class Remembered<V> {
    private static final int MOST = 1000;

    private final Map<String, V> values = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST;
        }
    };

    synchronized V get(String key, Supplier<V> compute) {
        V v = values.get(key);
        if (v == null) {
            v = compute.get();
            values.put(key, v);
        }
        return v;
    }
}
