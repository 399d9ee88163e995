// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.util.List;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.message.ext.KeyShare;

/**
 * What a HelloRetryRequest wants of a client (RFC 9846 §4.2.4 [8446 4.1.4]).
 *
 * @param suite the cipher suite that the ServerHello will have
 * @param group the group of which it wants a share; null if it has what it needs
 * @param cookie what it wants back, or null
 */
public record RetryWish(int suite, NamedGroup group, Cookie cookie) {
    /** What it wants, if a client that has offered this may do so. */
    public static RetryWish forClient(ServerHello request, ClientOffer offer, List<NamedGroup> ours)
            throws TlsException {
        KeyShare.Retry retry = request.extensions().get(ExtensionType.KEY_SHARE, KeyShare.Retry::read);
        Cookie cookie = request.extensions().get(ExtensionType.COOKIE, Cookie::read);
        // RFC 9846 §4.2.4 [8446 4.1.4]: a request that changes nothing is an illegal_parameter.
        if (retry == null && cookie == null) {
            throw illegal(Reason.NO_CHANGE_FOLLOWING_HRR, "a HelloRetryRequest with neither key_share nor cookie");
        }
        return new RetryWish(request.cipherSuite(), retry == null ? null : group(retry.group(), offer, ours), cookie);
    }

    private static NamedGroup group(int code, ClientOffer offer, List<NamedGroup> ours) throws TlsException {
        NamedGroup group = NamedGroup.of(code);
        // RFC 9846 §4.3.8 [8446 4.2.8]: a group that supported_groups named, and that no share was sent of.
        if (group == null || !ours.contains(group)) {
            throw illegal(
                    Reason.BAD_KEY_SHARE,
                    String.format("a HelloRetryRequest for group 0x%04x, which was not offered", code));
        }
        if (offer.share(code) != null) {
            throw illegal(
                    Reason.BAD_KEY_SHARE,
                    "a HelloRetryRequest for " + group.ianaName() + ", of which a share was sent");
        }
        return group;
    }

    private static TlsException illegal(Reason reason, String detail) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, reason, detail);
    }
}
