// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.config.PskSettings;
import org.libssl4j.config.PskSource;
import org.libssl4j.crypto.Secret;
import org.libssl4j.handshake.Env;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.session.Lookup;
import org.libssl4j.session.SessionState;

/** Keys that the application has agreed on with the peer in its own way (RFC 9846 §4.3.11 [8446 4.2.11]). Who sets callbacks of old alone, which know no cipher suites, is asked by them, and the key is taken for SHA-256 (SSL_CTX_set_psk_client_callback(3)). */
final class ExternalPsk {
    private ExternalPsk() {}

    /** A client's; its ticket is the identity. */
    static Lookup ofClient(Env env) {
        PskSettings settings = env.config().psk();
        Lookup l = settings.use() == null ? Lookup.NONE : settings.use().get();
        if (l != Lookup.NONE || settings.client() == null) {
            return l;
        }
        PskSource.Answer a = settings.client().ask(null);
        return a == null || a.key() == null ? ofNobody(a) : of(env, a.identity(), a.key());
    }

    /** A server's for this identity. */
    static Lookup ofServer(Env env, byte[] identity) {
        PskSettings settings = env.config().psk();
        Lookup l = settings.find() == null ? Lookup.NONE : settings.find().apply(identity.clone());
        if (l != Lookup.NONE || settings.server() == null || identity.length > PskSettings.MAX_IDENTITY) {
            return l;
        }
        PskSource.Answer a = settings.server().ask(identity.clone());
        return a == null || a.key() == null ? ofNobody(a) : of(env, identity, a.key());
    }

    private static Lookup ofNobody(PskSource.Answer a) {
        return a == PskSource.Answer.LATER ? Lookup.LATER : Lookup.NONE;
    }

    /** The answer may serve once more in this handshake, in an older version or for another ClientHello. */
    private static Lookup of(Env env, byte[] identity, Secret key) {
        env.secrets().own(key);
        return Lookup.of(
                SessionState.builder(ProtocolVersion.TLS1_3, CipherSuite.TLS_AES_128_GCM_SHA256, key)
                        .ticket(identity, 0, 0)
                        .pskIdentity(identity)
                        .external()
                        .build(),
                false);
    }
}
