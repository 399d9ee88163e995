// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.libssl4j.config.ExtensionSettings;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.config.SignatureList;
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
import org.libssl4j.iana.PskMode;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.CertificateAuthorities;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.MaxFragmentLength;
import org.libssl4j.message.ext.PostHandshakeAuth;
import org.libssl4j.message.ext.PskKeyExchangeModes;
import org.libssl4j.message.ext.RecordSizeLimit;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.SignatureAlgorithmsCert;
import org.libssl4j.message.ext.SupportedGroups;
import org.libssl4j.message.ext.SupportedVersions;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.spi.FragmentLength;

/** Puts together what a client offers (RFC 9846 §4.2.2 [8446 4.1.2]). */
final class BuildClientHello implements State {
    private final ClientFlow13 flow;

    BuildClientHello(ClientFlow13 flow) {
        this.flow = flow;
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
        byte[] random = new byte[32];
        crypto.random(random);
        env.negotiated().clientRandom(random);
        env.negotiated().clientVersion(ProtocolVersion.TLS1_2.code());
        // RFC 9846 §E.4: a session id of 32 bytes makes it look like a resumption to middleboxes of old.
        byte[] sessionId =
                new byte[hs.traits().legacySessionId() && config.extensions().middleboxCompat() ? 32 : 0];
        crypto.random(sessionId);

        List<ClientOffer.Share> shares = shares(env, config.groups().keyShares());
        ClientHello hello = new ClientHello(
                ProtocolVersion.TLS1_2.code(),
                random,
                sessionId,
                config.ciphers().suites13().stream().mapToInt(CipherSuite::code).toArray(),
                new byte[] {0},
                extensions(config, shares));
        return flow.afterOffer(
                new ClientOffer(config.extensions().padding() ? ClientHelloPadding.pad(hello) : hello, shares, 0));
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

    private static int[] offered(SignatureList accepted) throws TlsException {
        // RFC 9963 §3: numbers that are for clients' signatures alone do not stand in a ClientHello.
        int[] codes = accepted.schemes().stream()
                .filter(s -> !s.forClientsAlone())
                .mapToInt(SignatureScheme::code)
                .toArray();
        if (codes.length == 0) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.NO_SUITABLE_SIGNATURE_ALGORITHM,
                    "a ClientHello cannot offer any of " + accepted.schemes());
        }
        return codes;
    }

    private static ExtensionBlock extensions(HandshakeConfig config, List<ClientOffer.Share> shares)
            throws TlsException {
        ExtensionSettings settings = config.extensions();
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        if (settings.serverName() != null) {
            b.add(new ServerName(settings.serverName()));
        }
        b.add(new SupportedGroups(
                config.groups().groups().stream().mapToInt(NamedGroup::code).toArray()));
        b.add(new SignatureAlgorithms(offered(config.acceptedSignatures(true))));
        if (config.certificateSignatures() != null) {
            b.add(new SignatureAlgorithmsCert(config.certificateSignatures().codes()));
        }
        if (!config.auth().sent(true).isEmpty()) {
            b.add(new CertificateAuthorities(config.auth().sent(true)));
        }
        if (config.auth().postHandshake()) {
            b.add(new PostHandshakeAuth());
        }
        if (!settings.alpn().isEmpty()) {
            b.add(new Alpn(settings.alpn()));
        }
        RecordSettings records = config.records();
        if (records.maxFragmentLength() != FragmentLength.DISABLED) {
            b.add(new MaxFragmentLength(records.maxFragmentLength().code()));
        }
        if (records.sizeLimit() > 0) {
            b.add(new RecordSizeLimit(records.offeredSizeLimit()));
        }
        b.add(new SupportedVersions.Offer(new int[] {ProtocolVersion.TLS1_3.code()}));
        // RFC 9846 §4.3.9 [8446 4.2.9]: without it a server sends no tickets.
        b.add(new PskKeyExchangeModes(new int[] {PskMode.PSK_DHE_KE.code()}));
        b.add(ClientOffer.offer(shares));
        return b.build();
    }
}
