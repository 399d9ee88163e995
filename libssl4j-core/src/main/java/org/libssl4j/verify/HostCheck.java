// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.net.IDN;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.libssl4j.wire.IpLiteral;

/**
 * Whether a certificate bears a name (RFC 9525): subjectAltName alone, dNSName for names and iPAddress for addresses; the common name counts for nothing. No name is ever looked up.
 */
public final class HostCheck {
    private static final int MOST_IN_NAME = 253;
    private static final int MOST_IN_LABEL = 63;

    private HostCheck() {}

    /**
     * A reference name in the form in which it is compared and sent: A-labels in lower case, no trailing dot; an address as it is.
     *
     * @throws IllegalArgumentException for what can be neither
     */
    public static String toAscii(String name) {
        if (name == null) {
            throw new IllegalArgumentException("no host name and no IP address");
        }
        if (isIpAddress(name)) {
            return name;
        }
        String ascii = ascii(name);
        if (ascii == null) {
            throw new IllegalArgumentException("'" + name + "' is neither a host name nor an IP address");
        }
        return ascii;
    }

    /** Whether it is an IPv4 or IPv6 address in text form. */
    public static boolean isIpAddress(String name) {
        return IpLiteral.parse(name) != null;
    }

    /** Whether {@code certificate} bears one of these names or addresses. */
    public static boolean matches(X509Certificate certificate, List<String> references) {
        PresentedNames presented = PresentedNames.of(certificate);
        for (String reference : references) {
            byte[] address = IpLiteral.parse(reference);
            if (address != null ? hasAddress(presented, address) : hasName(presented, reference)) {
                return true;
            }
        }
        return false;
    }

    /** RFC 9525 §6.3: a presented name against a reference in the form of {@link #toAscii}. */
    static boolean nameMatches(String presented, String reference) {
        if (!presented.startsWith("*.")) {
            return isHostName(presented) && presented.equalsIgnoreCase(reference);
        }
        // RFC 9525 §6.3: a wildcard is the whole of the left-most label, there is no other, and it stands for exactly
        // one label.
        String parent = presented.substring(1);
        int dot = reference.indexOf('.');
        // "*.com" would cover what belongs to many: two labels have to follow, as OpenSSL asks.
        return dot > 0
                && isHostName(parent.substring(1))
                && parent.indexOf('.', 1) > 0
                && parent.equalsIgnoreCase(reference.substring(dot));
    }

    private static boolean hasName(PresentedNames presented, String reference) {
        String ascii = ascii(reference);
        if (ascii == null) {
            return false;
        }
        for (String name : presented.dns()) {
            if (nameMatches(name, ascii)) {
                return true;
            }
        }
        return false;
    }

    /** RFC 9525 §6.4: octet by octet; an IPv4 address is not the IPv6 address that maps it. */
    private static boolean hasAddress(PresentedNames presented, byte[] address) {
        for (byte[] a : presented.addresses()) {
            if (Arrays.equals(a, address)) {
                return true;
            }
        }
        return false;
    }

    /** A-labels in lower case, no trailing dot; null for what cannot be a host name. */
    private static String ascii(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (!isHostName(bare)) {
            try {
                // RFC 9525 §6.3: U-labels are compared as A-labels.
                bare = IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED);
            } catch (RuntimeException e) {
                return null; // IDN has more than the exception that it declares
            }
        }
        String lower = bare.toLowerCase(Locale.ROOT);
        return isHostName(lower) && lower.length() <= MOST_IN_NAME && !endsInNumber(lower) ? lower : null;
    }

    /** A name whose last label is a number is a mistyped address, which no resolver may take for a name. */
    private static boolean endsInNumber(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Labels of letters, digits, hyphens and, as names of hosts in the wild have them, underscores. */
    private static boolean isHostName(String name) {
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || name.charAt(i) == '.') {
                if (i == start || i - start > MOST_IN_LABEL) {
                    return false;
                }
                start = i + 1;
            } else if (!isLabelCharacter(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLabelCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
}
