// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import java.nio.charset.StandardCharsets;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.record.RecordHeader;

/** Tells what the first bytes of a stream are that are no TLS record, so that a user who mixed up ports is told so (OpenSSL's reasons). */
final class ForeignProtocol {
    private static final String[] HTTP = {"GET ", "POST ", "HEAD ", "PUT "};

    private ForeignProtocol() {}

    /** The fault for five first bytes that are no record's header. */
    static TlsException of(byte[] b, int off) {
        String text = new String(b, off, RecordHeader.SIZE, StandardCharsets.ISO_8859_1);
        for (String method : HTTP) {
            if (text.startsWith(method)) {
                return fault(Reason.HTTP_REQUEST, "the peer speaks HTTP without TLS");
            }
        }
        if (text.equals("CONNE")) {
            return fault(Reason.HTTPS_PROXY_REQUEST, "the peer takes us for an HTTP proxy");
        }
        // RFC 9846 §E.5: an SSLv2 ClientHello need not be accepted: length with the top bit set, type 1, a version.
        if ((b[off] & 0x80) != 0 && b[off + 2] == 1) {
            return fault(Reason.WRONG_VERSION_NUMBER, "an SSLv2 ClientHello; TLS records are allowed");
        }
        return fault(Reason.WRONG_VERSION_NUMBER, "the peer does not speak TLS: its first bytes are no record");
    }

    private static TlsException fault(Reason reason, String detail) {
        return new TlsException(AlertDescription.PROTOCOL_VERSION, reason, detail);
    }
}
