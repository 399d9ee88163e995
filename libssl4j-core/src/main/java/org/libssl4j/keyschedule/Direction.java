// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

/** Which way keys work, as seen from our side. */
public enum Direction {
    READ,
    WRITE
}
