// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import org.libssl4j.spi.VerifyResult;

/**
 * Certificates and what has to be said of them.
 *
 * @param what the case in words
 * @param sameAsOpenssl whether OpenSSL says so, too
 */
record Case(String what, Judged judged, VerifyResult expected, boolean sameAsOpenssl) {
    Case(String what, Judged judged, VerifyResult expected) {
        this(what, judged, expected, true);
    }

    /** This is where we do otherwise than OpenSSL. */
    Case unlikeOpenssl() {
        return new Case(what, judged, expected, false);
    }

    @Override
    public String toString() {
        return what;
    }
}
