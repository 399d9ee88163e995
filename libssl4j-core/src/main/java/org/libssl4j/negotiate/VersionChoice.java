// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import org.libssl4j.config.Versions;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.SupportedVersions;

/** Which version is spoken (RFC 9846 §4.3.1 [8446 4.2.1], §4.2.3 [8446 4.1.3]). */
public final class VersionChoice {
    private VersionChoice() {}

    /** A server's choice: the newest that both have. */
    public static ProtocolVersion forServer(ClientHello hello, Versions ours) throws TlsException {
        SupportedVersions.Offer offer =
                hello.extensions().get(ExtensionType.SUPPORTED_VERSIONS, SupportedVersions.Offer::read);
        if (offer == null) {
            // RFC 9846 §4.3.1: without the extension a client speaks TLS 1.2 or older, whatever legacy_version says.
            int newest = Math.min(hello.legacyVersion(), ProtocolVersion.TLS1_2.code());
            for (ProtocolVersion v : ours.newestFirst()) {
                // RFC 5246 §E.1: it says its newest, and takes all below.
                if (v.code() <= newest) {
                    return v;
                }
            }
            throw refused(
                    "a ClientHello of version " + hex(hello.legacyVersion()) + " without supported_versions", ours);
        }
        ProtocolVersion best = null;
        for (int code : offer.versions()) {
            ProtocolVersion v = ProtocolVersion.of(code);
            if (v != null && ours.allows(v) && (best == null || v.compareTo(best) > 0)) {
                best = v;
            }
        }
        if (best == null) {
            throw refused("a ClientHello with none of our versions in supported_versions", ours);
        }
        return best;
    }

    /** What a server has chosen, if it is what a client of these versions may accept. */
    public static ProtocolVersion forClient(ServerHello hello, Versions ours) throws TlsException {
        SupportedVersions.Selected selected =
                hello.extensions().get(ExtensionType.SUPPORTED_VERSIONS, SupportedVersions.Selected::read);
        if (selected == null) {
            return older(hello, ours);
        }
        ProtocolVersion v = ProtocolVersion.of(selected.version());
        // RFC 9846 §4.3.1: the extension names TLS 1.3 or later, and a version that was offered.
        if (v == null || v.compareTo(ProtocolVersion.TLS1_3) < 0 || !ours.allows(v)) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_PROTOCOL_VERSION_NUMBER,
                    "supported_versions chose " + hex(selected.version()) + "; offered was " + ours);
        }
        // RFC 9846 §4.2.3 [8446 4.1.3]: legacy_version stays 0x0303.
        if (hello.legacyVersion() != ProtocolVersion.TLS1_2.code()) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_LEGACY_VERSION,
                    "legacy_version " + hex(hello.legacyVersion()) + "; 0x0303 allowed");
        }
        return v;
    }

    private static ProtocolVersion older(ServerHello hello, Versions ours) throws TlsException {
        ProtocolVersion v = ProtocolVersion.of(hello.legacyVersion());
        DowngradeRules.checkServerRandom(hello, ours);
        if (v == null || v.compareTo(ProtocolVersion.TLS1_2) > 0 || !ours.allows(v)) {
            throw refused(
                    "a ServerHello of version " + hex(hello.legacyVersion()) + " without supported_versions", ours);
        }
        return v;
    }

    private static TlsException refused(String what, Versions ours) {
        return new TlsException(
                AlertDescription.PROTOCOL_VERSION,
                Reason.UNSUPPORTED_PROTOCOL,
                what + "; allowed is " + ours.min().text() + " to " + ours.max().text());
    }

    private static String hex(int v) {
        return String.format("0x%04x", v);
    }
}
