// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

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
 * The wish for a certificate's status, and the OCSP response that fulfils it (RFC 6066 §8; RFC 9846 §4.5.1.1 [8446 4.4.2.1]). This is the client's form.
 *
 * @param statusType the kind of status; 1 is OCSP
 * @param responderIds whose responses would do; empty: anyone's
 * @param requestExtensions DER of the OCSP request's extensions; for a kind that we do not know, the whole request
 */
public record StatusRequest(int statusType, List<byte[]> responderIds, byte[] requestExtensions) implements Extension {
    /** The number of OCSP. */
    public static final int OCSP = 1;

    /** The wish for an OCSP response, from whomever. */
    public static final StatusRequest ANY_OCSP = new StatusRequest(OCSP, List.of(), new byte[0]);

    public StatusRequest {
        responderIds = List.copyOf(responderIds);
    }

    /** Reads the client's form. A kind that we do not know is no fault; it is not answered. */
    public static StatusRequest read(WireReader in) throws DecodeException {
        int statusType = in.u8();
        if (statusType != OCSP) {
            return new StatusRequest(statusType, List.of(), in.rest());
        }
        WireReader list = in.vector16();
        List<byte[]> responderIds = new ArrayList<>();
        while (list.hasMore()) {
            responderIds.add(list.opaque16(1, 0xffff, "ResponderID"));
        }
        return new StatusRequest(statusType, responderIds, in.opaque16(0, 0xffff, "request_extensions"));
    }

    @Override
    public int type() {
        return ExtensionType.STATUS_REQUEST.code();
    }

    @Override
    public void write(WireWriter out) {
        out.u8(statusType);
        if (statusType != OCSP) {
            out.bytes(requestExtensions);
            return;
        }
        int list = out.beginU16();
        for (byte[] id : responderIds) {
            out.opaque16(id);
        }
        out.endU16(list);
        out.opaque16(requestExtensions);
    }

    /** The form in CertificateRequest, and in TLS 1.2's ServerHello, which is empty. */
    public record Empty() implements Extension {
        /** Reads the body, of which there is none; the block refuses one. */
        public static Empty read(WireReader in) {
            return new Empty();
        }

        @Override
        public int type() {
            return ExtensionType.STATUS_REQUEST.code();
        }

        @Override
        public void write(WireWriter out) {}
    }

    /**
     * The form beside a certificate: a CertificateStatus.
     *
     * @param ocspResponse DER of the response
     */
    public record Response(byte[] ocspResponse) implements Extension {
        /** Reads the body. */
        public static Response read(WireReader in) throws DecodeException, TlsException {
            int statusType = in.u8();
            // RFC 6066 §8: the answer is of the kind that was asked for, and we ask for OCSP.
            if (statusType != OCSP) {
                throw new TlsException(
                        AlertDescription.DECODE_ERROR,
                        Reason.UNSUPPORTED_STATUS_TYPE,
                        "status_request: status_type " + statusType + "; " + OCSP + " allowed");
            }
            return new Response(in.opaque24(1, 0xff_ffff, "OCSPResponse"));
        }

        @Override
        public int type() {
            return ExtensionType.STATUS_REQUEST.code();
        }

        @Override
        public void write(WireWriter out) {
            out.u8(OCSP).opaque24(ocspResponse);
        }
    }
}
