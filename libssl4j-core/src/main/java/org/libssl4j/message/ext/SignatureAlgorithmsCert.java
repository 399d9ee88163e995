// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** The signature schemes that the sender can verify in certificates (RFC 9846 §4.3.3 [8446 4.2.3]). */
public record SignatureAlgorithmsCert(int[] schemes) implements Extension {
    /** Reads the body. */
    public static SignatureAlgorithmsCert read(WireReader in) throws DecodeException {
        return new SignatureAlgorithmsCert(in.vector16().u16List(1, "supported_signature_algorithms"));
    }

    @Override
    public int type() {
        return ExtensionType.SIGNATURE_ALGORITHMS_CERT.code();
    }

    @Override
    public void write(WireWriter out) {
        int mark = out.beginU16();
        out.u16List(schemes);
        out.endU16(mark);
    }
}
