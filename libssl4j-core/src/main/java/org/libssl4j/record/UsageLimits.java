// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

/** How many records a key has sealed, and how many it may (RFC 9846 §5.5). Only for sealing: a receiver is told not to enforce the limit. Not thread-safe. */
public final class UsageLimits {
    private final long limit;
    private final long warning;
    private long used;

    /** @param limit how many records one key may seal */
    UsageLimits(long limit) {
        this.limit = limit;
        this.warning = limit - Math.max(1, limit / 8); // the KeyUpdate itself is a record
    }

    void count() {
        used++;
    }

    /** Whether it is time for the next key: seven eighths are used, so that a KeyUpdate finds room. */
    public boolean near() {
        return used >= warning;
    }

    /** Whether nothing may be sealed any more. */
    public boolean reached() {
        return used >= limit;
    }
}
