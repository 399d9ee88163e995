// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.util.Arrays;
import java.util.List;
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
    /**
     * The choice, as OpenSSL makes it since 3.5: our tuples in their order, and of the first that has a group in common with the client one that a share came of; failing that, one that it merely knows.
     *
     * @param serverPreference whether within a tuple our order counts, and not the client's
     */
    public static GroupChoice forServer(ClientHello hello, GroupList ours, boolean serverPreference)
            throws TlsException {
        int[] known = supportedGroups(hello);
        KeyShare.Offer offer = keyShares(hello, known);
        int[] shared = offer.entries().stream().mapToInt(KeyShare.Entry::group).toArray();
        for (List<NamedGroup> tuple : ours.tuples()) {
            NamedGroup g = first(tuple, shared, serverPreference);
            if (g != null) {
                return new GroupChoice(g, offer.of(g.code()));
            }
            g = first(tuple, known, serverPreference);
            if (g != null) {
                return new GroupChoice(g, null);
            }
        }
        throw new TlsException(
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.NO_SUITABLE_KEY_SHARE,
                "a ClientHello with " + known.length + " groups, none of " + ours.groups());
    }

    /** Whether the client has a share, and a group in common with us: without them a pre-shared key may count alone. */
    public static boolean possible(ClientHello hello, GroupList ours) throws TlsException {
        SupportedGroups known = hello.extensions().get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read);
        return known != null
                && hello.extensions().has(ExtensionType.KEY_SHARE)
                && ours.groups().stream().anyMatch(g -> CodePoints.contain(known.groups(), g.code()));
    }

    /** What the answer to a HelloRetryRequest for {@code group} brings. */
    public static GroupChoice asAskedFor(ClientHello hello, NamedGroup group) throws TlsException {
        KeyShare.Offer offer = keyShares(hello, supportedGroups(hello));
        KeyShare.Entry share = offer.of(group.code());
        // RFC 9846 §4.2.2 [8446 4.1.2]: the share that was asked for, and no other.
        if (share == null || offer.entries().size() != 1) {
            throw bad("a second ClientHello with " + offer.entries().size() + " shares; the one of " + group.ianaName()
                    + " that was asked for is allowed");
        }
        return new GroupChoice(group, share);
    }

    /** A share of the same group once more, where a HelloRetryRequest asked for none. */
    public static GroupChoice asBefore(ClientHello hello, NamedGroup group) throws TlsException {
        KeyShare.Entry share = keyShares(hello, supportedGroups(hello)).of(group.code());
        // RFC 9846 §4.2.2 [8446 4.1.2]: shares stay if none was asked for.
        if (share == null) {
            throw bad("a second ClientHello without the share of " + group.ianaName() + " that the first one had");
        }
        return new GroupChoice(group, share);
    }

    private static NamedGroup first(List<NamedGroup> tuple, int[] theirs, boolean serverPreference) {
        if (serverPreference) {
            return tuple.stream()
                    .filter(g -> CodePoints.contain(theirs, g.code()))
                    .findFirst()
                    .orElse(null);
        }
        for (int code : theirs) {
            for (NamedGroup g : tuple) {
                if (g.code() == code) {
                    return g;
                }
            }
        }
        return null;
    }

    private static int[] supportedGroups(ClientHello hello) throws TlsException {
        SupportedGroups known = hello.extensions().get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read);
        require(known != null, "supported_groups");
        return known.groups();
    }

    private static KeyShare.Offer keyShares(ClientHello hello, int[] known) throws TlsException {
        KeyShare.Offer offer = hello.extensions().get(ExtensionType.KEY_SHARE, KeyShare.Offer::read);
        require(offer != null, "key_share");
        int[] sorted = known.clone(); // a client can send thousands of each
        Arrays.sort(sorted);
        for (KeyShare.Entry e : offer.entries()) {
            // RFC 9846 §4.3.8 [8446 4.2.8]: a share has to be of a group that supported_groups names.
            if (Arrays.binarySearch(sorted, e.group()) < 0) {
                throw bad(
                        String.format("a key share of group 0x%04x, which supported_groups does not name", e.group()));
            }
        }
        return offer;
    }

    // RFC 9846 §9.2: without a PSK both have to be there.
    private static void require(boolean present, String extension) throws TlsException {
        if (!present) {
            throw new TlsException(
                    AlertDescription.MISSING_EXTENSION,
                    Reason.MISSING_SUPPORTED_GROUPS_EXTENSION,
                    "a ClientHello without " + extension);
        }
    }

    private static TlsException bad(String detail) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_SHARE, detail);
    }
}
