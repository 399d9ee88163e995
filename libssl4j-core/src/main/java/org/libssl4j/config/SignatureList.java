// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.List;
import org.libssl4j.iana.SignatureScheme;

/** The signature schemes that we accept, and use, in order of preference. */
public record SignatureList(List<SignatureScheme> schemes) {
    public SignatureList {
        schemes = List.copyOf(schemes);
    }

    public boolean has(int code) {
        for (SignatureScheme s : schemes) {
            if (s.code() == code) {
                return true;
            }
        }
        return false;
    }

    public int[] codes() {
        return schemes.stream().mapToInt(SignatureScheme::code).toArray();
    }
}
