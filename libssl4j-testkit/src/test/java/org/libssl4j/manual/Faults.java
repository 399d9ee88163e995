// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;

/** What a call that did not succeed has to have left behind. */
final class Faults {
    private Faults() {}

    /** It failed by a fault of this reason. */
    static void assertSsl(Reason reason, int ret, Ssl ssl) {
        assertEquals(-1, ret);
        assertEquals(SslError.SSL, ssl.getError(ret), () -> String.valueOf(ssl.failure()));
        assertEquals(reason, assertInstanceOf(TlsException.class, ssl.failure()).reason());
    }

    /** It waits, and for this. */
    static void assertWaits(SslError what, int ret, Ssl ssl) {
        assertEquals(-1, ret, () -> String.valueOf(ssl.failure()));
        assertEquals(what, ssl.getError(ret), () -> String.valueOf(ssl.failure()));
    }

    /** The peer has closed its side. */
    static void assertClosed(int ret, Ssl ssl) {
        assertEquals(0, ret, () -> String.valueOf(ssl.failure()));
        assertEquals(SslError.ZERO_RETURN, ssl.getError(ret));
    }
}
