// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/** What is known about an object, for as long as somebody else keeps the object. Objects are the same if they are identical; their equals and hashCode are not called. Thread-safe. */
final class WeakIdentityMap<K, V> {
    private final ConcurrentHashMap<Identity<K>, V> map = new ConcurrentHashMap<>();
    private final ReferenceQueue<K> gone = new ReferenceQueue<>();

    V get(K key) {
        return map.get(new Identity<>(key, null));
    }

    /** @param value must not refer to {@code key}, which would be kept for ever */
    void put(K key, V value) {
        for (Reference<? extends K> r = gone.poll(); r != null; r = gone.poll()) {
            map.remove(r);
        }
        map.put(new Identity<>(key, gone), value);
    }

    private static final class Identity<K> extends WeakReference<K> {
        private final int hash;

        Identity(K key, ReferenceQueue<K> queue) {
            super(key, queue);
            this.hash = System.identityHashCode(key);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object o) {
            return this == o || o instanceof Identity<?> other && get() != null && get() == other.get();
        }
    }
}
