// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/** All that a handshake is configured with, as one immutable snapshot: a setter of the faces makes a new one, and a connection keeps the one it began with. */
public final class HandshakeConfig {
    private Versions versions;
    private SecurityLevel level = SecurityLevel.DEFAULT;
    private CipherList ciphers;
    private GroupList groups;
    private SignatureList signatures;
    private SignatureList clientSignatures;
    private SignatureList certificateSignatures;
    private AuthSettings auth = AuthSettings.DEFAULT;
    private Credentials credentials = Credentials.NONE;
    private Verification verification = Verification.DEFAULT;
    private ExtensionSettings extensions = ExtensionSettings.DEFAULT;
    private Limits limits = Limits.DEFAULT;
    private RecordSettings records = RecordSettings.DEFAULT;
    private LegacySettings legacy = LegacySettings.DEFAULT;
    private PskSettings psk = PskSettings.NONE;
    private SessionSettings sessions = SessionSettings.NONE;
    private Callbacks callbacks = Callbacks.NONE;
    private HelloCallbacks hello = HelloCallbacks.NONE;
    private StatelessCookies cookies;
    private Executor offload;
    private Clock clock = Clock.systemUTC();

    /** With the defaults for all else. */
    public HandshakeConfig(Versions versions, CipherList ciphers, GroupList groups, SignatureList signatures) {
        this.versions = versions;
        this.ciphers = ciphers;
        this.groups = groups;
        this.signatures = signatures;
    }

    private HandshakeConfig(HandshakeConfig o) {
        versions = o.versions;
        level = o.level;
        ciphers = o.ciphers;
        groups = o.groups;
        signatures = o.signatures;
        clientSignatures = o.clientSignatures;
        certificateSignatures = o.certificateSignatures;
        auth = o.auth;
        credentials = o.credentials;
        verification = o.verification;
        extensions = o.extensions;
        limits = o.limits;
        records = o.records;
        legacy = o.legacy;
        psk = o.psk;
        sessions = o.sessions;
        callbacks = o.callbacks;
        hello = o.hello;
        cookies = o.cookies;
        offload = o.offload;
        clock = o.clock;
    }

    /** Which versions may be spoken: those that were set, without what the security level forbids. */
    public Versions versions() {
        return versions.at(level);
    }

    /** Which versions were set. */
    public Versions ownVersions() {
        return versions;
    }

    public HandshakeConfig with(Versions v) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.versions = v;
        return next;
    }

    /** How weak anything may be. */
    public SecurityLevel level() {
        return level;
    }

    public HandshakeConfig with(SecurityLevel l) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.level = l;
        return next;
    }

    /** The cipher suites that may be used, in order of preference: of those that were set what fits a version that may be spoken and the security level allows. Those of TLS 1.3 come first; those that need a pre-shared key are left out if there is nobody to ask for one. */
    public List<CipherSuite> usableSuites() {
        List<ProtocolVersion> spoken = versions().newestFirst();
        return ciphers.all().stream()
                .filter(s -> level.allows(s) && spoken.stream().anyMatch(s::fits))
                .filter(s -> psk.any() || !s.keyExchange().preShared())
                .toList();
    }

    /** The cipher suites as they were set. */
    public CipherList ciphers() {
        return ciphers;
    }

    public HandshakeConfig with(CipherList c) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.ciphers = c;
        return next;
    }

    /** The groups for the key exchange that the security level allows. */
    public GroupList groups() {
        return groups.at(level);
    }

    public HandshakeConfig with(GroupList g) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.groups = g;
        return next;
    }

    /** Sets the signature schemes of servers, and of clients where no others are set for them. */
    public HandshakeConfig with(SignatureList s) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.signatures = s;
        return next;
    }

    /** Sets the signature schemes of clients. */
    public HandshakeConfig withClientSignatures(SignatureList s) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.clientSignatures = s;
        return next;
    }

    /** The schemes that a peer may have signed its handshake with: what this role sends in signature_algorithms. */
    public SignatureList acceptedSignatures(boolean client) {
        return ownSignatures(!client);
    }

    /** The schemes that we sign with, of those that the security level allows. */
    public SignatureList ownSignatures(boolean client) {
        return (client && clientSignatures != null ? clientSignatures : signatures).at(level);
    }

    /** What signature_algorithms_cert says; null to send none, so that signature_algorithms is for certificates as well. */
    public SignatureList certificateSignatures() {
        return certificateSignatures == null ? null : certificateSignatures.at(level);
    }

    public HandshakeConfig withCertificateSignatures(SignatureList s) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.certificateSignatures = s;
        return next;
    }

    /** Names of authorities, and when a client shows its certificate. */
    public AuthSettings auth() {
        return auth;
    }

    public HandshakeConfig with(AuthSettings a) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.auth = a;
        return next;
    }

    /** Who we are. */
    public Credentials credentials() {
        return credentials;
    }

    public HandshakeConfig with(Credentials c) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.credentials = c;
        return next;
    }

    /** How the peer is judged. */
    public Verification verification() {
        return verification;
    }

    public HandshakeConfig with(Verification v) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.verification = v;
        return next;
    }

    /** What goes into extensions. */
    public ExtensionSettings extensions() {
        return extensions;
    }

    public HandshakeConfig with(ExtensionSettings e) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.extensions = e;
        return next;
    }

    /** Bounds on what a peer may make us keep. */
    public Limits limits() {
        return limits;
    }

    public HandshakeConfig with(Limits l) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.limits = l;
        return next;
    }

    /** How records are made. */
    public RecordSettings records() {
        return records;
    }

    public HandshakeConfig with(RecordSettings r) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.records = r;
        return next;
    }

    /** What is set of TLS 1.2 and before alone. */
    public LegacySettings legacy() {
        return legacy;
    }

    public HandshakeConfig with(LegacySettings l) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.legacy = l;
        return next;
    }

    /** Where pre-shared keys come from. */
    public PskSettings psk() {
        return psk;
    }

    public HandshakeConfig with(PskSettings p) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.psk = p;
        return next;
    }

    /** How sessions are resumed. */
    public SessionSettings sessions() {
        return sessions;
    }

    public HandshakeConfig with(SessionSettings s) {
        if (s == sessions) {
            return this;
        }
        HandshakeConfig next = new HandshakeConfig(this);
        next.sessions = s;
        return next;
    }

    /** Who looks on. */
    public Callbacks callbacks() {
        return callbacks;
    }

    public HandshakeConfig with(Callbacks c) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.callbacks = c;
        return next;
    }

    /** Makes and judges the cookies of a server that keeps no state before it has one back; null for one that asks for none. */
    public StatelessCookies cookies() {
        return cookies;
    }

    public HandshakeConfig with(StatelessCookies c) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.cookies = c;
        return next;
    }

    /** Whom a server asks about a ClientHello. */
    public HelloCallbacks hello() {
        return hello;
    }

    public HandshakeConfig with(HelloCallbacks h) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.hello = h;
        return next;
    }

    /** Does signatures and key agreements; null to do them on the thread that drives the handshake. */
    public Executor offload() {
        return offload;
    }

    public HandshakeConfig with(Executor o) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.offload = o;
        return next;
    }

    /** Tells the time, to all that asks for it. */
    public Clock clock() {
        return clock;
    }

    public HandshakeConfig with(Clock c) {
        HandshakeConfig next = new HandshakeConfig(this);
        next.clock = c;
        return next;
    }
}
