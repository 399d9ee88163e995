// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

/** Keys of one epoch and direction in the form in which a version's key schedule has them. */
public sealed interface Keys extends AutoCloseable permits TrafficSecret, KeyBlock.Half {
    @Override
    void close();
}
