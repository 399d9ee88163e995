// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The protocols that may run above TLS: the client's list, the server's choice (RFC 7301 §3.1).
 *
 * @param protocols the names; each char is one byte, so any name survives
 */
public record Alpn(List<String> protocols) implements Extension {
    public Alpn {
        protocols = List.copyOf(protocols);
        for (String p : protocols) {
            if (p.isEmpty() || p.length() > 0xff || p.chars().anyMatch(c -> c > 0xff)) {
                throw new IllegalArgumentException("not a protocol name of 1 to 255 bytes, one char each");
            }
        }
    }

    /** Reads either form. */
    public static Alpn read(WireReader in) throws DecodeException {
        WireReader list = in.vector16();
        List<String> protocols = new ArrayList<>();
        do {
            // RFC 7301 §3.1: at least one name, and none of them empty.
            protocols.add(new String(list.opaque8(1, 0xff, "ProtocolName"), StandardCharsets.ISO_8859_1));
        } while (list.hasMore());
        return new Alpn(protocols);
    }

    /** The server's choice. */
    public String single() throws TlsException {
        // RFC 7301 §3.1: a server answers with one name.
        if (protocols.size() != 1) {
            throw new TlsException(
                    AlertDescription.DECODE_ERROR,
                    Reason.BAD_EXTENSION,
                    "application_layer_protocol_negotiation: an answer of " + protocols.size() + " names; 1 allowed");
        }
        return protocols.get(0);
    }

    @Override
    public int type() {
        return ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION.code();
    }

    @Override
    public void write(WireWriter out) {
        int list = out.beginU16();
        for (String p : protocols) {
            out.opaque8(p.getBytes(StandardCharsets.ISO_8859_1));
        }
        out.endU16(list);
    }
}
