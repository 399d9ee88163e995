// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/**
 * Early data that a server refused: nobody has its keys, so its records are dropped until one can be opened (RFC 9846 §4.3.10 [8446 4.2.10]). Not thread-safe.
 */
final class RefusedEarlyData {
    private boolean expected;
    private int left;

    /** Records may come that cannot be opened, with this many bytes in all. */
    void expect(int limit) {
        expected = true;
        left = limit;
    }

    boolean expected() {
        return expected;
    }

    /** What came belongs to the handshake: no early data follows. */
    void over() {
        expected = false;
    }

    /** A record of {@code content} bytes is dropped. */
    void drop(int content) throws TlsException {
        left -= content;
        // RFC 9846 §4.3.10: up to a limit; OpenSSL has a reason for more than that.
        if (left < 0) {
            throw new TlsException(
                    AlertDescription.UNEXPECTED_MESSAGE,
                    Reason.TOO_MUCH_EARLY_DATA,
                    "more early data than is dropped, by " + -left + " bytes");
        }
    }
}
