// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import java.util.List;
import java.util.function.Predicate;
import org.libssl4j.config.ExtensionSettings;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.config.Versions;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.PskMode;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.message.ext.CertificateAuthorities;
import org.libssl4j.message.ext.EcPointFormats;
import org.libssl4j.message.ext.EncryptThenMac;
import org.libssl4j.message.ext.ExtendedMasterSecret;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.MaxFragmentLength;
import org.libssl4j.message.ext.PostHandshakeAuth;
import org.libssl4j.message.ext.PskKeyExchangeModes;
import org.libssl4j.message.ext.RecordSizeLimit;
import org.libssl4j.message.ext.RenegotiationInfo;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.message.ext.SessionTicket;
import org.libssl4j.message.ext.SignatureAlgorithms;
import org.libssl4j.message.ext.SignatureAlgorithmsCert;
import org.libssl4j.message.ext.SupportedGroups;
import org.libssl4j.message.ext.SupportedVersions;
import org.libssl4j.negotiate.ClientOffer;
import org.libssl4j.negotiate.ResumptionRules12;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.FragmentLength;

/** The extensions of a ClientHello, as the versions and suites that it offers have a use for them. */
final class OfferedExtensions {
    private final HandshakeConfig config;
    private final Versions versions;
    private final List<CipherSuite> suites12;
    private final boolean tls13;
    private final byte[] ticket;

    /** @param session of an older version than TLS 1.3 that is to be resumed; null for none */
    OfferedExtensions(HandshakeConfig config, Versions versions, List<CipherSuite> suites, SessionState session) {
        this.ticket = session == null ? new byte[0] : session.ticket();
        this.config = config;
        this.versions = versions;
        this.tls13 = versions.allows(ProtocolVersion.TLS1_3);
        this.suites12 =
                suites.stream().filter(s -> !s.fits(ProtocolVersion.TLS1_3)).toList();
    }

    ExtensionBlock block(List<ClientOffer.Share> shares) throws TlsException {
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        ofAllVersions(b);
        if (versions.newestFirst().stream().anyMatch(v -> v != ProtocolVersion.TLS1_3)) {
            ofOlderVersions(b);
        }
        if (tls13) {
            ofTls13(b, shares);
        }
        return b.build();
    }

    private void ofAllVersions(ExtensionBlock.Builder b) throws TlsException {
        ExtensionSettings settings = config.extensions();
        if (settings.serverName() != null) {
            b.add(new ServerName(settings.serverName()));
        }
        int[] groups = config.groups().groups().stream()
                .filter(this::offered)
                .mapToInt(NamedGroup::code)
                .toArray();
        if (groups.length > 0) {
            b.add(new SupportedGroups(groups));
        } else if (tls13) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.NO_SUITABLE_GROUPS,
                    "the security level leaves no group for a ClientHello");
        }
        // RFC 5246 §7.4.1.4.1: it means nothing before TLS 1.2.
        if (versions.newestFirst().get(0).compareTo(ProtocolVersion.TLS1_2) >= 0) {
            b.add(new SignatureAlgorithms(schemes()));
            if (config.certificateSignatures() != null) {
                b.add(new SignatureAlgorithmsCert(config.certificateSignatures().codes()));
            }
        }
        if (!settings.alpn().isEmpty()) {
            b.add(new Alpn(settings.alpn()));
        }
        RecordSettings records = config.records();
        if (records.maxFragmentLength() != FragmentLength.DISABLED) {
            b.add(new MaxFragmentLength(records.maxFragmentLength().code()));
        }
        if (records.sizeLimit() > 0) {
            // RFC 8449 §4: no more than the newest version has; before TLS 1.3 the type is not counted.
            int most = tls13 ? RecordSettings.MAX_SIZE_LIMIT : RecordSettings.MAX_CONTENT;
            b.add(new RecordSizeLimit(Math.min(records.offeredSizeLimit(), most)));
        }
    }

    /** TLS 1.3 has all of them. RFC 8422 §5.1.1, RFC 7919 §3: before it there are curves and fields, each for suites that use them; without a suite for a curve none is named, as with OpenSSL, whose servers take a list of fields alone for one without the curve of our certificate. */
    private boolean offered(NamedGroup g) {
        return tls13
                || has(KeyExchangeAlgorithm::ecdhe) && (g.isCurve() || g.isField() && has(KeyExchangeAlgorithm::dhe));
    }

    private boolean has(Predicate<KeyExchangeAlgorithm> kind) {
        return suites12.stream().anyMatch(s -> kind.test(s.keyExchange()));
    }

    private int[] schemes() throws TlsException {
        // RFC 9963 §3: numbers that are for clients' signatures alone do not stand in a ClientHello.
        int[] codes = config.acceptedSignatures(true).schemes().stream()
                .filter(s -> tls13 ? !s.forClientsAlone() : s.signsHandshake12())
                .mapToInt(SignatureScheme::code)
                .toArray();
        if (codes.length == 0) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.NO_SUITABLE_SIGNATURE_ALGORITHM,
                    "a ClientHello cannot offer any of "
                            + config.acceptedSignatures(true).schemes());
        }
        return codes;
    }

    private void ofOlderVersions(ExtensionBlock.Builder b) {
        b.add(new RenegotiationInfo(new byte[0])); // RFC 5746 §3.4: empty, for this is the first handshake
        if (config.legacy().extendedMasterSecret()) {
            b.add(new ExtendedMasterSecret());
        }
        if (has(KeyExchangeAlgorithm::ecdhe)) {
            b.add(new EcPointFormats(new byte[] {EcPointFormats.UNCOMPRESSED}));
        }
        // RFC 7366 §2: it is for suites with CBC.
        if (config.legacy().encryptThenMac() && suites12.stream().anyMatch(s -> s.cbc() != null)) {
            b.add(new EncryptThenMac());
        }
        if (ResumptionRules12.tickets(config)) {
            b.add(new SessionTicket(ticket)); // RFC 5077 §3.2: empty where there is none yet
        }
    }

    private void ofTls13(ExtensionBlock.Builder b, List<ClientOffer.Share> shares) {
        if (!config.auth().sent(true).isEmpty()) {
            b.add(new CertificateAuthorities(config.auth().sent(true)));
        }
        if (config.auth().postHandshake()) {
            b.add(new PostHandshakeAuth());
        }
        b.add(new SupportedVersions.Offer(
                versions.newestFirst().stream().mapToInt(ProtocolVersion::code).toArray()));
        // RFC 9846 §4.3.9 [8446 4.2.9]: without it a server sends no tickets.
        b.add(new PskKeyExchangeModes(
                config.sessions().allowNoDhe()
                        ? new int[] {PskMode.PSK_DHE_KE.code(), PskMode.PSK_KE.code()}
                        : new int[] {PskMode.PSK_DHE_KE.code()}));
        b.add(ClientOffer.offer(shares));
    }
}
