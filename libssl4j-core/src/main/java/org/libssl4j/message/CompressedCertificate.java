// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.iana.HandshakeType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * A Certificate message in compressed form (RFC 8879 §4).
 *
 * @param algorithm the number of the algorithm
 * @param uncompressedLength what {@code data} has to grow to; to be bounded before anything grows
 */
public record CompressedCertificate(int algorithm, int uncompressedLength, byte[] data) {

    /** Reads the body. */
    public static CompressedCertificate read(WireReader in) throws DecodeException {
        return new CompressedCertificate(
                in.u16(), in.u24(), in.opaque24(1, 0xff_ffff, "compressed_certificate_message"));
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.COMPRESSED_CERTIFICATE, this::write);
    }

    private void write(WireWriter out) {
        out.u16(algorithm).u24(uncompressedLength).opaque24(data);
    }
}
