// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SessionSettings;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.Secret;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.session.SessionState;

/** What goes over from a connection into its session, and from a session into the connection that resumes it: the same things, so they stand side by side. */
public final class SessionParameters {
    private SessionParameters() {}

    /**
     * A session of what this connection has agreed on, without id and ticket.
     *
     * @param secret the master secret, or the pre-shared key of a ticket; stays the caller's
     */
    public static SessionState.Builder of(Env env, Secret secret) {
        HandshakeConfig config = env.config();
        SessionSettings settings = config.sessions();
        Negotiated n = env.negotiated();
        return SessionState.builder(n.version(), n.suite(), secret)
                .idContext(settings.idContext())
                .created(config.clock().instant(), settings.timeout())
                .peer(n.peerChain().stream().map(EncodedCertificate::der).toList(), n.verifyResult())
                .serverName(env.role() == Role.CLIENT ? config.extensions().serverName() : n.serverName())
                .alpn(n.alpn())
                .maxFragment(n.maxFragment())
                .extendedMasterSecret(n.extendedMasterSecret())
                .group(n.group() == null ? 0 : n.group().code())
                .pskIdentity(n.pskIdentity())
                .pskIdentityHint(n.pskIdentityHint());
    }

    /** This connection resumes {@code s}: who the peer is was found out when the session was made. */
    public static void restore(Env env, SessionState s) {
        Negotiated n = env.negotiated();
        n.resume();
        n.peerChain(s.peerChain().stream().map(env.crypto()::certificate).toList());
        n.verifyResult(s.verifyResult());
        if (s.version() != ProtocolVersion.TLS1_3) {
            n.group(NamedGroup.of(s.group())); // in TLS 1.3 there is an exchange of its own
        }
        if (s.pskIdentity() != null) {
            n.pskIdentity(s.pskIdentity());
        }
    }
}
