// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.security.GeneralSecurityException;

/** Asks who uses the library for a certificate of ours in the middle of a handshake. What it gives stands in the connection's configuration afterwards. */
@FunctionalInterface
public interface CertificateSource {
    /** What came of it. */
    enum Answer {
        /** The configuration has what there is. */
        GIVEN,
        /** There is none. */
        NONE,
        /** Not yet: to be asked again. */
        LATER
    }

    /**
     * Asks.
     *
     * @throws GeneralSecurityException if what was given is no use
     */
    Answer ask() throws GeneralSecurityException;
}
