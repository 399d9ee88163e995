// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

import java.security.cert.X509Certificate;
import java.util.List;

/** Has the last word on a peer's certificate (SSL_CTX_set_verify(3), SSL_set_retry_verify(3)). Called on the thread that drives the handshake, once for each time that thread comes by. */
@FunctionalInterface
public interface VerifyCb {
    /** What a callback says. */
    enum Answer {
        /** The peer is accepted, whatever verification said. */
        ACCEPT,
        /** The peer is refused, whatever verification said. */
        REJECT,
        /** Not yet: the handshake waits with WANT_RETRY_VERIFY and asks again. */
        LATER
    }

    /**
     * Judges.
     *
     * @param result what verification said
     * @param chain the peer's certificates as it sent them, its own first; empty if the JDK cannot parse that one. Another one that it cannot parse is left out
     * @return the answer; null counts as {@link Answer#REJECT}
     */
    Answer verify(VerifyResult result, List<X509Certificate> chain);
}
