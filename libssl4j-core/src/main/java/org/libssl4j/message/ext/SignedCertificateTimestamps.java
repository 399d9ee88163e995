// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * Proofs that a certificate stands in public logs, in the form beside a certificate (RFC 6962 §3.3; RFC 9846 §4.5.1.1 [8446 4.4.2.1]).
 *
 * @param timestamps the serialized timestamps
 */
public record SignedCertificateTimestamps(List<byte[]> timestamps) implements Extension {
    public SignedCertificateTimestamps {
        timestamps = List.copyOf(timestamps);
    }

    /** Reads the body. */
    public static SignedCertificateTimestamps read(WireReader in) throws DecodeException {
        WireReader list = in.vector16();
        List<byte[]> timestamps = new ArrayList<>();
        do {
            timestamps.add(list.opaque16(1, 0xffff, "SerializedSCT"));
        } while (list.hasMore());
        return new SignedCertificateTimestamps(timestamps);
    }

    @Override
    public int type() {
        return ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP.code();
    }

    @Override
    public void write(WireWriter out) {
        int list = out.beginU16();
        for (byte[] t : timestamps) {
            out.opaque16(t);
        }
        out.endU16(list);
    }

    /** The wish for them, in ClientHello and CertificateRequest, which is empty. */
    public record Request() implements Extension {
        /** Reads the body, of which there is none; the block refuses one. */
        public static Request read(WireReader in) {
            return new Request();
        }

        @Override
        public int type() {
            return ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP.code();
        }

        @Override
        public void write(WireWriter out) {}
    }
}
