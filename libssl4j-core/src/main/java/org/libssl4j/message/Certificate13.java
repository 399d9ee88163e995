// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Place;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * A chain of certificates, or a raw public key, in TLS 1.3 (RFC 9846 §4.5.1 [8446 4.4.2]).
 *
 * @param context what the request had; empty from a server
 * @param entries the sender's own first; a client may send none
 */
public record Certificate13(byte[] context, List<Entry> entries) {
    /** More certificates than any chain needs; each costs memory beyond its bytes. */
    public static final int MAX_ENTRIES = 100;

    public Certificate13 {
        entries = List.copyOf(entries);
    }

    /**
     * One certificate and what goes with it.
     *
     * @param data DER of the certificate, or of a SubjectPublicKeyInfo
     */
    public record Entry(byte[] data, ExtensionBlock extensions) {}

    /** Reads the body. */
    public static Certificate13 read(WireReader in) throws DecodeException, TlsException {
        byte[] context = in.opaque8(0, 0xff, "certificate_request_context");
        WireReader list = in.vector24();
        List<Entry> entries = new ArrayList<>();
        while (list.hasMore()) {
            if (entries.size() == MAX_ENTRIES) {
                throw new TlsException(
                        AlertDescription.ILLEGAL_PARAMETER,
                        Reason.EXCESSIVE_MESSAGE_SIZE,
                        "certificate: more than " + MAX_ENTRIES + " entries; that many allowed");
            }
            byte[] data = list.opaque24(1, 0xff_ffff, "cert_data");
            entries.add(new Entry(data, ExtensionBlock.read(list, Place.CERTIFICATE)));
        }
        return new Certificate13(context, entries);
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.CERTIFICATE, this::write);
    }

    private void write(WireWriter out) {
        out.opaque8(context);
        int list = out.beginU24();
        for (Entry entry : entries) {
            out.opaque24(entry.data);
            entry.extensions.write(out);
        }
        out.endU24(list);
    }
}
