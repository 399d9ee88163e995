// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import org.libssl4j.iana.ProtocolVersion;

/** The versions that may be spoken, from {@code min} to {@code max}. */
public record Versions(ProtocolVersion min, ProtocolVersion max) {
    public boolean allows(ProtocolVersion v) {
        return v.compareTo(min) >= 0 && v.compareTo(max) <= 0;
    }
}
