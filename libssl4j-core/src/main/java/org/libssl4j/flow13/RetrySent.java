// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.security.MessageDigest;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.negotiate.GroupChoice;
import org.libssl4j.negotiate.PskChoice;
import org.libssl4j.negotiate.SecondHello;

/**
 * What a server said in its HelloRetryRequest, and to whom (RFC 9846 §4.2.4 [8446 4.1.4]).
 *
 * @param first what was made of the first ClientHello; null if another connection had that
 * @param fixed digest of what the second one has to have in common with it, where {@code first} is null
 * @param suite the cipher suite
 * @param group the group that will be used; null where a pre-shared key alone counts
 * @param shareAsked whether a share of it was asked for
 * @param cookie the cookie that it brought, or null
 */
record RetrySent(
        ServerChoice first, byte[] fixed, CipherSuite suite, NamedGroup group, boolean shareAsked, byte[] cookie) {
    /** Checks that {@code second}, in which {@code psk} was found or null, is the answer to it; returns the share that it brings, null where none is needed. */
    GroupChoice check(ClientHello second, Crypto crypto, PskChoice psk) throws TlsException {
        // RFC 9846 §4.3.10 [8446 4.2.10]: no early data with the answer to a HelloRetryRequest.
        if (second.extensions().has(ExtensionType.EARLY_DATA)) {
            throw illegal(Reason.BAD_EXTENSION, "a second ClientHello with early_data");
        }
        checkCookie(second.extensions().get(ExtensionType.COOKIE, Cookie::read));
        GroupChoice choice = group == null ? none(psk) : share(second);
        if (first != null) {
            SecondHello.check(first.hello(), second);
        } else {
            SecondHello.check(fixed, second, crypto);
        }
        return choice;
    }

    private GroupChoice share(ClientHello second) throws TlsException {
        return shareAsked ? GroupChoice.asAskedFor(second, group) : GroupChoice.asBefore(second, group);
    }

    // RFC 9846 §4.2.2 [8446 4.1.2]: keys that the suite suits stay, so the one that would do without an exchange does.
    private static GroupChoice none(PskChoice psk) throws TlsException {
        if (psk == null) {
            throw illegal(Reason.BAD_PSK, "a second ClientHello without the pre-shared key of the first");
        }
        return null;
    }

    private void checkCookie(Cookie brought) throws TlsException {
        // RFC 9846 §4.3.2 [8446 4.2.2]: the cookie comes back as it was, and none where there was none.
        boolean same = cookie == null || brought == null
                ? cookie == null && brought == null
                : MessageDigest.isEqual(cookie, brought.cookie());
        if (!same) {
            throw illegal(Reason.COOKIE_MISMATCH, "a second ClientHello with another cookie than was sent");
        }
    }

    private static TlsException illegal(Reason reason, String detail) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, reason, detail);
    }
}
