// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.concurrent.atomic.AtomicLong;

/** How many handshakes a server has begun and finished since it started (SSL_CTX_sess_accept(3) and its like). Thread-safe. */
final class AcceptCounts {
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();

    void begun() {
        begun.incrementAndGet();
    }

    void finished() {
        finished.incrementAndGet();
    }

    /** The lines of OpenSSL's statistics that there is something to count for: there are no sessions to be cached or found. */
    String text() {
        return String.format(
                "%4d server accepts (SSL_accept())\n%4d server accepts that finished\n", begun.get(), finished.get());
    }
}
