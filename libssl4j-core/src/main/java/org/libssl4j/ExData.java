// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What users keep with an object, by keys. Not thread-safe. */
final class ExData {
    private Map<ExDataKey<?>, Object> kept; // most connections keep nothing

    <T> void set(ExDataKey<T> key, T value) {
        Objects.requireNonNull(key);
        if (kept == null) {
            kept = new HashMap<>(4);
        }
        if (value == null) {
            kept.remove(key);
        } else {
            kept.put(key, value);
        }
    }

    @SuppressWarnings("unchecked") // only set() puts something in, and it has the type of the key
    <T> T get(ExDataKey<T> key) {
        Objects.requireNonNull(key);
        return kept == null ? null : (T) kept.get(key);
    }
}
