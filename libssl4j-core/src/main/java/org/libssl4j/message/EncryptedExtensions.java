// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Place;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** The server's extensions that need no clear text (RFC 9846 §4.4.1 [8446 4.3.1]). */
public record EncryptedExtensions(ExtensionBlock extensions) {

    /** Reads the body. */
    public static EncryptedExtensions read(WireReader in) throws DecodeException, TlsException {
        return new EncryptedExtensions(ExtensionBlock.read(in, Place.ENCRYPTED_EXTENSIONS));
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.ENCRYPTED_EXTENSIONS, this::write);
    }

    private void write(WireWriter out) {
        extensions.write(out);
    }
}
