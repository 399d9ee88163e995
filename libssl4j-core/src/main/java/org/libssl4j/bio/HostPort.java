// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.IOException;
import java.util.Map;

/**
 * A host and a service as one string has them (BIO_parse_hostserv(3)).
 *
 * @param host a name or an address without brackets; null if it is empty or "*", or not given
 * @param hostGiven whether there is a part for the host
 * @param port a number or the name of a service; null if it is empty or "*", or not given
 * @param portGiven whether there is a part for the port
 */
record HostPort(String host, boolean hostGiven, String port, boolean portGiven) {
    private static final int MOST = 65_535;

    // Java cannot ask the system for its services. These are what a program that speaks TLS, or the text before it,
    // may call (IANA's registry), and the ones that OpenSSL's manual once had in a table of its own.
    private static final Map<String, Integer> SERVICES = Map.ofEntries(
            Map.entry("ftp", 21),
            Map.entry("telnet", 23),
            Map.entry("smtp", 25),
            Map.entry("gopher", 70),
            Map.entry("http", 80),
            Map.entry("pop3", 110),
            Map.entry("imap", 143),
            Map.entry("ldap", 389),
            Map.entry("https", 443),
            Map.entry("ssl", 443),
            Map.entry("submissions", 465),
            Map.entry("submission", 587),
            Map.entry("ldaps", 636),
            Map.entry("domain-s", 853),
            Map.entry("ftps", 990),
            Map.entry("imaps", 993),
            Map.entry("pop3s", 995),
            Map.entry("socks", 1080));

    /**
     * Takes it apart.
     *
     * @param loneIsPort what a string without a colon is
     * @throws IllegalArgumentException if it has more than one colon outside of brackets, or brackets that do not match
     */
    static HostPort parse(String text, boolean loneIsPort) {
        String host;
        String rest;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0 || end + 1 < text.length() && text.charAt(end + 1) != ':') {
                throw new IllegalArgumentException("'" + text + "' has a '[' that no ']' with ':' or the end follows");
            }
            host = text.substring(1, end);
            rest = text.substring(end + 1);
        } else {
            int colon = text.indexOf(':');
            if (colon < 0 && loneIsPort) {
                return new HostPort(null, false, orNull(text), true);
            }
            host = colon < 0 ? text : text.substring(0, colon);
            rest = colon < 0 ? "" : text.substring(colon);
        }
        if (rest.lastIndexOf(':') > 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' has more than one colon; an IPv6 address stands in brackets");
        }
        String port = rest.isEmpty() ? null : orNull(rest.substring(1));
        if (port != null) {
            number(port);
        }
        return new HostPort(orNull(host), true, port, !rest.isEmpty());
    }

    private static String orNull(String part) {
        return part.isEmpty() || part.equals("*") ? null : part;
    }

    /**
     * The number of a port.
     *
     * @param port decimal, or the name of a service in lower case
     * @throws IllegalArgumentException if it is neither
     */
    static int number(String port) {
        Integer known = SERVICES.get(port);
        if (known != null) {
            return known;
        }
        boolean digits = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        int n = digits ? Integer.parseInt(port) : -1;
        if (n < 0 || n > MOST) {
            throw new IllegalArgumentException(
                    "'" + port + "' is neither a port from 0 to " + MOST + " nor a service that is known here");
        }
        return n;
    }

    /** For a Bio whose port may be missing. */
    static int numberOf(String port) throws IOException {
        if (port == null) {
            throw new IOException("no port was set");
        }
        return number(port);
    }
}
