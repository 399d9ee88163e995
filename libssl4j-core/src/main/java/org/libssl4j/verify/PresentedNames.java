// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;

/**
 * The names and addresses that a certificate presents: dNSName and iPAddress of its subjectAltName (RFC 5280 §4.2.1.6).
 *
 * <p>Read from the extension itself: the JDK's reader gives up on the whole of it for one odd entry of a kind that does not matter here.
 *
 * @param dns as they stand there, byte for byte (ISO 8859-1), so that a NUL or a letter beyond ASCII is seen
 * @param addresses of whatever length
 */
record PresentedNames(List<String> dns, List<byte[]> addresses) {
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final PresentedNames NONE = new PresentedNames(List.of(), List.of());

    /** What this one presents; nothing if the extension is missing or no DER. */
    static PresentedNames of(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(SUBJECT_ALT_NAME);
        if (extension == null) {
            return NONE;
        }
        try {
            return read(new DerReader(extension).read(DerReader.OCTET_STRING).read(DerReader.SEQUENCE));
        } catch (DecodeException e) {
            return NONE;
        }
    }

    private static PresentedNames read(DerReader names) throws DecodeException {
        List<String> dns = new ArrayList<>();
        List<byte[]> addresses = new ArrayList<>();
        while (names.hasMore()) {
            switch (names.tag()) {
                case DNS_NAME -> dns.add(new String(names.bytes(DNS_NAME), StandardCharsets.ISO_8859_1));
                case IP_ADDRESS -> addresses.add(names.bytes(IP_ADDRESS));
                default -> names.skip();
            }
        }
        return new PresentedNames(dns, addresses);
    }
}
