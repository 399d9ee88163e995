// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.util.function.Supplier;

/** A value that is found out at its first use and kept; later uses cost one volatile read. Thread-safe. */
final class FirstUse<T> {
    private T value;
    private volatile Supplier<T> supplier; // null once the value stands; read before it, written after it

    FirstUse(Supplier<T> supplier) {
        this.supplier = supplier;
    }

    T get() {
        if (supplier != null) {
            supply();
        }
        return value;
    }

    private synchronized void supply() {
        if (supplier != null) {
            value = supplier.get();
            supplier = null;
        }
    }
}
