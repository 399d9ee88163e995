// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * A chain of certificates in TLS 1.2 and before (RFC 5246 §7.4.2).
 *
 * @param chain DER, the sender's own first; a client may send none
 */
public record Certificate12(List<byte[]> chain) {
    public Certificate12 {
        chain = List.copyOf(chain);
    }

    /** Reads the body. */
    public static Certificate12 read(WireReader in) throws DecodeException, TlsException {
        WireReader list = in.vector24();
        List<byte[]> chain = new ArrayList<>();
        while (list.hasMore()) {
            if (chain.size() == Certificate13.MAX_ENTRIES) {
                throw new TlsException(
                        AlertDescription.ILLEGAL_PARAMETER,
                        Reason.EXCESSIVE_MESSAGE_SIZE,
                        "certificate: more than " + Certificate13.MAX_ENTRIES + " entries; that many allowed");
            }
            chain.add(list.opaque24(1, 0xff_ffff, "certificate"));
        }
        return new Certificate12(chain);
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.CERTIFICATE, this::write);
    }

    private void write(WireWriter out) {
        int list = out.beginU24();
        for (byte[] der : chain) {
            out.opaque24(der);
        }
        out.endU24(list);
    }
}
