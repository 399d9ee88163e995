// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.iana.HandshakeType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;

/** The signature that proves possession of a certificate's key, before TLS 1.2: the key alone says how it was made (RFC 4346 §7.4.8). */
public record LegacyCertificateVerify(byte[] signature) {

    /** Reads the body. */
    public static LegacyCertificateVerify read(WireReader in) throws DecodeException {
        return new LegacyCertificateVerify(in.opaque16(0, 0xffff, "signature"));
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.CERTIFICATE_VERIFY, out -> out.opaque16(signature));
    }
}
