// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

/** What a carrier has or lacks, by feature and never by protocol name. */
public record CarrierTraits(
        boolean changeCipherSpec,
        boolean endOfEarlyData,
        boolean keyUpdate,
        boolean legacySessionId,
        boolean cookies,
        boolean messageSequence) {
    /** TLS over a byte stream. */
    public static final CarrierTraits TLS = new CarrierTraits(true, true, true, true, false, false);
}
