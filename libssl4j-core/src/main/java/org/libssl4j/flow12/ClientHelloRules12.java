// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.EcPointFormats;
import org.libssl4j.message.ext.EncryptThenMac;
import org.libssl4j.message.ext.ExtendedMasterSecret;
import org.libssl4j.message.ext.Place;

/** What a ClientHello has to keep to where TLS 1.2 or before is spoken (RFC 5246 §7.4.1.2, RFC 8422 §5.1.2). */
final class ClientHelloRules12 {
    private ClientHelloRules12() {}

    static void check(ClientHello hello) throws TlsException {
        hello.extensions().check(Place.CLIENT_HELLO);
        // RFC 5246 §7.4.1.2: every client offers to leave records uncompressed.
        if (!contains(hello.compressionMethods(), (byte) 0)) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.NO_COMPRESSION_SPECIFIED,
                    "a ClientHello with " + hello.compressionMethods().length
                            + " compression methods; the null one has to be among them");
        }
        EcPointFormats formats = hello.extensions().get(ExtensionType.EC_POINT_FORMATS, EcPointFormats::read);
        // RFC 8422 §5.1.2: who names formats names the uncompressed one.
        if (formats != null && !contains(formats.formats(), EcPointFormats.UNCOMPRESSED)) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.TLS_INVALID_ECPOINTFORMAT_LIST,
                    "a ClientHello whose ec_point_formats lack uncompressed");
        }
        hello.extensions().get(ExtensionType.EXTENDED_MASTER_SECRET, ExtendedMasterSecret::read);
        hello.extensions().get(ExtensionType.ENCRYPT_THEN_MAC, EncryptThenMac::read);
    }

    private static boolean contains(byte[] list, byte value) {
        for (byte b : list) {
            if (b == value) {
                return true;
            }
        }
        return false;
    }
}
