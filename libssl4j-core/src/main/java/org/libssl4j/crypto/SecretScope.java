// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.util.ArrayList;
import java.util.List;

/** Owns secrets and other things to be closed, and closes all of them at once, whatever way the work ended. Not thread-safe. */
public final class SecretScope implements AutoCloseable {
    private final List<AutoCloseable> owned = new ArrayList<>();
    private boolean closed;

    /** Makes the scope own {@code s}; if the scope is closed already, {@code s} is closed at once. Closing something twice has to be harmless. */
    public <T extends AutoCloseable> T own(T s) {
        if (closed) {
            close(s);
        } else {
            owned.add(s);
        }
        return s;
    }

    /** Hands {@code s} to another owner. */
    public <T extends AutoCloseable> T release(T s) {
        owned.removeIf(o -> o == s);
        return s;
    }

    /** Closes all that is owned; later additions are closed at once. */
    @Override
    public void close() {
        closed = true;
        owned.forEach(SecretScope::close);
        owned.clear();
    }

    private static void close(AutoCloseable c) {
        try {
            c.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing a secret failed", e); // none of ours throws
        }
    }
}
