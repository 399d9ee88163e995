// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SessionSettings;
import org.libssl4j.config.Versions;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.negotiate.DowngradeRules;
import org.libssl4j.negotiate.ResumptionRules12;
import org.libssl4j.session.SessionState;

/** Puts together what a client offers, in one ClientHello for all versions that it would speak (RFC 9846 §4.2.2 [8446 4.1.2], RFC 5246 §7.4.1.2). */
public final class BuildClientHello implements State {
    private final Next<ClientOffer> next;

    public BuildClientHello(Next<ClientOffer> next) {
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.BEFORE;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        Env env = hs.env();
        HandshakeConfig config = env.config();
        Crypto crypto = env.crypto();
        Versions versions = config.versions().withoutHoles();
        int legacyVersion = legacyVersion(versions);
        boolean tls13 = versions.allows(ProtocolVersion.TLS1_3);
        List<CipherSuite> suites = suites(config, versions, crypto);

        byte[] random = new byte[32];
        crypto.random(random);
        env.negotiated().clientRandom(random);
        env.negotiated().clientVersion(legacyVersion);
        SessionState session = ResumptionRules12.toOffer(config, versions, suites, crypto);
        // RFC 9846 §E.4: a session id of 32 bytes makes it look like a resumption to middleboxes of old.
        boolean compat =
                tls13 && hs.traits().legacySessionId() && config.extensions().middleboxCompat();

        List<ClientOffer.Share> shares = tls13 ? shares(env, config.groups().keyShares()) : List.of();
        ClientHello hello = new ClientHello(
                legacyVersion,
                random,
                sessionId(session, compat, crypto),
                codes(suites, config.legacy().fallback()),
                new byte[] {0},
                new OfferedExtensions(config, versions, suites, session).block(shares));
        return next.then(
                hs,
                new ClientOffer(
                        config.extensions().padding() ? ClientHelloPadding.pad(hello) : hello, shares, 0, session));
    }

    /** RFC 9846 §4.2.2 [8446 4.1.2]: what an older server has given has its place here. RFC 5077 §3.4: beside a ticket stands an id by which its acceptance shows; without one it is made up. */
    private static byte[] sessionId(SessionState session, boolean compat, Crypto crypto) {
        if (session != null && session.id().length > 0) {
            return session.id();
        }
        byte[] madeUp = new byte[session != null || compat ? SessionSettings.MAX_ID : 0];
        crypto.random(madeUp);
        return madeUp;
    }

    private static int legacyVersion(Versions versions) throws TlsException {
        List<ProtocolVersion> offered = versions.newestFirst();
        if (offered.isEmpty()) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR, Reason.NO_PROTOCOLS_AVAILABLE, "no version to offer: " + versions);
        }
        // RFC 9846 §4.2.2 [8446 4.1.2]: newer versions than TLS 1.2 show in supported_versions alone.
        return Math.min(offered.get(0).code(), ProtocolVersion.TLS1_2.code());
    }

    /** In the order of the configuration, those that something here can compute. */
    private static List<CipherSuite> suites(HandshakeConfig config, Versions versions, Crypto crypto)
            throws TlsException {
        List<ProtocolVersion> offered = versions.newestFirst();
        List<CipherSuite> suites = config.usableSuites().stream()
                .filter(s -> offered.stream().anyMatch(s::fits))
                .filter(s -> s.aead() == null ? crypto.supports(s.cbc()) : crypto.supports(s.aead()))
                .filter(s -> !s.keyExchange().preShared() || config.psk().client() != null)
                .toList();
        if (suites.isEmpty()) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.NO_CIPHERS_AVAILABLE,
                    "no cipher suite to offer with " + versions);
        }
        return suites;
    }

    // RFC 7507 §4: the signal of a client that tries again with an older version stands among the suites.
    private static int[] codes(List<CipherSuite> suites, boolean fallback) {
        return IntStream.concat(
                        suites.stream().mapToInt(CipherSuite::code),
                        fallback ? IntStream.of(DowngradeRules.FALLBACK_SCSV) : IntStream.empty())
                .toArray();
    }

    /** A key pair for each group, but a hybrid lends the one of its classical half where that has a share of its own. */
    private static List<ClientOffer.Share> shares(Env env, List<NamedGroup> groups) {
        Map<NamedGroup, KeyExchange> started = new EnumMap<>(NamedGroup.class);
        groups.stream()
                .sorted(Comparator.comparingInt(NamedGroup::clientShareLength).reversed()) // the whole before its part
                .forEach(g -> started.put(
                        g,
                        started.values().stream()
                                .map(e -> e.part(g))
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElseGet(() -> env.secrets()
                                        .own(env.crypto().keyExchange(g).start()))));
        return groups.stream()
                .map(g -> new ClientOffer.Share(g, started.get(g)))
                .toList();
    }
}
