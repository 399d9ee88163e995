// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.iana.HandshakeType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The signature that proves possession of a certificate's key (RFC 9846 §4.5.2 [8446 4.4.3]; RFC 5246 §7.4.8).
 *
 * @param scheme the number of the signature scheme
 */
public record CertificateVerify(int scheme, byte[] signature) {

    /** Reads the body. */
    public static CertificateVerify read(WireReader in) throws DecodeException {
        return new CertificateVerify(in.u16(), in.opaque16(0, 0xffff, "signature"));
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.CERTIFICATE_VERIFY, this::write);
    }

    private void write(WireWriter out) {
        out.u16(scheme).opaque16(signature);
    }
}
