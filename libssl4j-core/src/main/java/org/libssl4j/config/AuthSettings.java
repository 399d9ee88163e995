// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.List;

/** What either side says of the certificates it would take, and when a client shows its own. Immutable. */
public final class AuthSettings {
    /** What a context begins with. */
    public static final AuthSettings DEFAULT = new AuthSettings();

    private List<byte[]> authorities = List.of();
    private List<byte[]> clientAuthorities = List.of();
    private boolean namesSent = true;
    private boolean postHandshake;
    private boolean ownNeeded;

    private AuthSettings() {}

    private AuthSettings(AuthSettings o) {
        authorities = o.authorities;
        clientAuthorities = o.clientAuthorities;
        namesSent = o.namesSent;
        postHandshake = o.postHandshake;
        ownNeeded = o.ownNeeded;
    }

    /** Names of authorities in DER, for either role (SSL_CTX_set0_CA_list(3)). */
    public List<byte[]> authorities() {
        return authorities;
    }

    public AuthSettings withAuthorities(List<byte[]> names) {
        AuthSettings next = new AuthSettings(this);
        next.authorities = List.copyOf(names);
        return next;
    }

    /** Names of authorities in DER, for a server alone (SSL_CTX_set_client_CA_list(3)). */
    public List<byte[]> clientAuthorities() {
        return clientAuthorities;
    }

    public AuthSettings withClientAuthorities(List<byte[]> names) {
        AuthSettings next = new AuthSettings(this);
        next.clientAuthorities = List.copyOf(names);
        return next;
    }

    /** Whether names are sent at all (SSL_OP_DISABLE_TLSEXT_CA_NAMES). */
    public boolean namesSent() {
        return namesSent;
    }

    public AuthSettings withNamesSent(boolean s) {
        AuthSettings next = new AuthSettings(this);
        next.namesSent = s;
        return next;
    }

    /** Whether a client may be asked for its certificate after the handshake. */
    public boolean postHandshake() {
        return postHandshake;
    }

    public AuthSettings withPostHandshake(boolean p) {
        AuthSettings next = new AuthSettings(this);
        next.postHandshake = p;
        return next;
    }

    /** Whether a client that has certificates, but none that fits what the server asks for, ends the handshake. */
    public boolean ownNeeded() {
        return ownNeeded;
    }

    public AuthSettings withOwnNeeded(boolean o) {
        AuthSettings next = new AuthSettings(this);
        next.ownNeeded = o;
        return next;
    }

    /** The names that this role sends: a server's own list comes before the one for both. */
    public List<byte[]> sent(boolean client) {
        if (!namesSent) {
            return List.of();
        }
        return client || clientAuthorities.isEmpty() ? authorities : clientAuthorities;
    }
}
