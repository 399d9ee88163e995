// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.net.InetSocketAddress;

/**
 * A host and a port as OpenSSL's options have them: {@code host:port}, {@code [v6]:port}, {@code port} or {@code host}.
 *
 * @param host name or address without brackets; null if there is none
 * @param port 0 to 65535
 */
record Endpoint(String host, int port) {
    /** OpenSSL's port where none is given. */
    static final int DEFAULT_PORT = 4433;

    /** Reads what a client connects to: a text without a colon is a host. */
    static Endpoint ofPeer(String text) throws Failure {
        int colon = portColon(text);
        return colon < 0
                ? new Endpoint(bare(text), DEFAULT_PORT)
                : new Endpoint(hostBefore(text, colon), port(text.substring(colon + 1)));
    }

    /** Reads where a server listens: a text without a colon is a port. */
    static Endpoint ofListener(String text) throws Failure {
        int colon = portColon(text);
        return colon < 0
                ? new Endpoint(null, port(text))
                : new Endpoint(hostBefore(text, colon), port(text.substring(colon + 1)));
    }

    static int port(String text) throws Failure {
        try {
            int p = Integer.parseInt(text);
            if (p >= 0 && p <= 65_535) {
                return p;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Failure("'" + text + "' is no port: a number from 0 to 65535 is wanted");
    }

    private static String hostBefore(String text, int colon) {
        String host = bare(text.substring(0, colon));
        return host.isEmpty() || host.equals("*") ? null : host;
    }

    /** The last colon, unless it stands inside of brackets. */
    private static int portColon(String text) {
        int colon = text.lastIndexOf(':');
        return colon < text.lastIndexOf(']') ? -1 : colon;
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    static String text(InetSocketAddress a) {
        String host = a.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + a.getPort();
    }

    @Override
    public String toString() {
        String h = host == null ? "*" : host;
        return (h.indexOf(':') < 0 ? h : "[" + h + "]") + ":" + port;
    }
}
