// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.util.Arrays;
import java.util.List;
import org.libssl4j.config.SignatureList;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.SupportedGroups;
import org.libssl4j.session.SessionState;

/**
 * What a client has offered: the checks of the server's answers start from it.
 *
 * @param hello the ClientHello as it was sent, the second one after a HelloRetryRequest
 * @param shares the key exchanges whose shares stand in it; closed with the handshake
 * @param retriedSuite the suite that a HelloRetryRequest named; 0 before one
 * @param session of an older version than TLS 1.3, which an echo of the session id resumes; null for none
 * @param psks the sessions and external keys behind the identities of pre_shared_key, in their order; wiped with the handshake
 */
public record ClientOffer(
        ClientHello hello, List<Share> shares, int retriedSuite, SessionState session, List<SessionState> psks) {
    /** A key exchange that was begun. */
    public record Share(NamedGroup group, KeyExchange exchange) {}

    public ClientOffer {
        shares = List.copyOf(shares);
        psks = List.copyOf(psks);
    }

    /** An offer without pre-shared keys of TLS 1.3. */
    public ClientOffer(ClientHello hello, List<Share> shares, int retriedSuite, SessionState session) {
        this(hello, shares, retriedSuite, session, List.of());
    }

    /** An offer without anything to resume. */
    public ClientOffer(ClientHello hello, List<Share> shares, int retriedSuite) {
        this(hello, shares, retriedSuite, null);
    }

    /** This offer with pre-shared keys, which stand in this ClientHello. */
    public ClientOffer with(ClientHello whole, List<SessionState> keys) {
        return new ClientOffer(whole, shares, retriedSuite, session, keys);
    }

    /** Whether this answers a HelloRetryRequest. */
    public boolean retried() {
        return retriedSuite != 0;
    }

    /** The key_share extension with these. */
    public static KeyShare.Offer offer(List<Share> shares) {
        return new KeyShare.Offer(shares.stream()
                .map(s -> new KeyShare.Entry(s.group().code(), s.exchange().share()))
                .toList());
    }

    /** The key exchange of this group, or null if no share of it was sent. */
    public Share share(int group) {
        for (Share s : shares) {
            if (s.group().code() == group) {
                return s;
            }
        }
        return null;
    }

    /** Whether supported_groups has this group. */
    public boolean hasGroup(int group) throws TlsException {
        SupportedGroups groups = hello.extensions().get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read);
        return groups != null && CodePoints.contain(groups.groups(), group);
    }

    /** The schemes of signature_algorithms; none where it was not sent. */
    public SignatureList signatures() throws TlsException {
        SignatureAlgorithms sent =
                hello.extensions().get(ExtensionType.SIGNATURE_ALGORITHMS, SignatureAlgorithms::read);
        return new SignatureList(
                sent == null
                        ? List.of()
                        : Arrays.stream(sent.schemes())
                                .mapToObj(SignatureScheme::of)
                                .toList());
    }

    /** The extensions that were sent, by number. */
    public int[] extensionTypes() {
        return hello.extensions().types();
    }
}
