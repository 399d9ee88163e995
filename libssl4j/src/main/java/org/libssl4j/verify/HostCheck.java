// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package org.libssl4j.verify;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Whether a certificate bears a name (RFC 9525): subjectAltName alone, dNSName for names and iPAddress for addresses. */
public final class HostCheck {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private HostCheck() {}

    /**
     * A reference name in the form in which it is compared and sent: A-labels, no trailing dot; an address as it is.
     *
     * @throws IllegalArgumentException for what can be neither
     */
    public static String toAscii(String name) {
        if (isIpAddress(name)) {
            return name;
        }
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String ascii = IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        if (ascii.isEmpty() || ascii.length() > 253 || !isHostName(ascii)) {
            throw new IllegalArgumentException("'" + name + "' is neither a host name nor an IP address");
        }
        return ascii;
    }

    /** Whether it is an IPv4 or IPv6 address in text form. */
    public static boolean isIpAddress(String name) {
        return address(name) != null;
    }

    /** Whether {@code certificate} bears one of these names. */
    public static boolean matches(X509Certificate certificate, List<String> references) {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return false;
        }
        if (names == null) {
            return false;
        }
        for (String reference : references) {
            byte[] address = address(reference);
            for (List<?> name : names) {
                int kind = (Integer) name.get(0);
                if (address != null && kind == IP_ADDRESS && Arrays.equals(address, address((String) name.get(1)))
                        || address == null && kind == DNS_NAME && nameMatches((String) name.get(1), reference)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** RFC 9525 §6.3: labels are compared without regard to case; a "*" stands for one label, whole and left-most. */
    static boolean nameMatches(String presented, String reference) {
        String p = presented.toLowerCase(Locale.ROOT);
        String r = reference.toLowerCase(Locale.ROOT);
        r = r.endsWith(".") ? r.substring(0, r.length() - 1) : r;
        if (p.startsWith("*.")) {
            int dot = r.indexOf('.');
            String rest = p.substring(1);
            return dot > 0 && rest.indexOf('.', 1) > 0 && isHostName(rest.substring(1)) && r.substring(dot).equals(rest);
        }
        return isHostName(p) && p.equals(r);
    }

    private static boolean isHostName(String s) {
        for (String label : s.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > 63) {
                return false;
            }
            for (int i = 0; i < label.length(); i++) {
                char c = label.charAt(i);
                if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The bytes of an address in text form, or null; no name is ever looked up. */
    private static byte[] address(String s) {
        boolean v6 = s.indexOf(':') >= 0 && s.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0);
        boolean v4 = s.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        if (!v6 && !v4) {
            return null;
        }
        try {
            return InetAddress.getByName(s).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
