// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** The algorithms by which the sender can take a compressed certificate (RFC 8879 §3). */
public record CompressCertificate(int[] algorithms) implements Extension {
    /** Reads the body. */
    public static CompressCertificate read(WireReader in) throws DecodeException {
        return new CompressCertificate(in.vector8().u16List(1, "algorithms"));
    }

    @Override
    public int type() {
        return ExtensionType.COMPRESS_CERTIFICATE.code();
    }

    @Override
    public void write(WireWriter out) {
        int mark = out.beginU8();
        out.u16List(algorithms);
        out.endU8(mark);
    }
}
