// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Place;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The server's wish for the client's certificate, in TLS 1.3 (RFC 9846 §4.4.2 [8446 4.3.2]).
 *
 * @param context what the answer has to repeat; empty during the handshake
 */
public record CertificateRequest13(byte[] context, ExtensionBlock extensions) {

    /** Reads the body. */
    public static CertificateRequest13 read(WireReader in) throws DecodeException, TlsException {
        byte[] context = in.opaque8(0, 0xff, "certificate_request_context");
        return new CertificateRequest13(context, ExtensionBlock.read(in, Place.CERTIFICATE_REQUEST));
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.CERTIFICATE_REQUEST, this::write);
    }

    private void write(WireWriter out) {
        out.opaque8(context);
        extensions.write(out);
    }
}
