// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import org.libssl4j.config.GroupList;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.SupportedGroups;

/**
 * Which group a server uses (RFC 9846 §4.2.1 [8446 4.1.1], §4.3.7, §4.3.8).
 *
 * @param share the client's share of it; null if there is none, so that a HelloRetryRequest has to ask for one
 */
public record GroupChoice(NamedGroup group, KeyShare.Entry share) {
    /** The first of our groups that the client sent a share of; failing that, the first that it knows. */
    public static GroupChoice forServer(ClientHello hello, GroupList ours) throws TlsException {
        SupportedGroups known = hello.extensions().get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read);
        KeyShare.Offer offer = hello.extensions().get(ExtensionType.KEY_SHARE, KeyShare.Offer::read);
        // RFC 9846 §9.2: without a PSK both have to be there.
        require(known != null, "supported_groups");
        require(offer != null, "key_share");
        for (KeyShare.Entry e : offer.entries()) {
            // RFC 9846 §4.3.8 [8446 4.2.8]: a share has to be of a group that supported_groups names.
            if (!CodePoints.contain(known.groups(), e.group())) {
                throw new TlsException(
                        AlertDescription.ILLEGAL_PARAMETER,
                        Reason.BAD_KEY_SHARE,
                        String.format("a key share of group 0x%04x, which supported_groups does not name", e.group()));
            }
        }
        for (NamedGroup g : ours.groups()) {
            for (KeyShare.Entry e : offer.entries()) {
                if (e.group() == g.code()) {
                    return new GroupChoice(g, e);
                }
            }
        }
        for (NamedGroup g : ours.groups()) {
            if (CodePoints.contain(known.groups(), g.code())) {
                return new GroupChoice(g, null);
            }
        }
        throw new TlsException(
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.NO_SUITABLE_KEY_SHARE,
                "a ClientHello with " + known.groups().length + " groups, none of " + ours.groups());
    }

    private static void require(boolean present, String extension) throws TlsException {
        if (!present) {
            throw new TlsException(
                    AlertDescription.MISSING_EXTENSION,
                    Reason.MISSING_SUPPORTED_GROUPS_EXTENSION,
                    "a ClientHello without " + extension);
        }
    }
}
