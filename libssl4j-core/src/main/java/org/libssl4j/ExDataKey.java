// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.Objects;

/**
 * Under which an {@link Ssl} or {@link SslCtx} keeps something for its user: the index of SSL_get_ex_new_index(3), with the type of what is kept. Two keys are never equal, whatever their names; a program keeps each of its own in a constant.
 *
 * @param <T> what is kept
 */
public final class ExDataKey<T> {
    private final String name;

    /**
     * A new key.
     *
     * @param name for people to read
     */
    public ExDataKey(String name) {
        this.name = Objects.requireNonNull(name);
    }

    @Override
    public String toString() {
        return "ExDataKey[" + name + "]";
    }
}
