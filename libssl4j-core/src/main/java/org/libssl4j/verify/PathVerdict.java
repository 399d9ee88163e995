// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.security.cert.X509Certificate;
import java.util.List;
import org.libssl4j.spi.VerifyResult;

/**
 * What is to be said of a peer's certificates.
 *
 * @param path those of the path that holds, from the peer's own to the anchor; empty if none does
 */
public record PathVerdict(VerifyResult result, List<X509Certificate> path) {
    static PathVerdict fault(VerifyResult why) {
        return new PathVerdict(why, List.of());
    }
}
