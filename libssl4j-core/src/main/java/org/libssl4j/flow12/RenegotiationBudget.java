// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often a peer may begin another handshake on the same connection: each costs us a key exchange and mostly a signature, and whoever asks next to nothing (CVE-2011-1473). Not thread-safe. */
final class RenegotiationBudget {
    /** In a row; who renews keys by the clock or by the gigabyte stays far below. */
    static final int MOST = 10;

    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Deque<Instant> spent = new ArrayDeque<>(MOST);

    /** Whether one more may begin, which is counted then. */
    boolean spend(Instant now) {
        if (spent.size() == MOST) {
            // A clock that was set back gives nothing away.
            if (Duration.between(spent.peekFirst(), now).compareTo(WINDOW) < 0) {
                return false;
            }
            spent.removeFirst();
        }
        spent.addLast(now);
        return true;
    }
}
