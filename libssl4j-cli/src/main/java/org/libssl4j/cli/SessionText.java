// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.HexFormat;
import org.libssl4j.SslSession;

/** A session in words, laid out as OpenSSL does (SSL_SESSION_print(3)). */
final class SessionText {
    private static final int ROW = 16;

    private SessionText() {}

    /** @param withSecret whether the secret is there, too: who has the text reads what is said then */
    static String of(SslSession s, boolean withSecret) {
        boolean tls13 = s.getVersion().equals("TLSv1.3");
        StringBuilder t = new StringBuilder("SSL-Session:\n");
        t.append("    Protocol  : ").append(s.getVersion());
        t.append("\n    Cipher    : ").append(s.getCipherName());
        t.append("\n    Session-ID: ").append(hex(s.getId()));
        t.append("\n    Session-ID-ctx: ").append(hex(s.getIdContext()));
        if (withSecret) {
            t.append(tls13 ? "\n    Resumption PSK: " : "\n    Master-Key: ").append(hex(s.getMasterKey()));
        }
        t.append("\n    PSK identity: ").append(text(s.getPskIdentity()));
        t.append("\n    PSK identity hint: ").append(text(s.getPskIdentityHint()));
        t.append("\n    SRP username: None");
        if (s.getTicketLifetimeHint() > 0) {
            t.append("\n    TLS session ticket lifetime hint: ")
                    .append(s.getTicketLifetimeHint())
                    .append(" (seconds)");
        }
        if (s.hasTicket()) {
            t.append("\n    TLS session ticket:\n");
            dump(t, s.getTicket());
        }
        t.append("\n    Start Time: ").append(s.getTime().getEpochSecond());
        t.append("\n    Timeout   : ").append(s.getTimeout()).append(" (sec)");
        t.append("\n    Verify return code: ").append(s.getVerifyResult().code());
        t.append(" (").append(s.getVerifyResult().text()).append(")");
        t.append("\n    Extended master secret: ").append(s.getExtmsSupport() ? "yes" : "no");
        if (tls13) {
            t.append("\n    Max Early Data: ").append(s.getMaxEarlyData());
        }
        return t.append('\n').toString();
    }

    private static String hex(byte[] b) {
        return HexFormat.of().withUpperCase().formatHex(b);
    }

    private static String text(byte[] name) {
        return name == null ? "None" : PskOptions.text(name);
    }

    private static void dump(StringBuilder t, byte[] b) {
        for (int row = 0; row < b.length; row += ROW) {
            t.append(String.format("    %04x - ", row));
            StringBuilder characters = new StringBuilder();
            for (int i = row; i < row + ROW; i++) {
                if (i < b.length) {
                    t.append(String.format("%02x", b[i])).append(i == row + 7 ? '-' : ' ');
                    characters.append(b[i] >= ' ' && b[i] <= '~' ? (char) b[i] : '.');
                } else {
                    t.append("   ");
                }
            }
            t.append("  ").append(characters).append('\n');
        }
    }
}
