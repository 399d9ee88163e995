// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.List;
import org.libssl4j.spi.AlpnSelectCb;

/** What goes into, and is made of, extensions. Immutable. */
public final class ExtensionSettings {
    /** What a context begins with. */
    public static final ExtensionSettings DEFAULT = new ExtensionSettings();

    private String serverName;
    private List<String> alpn = List.of();
    private AlpnSelectCb alpnSelect;
    private boolean middleboxCompat = true;
    private boolean padding;

    private ExtensionSettings() {}

    private ExtensionSettings(ExtensionSettings o) {
        serverName = o.serverName;
        alpn = o.alpn;
        alpnSelect = o.alpnSelect;
        middleboxCompat = o.middleboxCompat;
        padding = o.padding;
    }

    /** The name a client sends (RFC 6066 §3), or null. */
    public String serverName() {
        return serverName;
    }

    public ExtensionSettings withServerName(String s) {
        ExtensionSettings next = new ExtensionSettings(this);
        next.serverName = s;
        return next;
    }

    /** The protocols a client offers (RFC 7301), in order. */
    public List<String> alpn() {
        return alpn;
    }

    public ExtensionSettings withAlpn(List<String> a) {
        ExtensionSettings next = new ExtensionSettings(this);
        next.alpn = List.copyOf(a);
        return next;
    }

    /** A server's choice, or null to ignore the extension. */
    public AlpnSelectCb alpnSelect() {
        return alpnSelect;
    }

    public ExtensionSettings with(AlpnSelectCb a) {
        ExtensionSettings next = new ExtensionSettings(this);
        next.alpnSelect = a;
        return next;
    }

    /** Whether we show the signs of a resumed TLS 1.2 session that some middleboxes want (RFC 9846 §E.4). */
    public boolean middleboxCompat() {
        return middleboxCompat;
    }

    public ExtensionSettings withMiddleboxCompat(boolean m) {
        ExtensionSettings next = new ExtensionSettings(this);
        next.middleboxCompat = m;
        return next;
    }

    /** Whether a ClientHello of a length that some servers stumble over is padded (RFC 7685). */
    public boolean padding() {
        return padding;
    }

    public ExtensionSettings withPadding(boolean p) {
        ExtensionSettings next = new ExtensionSettings(this);
        next.padding = p;
        return next;
    }
}
