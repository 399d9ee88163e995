// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.util.List;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.LegacySettings;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.SupportedGroups;

/**
 * What a server of TLS 1.2 or before makes of the suites that it is offered (RFC 5246 §7.4.1.3, RFC 8422 §5.1): the first that all the rest fits.
 *
 * @param group of the key exchange over a curve or over a finite field by name; null for none
 * @param field the numbers of a finite field, named or not; null for a key exchange over none
 * @param signature which certificate is shown and how its key signs; null where none is
 */
public record SuiteChoice12(CipherSuite suite, NamedGroup group, DhParameters field, SignatureChoice signature) {
    private static final int[] NONE = {};

    /** The choice. */
    public static SuiteChoice12 forServer(
            ClientHello hello, HandshakeConfig config, Crypto crypto, ProtocolVersion version) throws TlsException {
        List<CipherSuite> ours =
                config.usableSuites().stream().filter(s -> s.fits(version)).toList();
        SupportedGroups offered = hello.extensions().get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read);
        for (CipherSuite s : SuiteChoice.shared(hello.cipherSuites(), ours, config.ciphers())) {
            SuiteChoice12 c = of(s, hello, offered, config, crypto, version);
            if (c != null) {
                return c;
            }
        }
        throw new TlsException(
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.NO_SHARED_CIPHER,
                "a ClientHello with " + hello.cipherSuites().length + " cipher suites and "
                        + (offered == null ? "no" : offered.groups().length)
                        + " groups; none of " + ours + " fits these and our certificates");
    }

    private static SuiteChoice12 of(
            CipherSuite s,
            ClientHello hello,
            SupportedGroups offered,
            HandshakeConfig config,
            Crypto crypto,
            ProtocolVersion version)
            throws TlsException {
        KeyExchangeAlgorithm kx = s.keyExchange();
        if (kx.preShared() && config.psk().server() == null) {
            return null; // there is nobody who knows a key
        }
        NamedGroup group = null;
        DhParameters field = null;
        if (kx.ecdhe()) {
            group = curve(offered, config, crypto);
            if (group == null) {
                return null;
            }
        } else if (kx.dhe()) {
            group = namedField(offered, config, crypto);
            field = group != null ? crypto.field(group) : unnamedField(offered, config, crypto);
            if (field == null) {
                return null;
            }
        }
        if (!kx.certified()) {
            return new SuiteChoice12(s, group, field, null);
        }
        SignatureChoice signature = SignatureChoice12.forServer(config, hello, kx, version);
        return signature == null ? null : new SuiteChoice12(s, group, field, signature);
    }

    /** RFC 8422 §5.1.1: a curve that the client knows. If it does not say we might choose any (§4); like OpenSSL, we choose none. */
    private static NamedGroup curve(SupportedGroups offered, HandshakeConfig config, Crypto crypto) {
        List<NamedGroup> ours = config.groups().groups().stream()
                .filter(g -> g.isCurve() && crypto.supports(g) && config.level().allowsGroup(g))
                .toList();
        return offered == null
                ? null
                : first(ours, offered.groups(), config.ciphers().serverPreference());
    }

    /** RFC 7919 §4: a field by name, where the client knows some. */
    private static NamedGroup namedField(SupportedGroups offered, HandshakeConfig config, Crypto crypto) {
        LegacySettings settings = config.legacy();
        if (offered == null || !settings.dhAuto()) {
            return null;
        }
        GroupList groups = config.groups();
        List<NamedGroup> ours = groups.groups().stream()
                .filter(g -> g.isField() && crypto.supports(g) && config.level().allowsGroup(g))
                .toList();
        return first(ours, offered.groups(), config.ciphers().serverPreference());
    }

    private static boolean namesFields(SupportedGroups offered) {
        for (int code : offered == null ? NONE : offered.groups()) {
            if (code >>> 8 == 1) { // ffdhe2048 … ffdhe_private_use, 0x0100 to 0x01ff
                return true;
            }
        }
        return false;
    }

    private static DhParameters unnamedField(SupportedGroups offered, HandshakeConfig config, Crypto crypto) {
        // RFC 7919 §4: a client that names fields takes no others. As with OpenSSL, a server that has one of its own
        // alone shows that.
        if (config.legacy().dhAuto() && namesFields(offered)) {
            return null;
        }
        DhParameters set = config.legacy().dhParameters();
        if (set == null) {
            return config.legacy().dhAuto()
                    ? crypto.field(
                            config.level().allowsGroup(NamedGroup.FFDHE2048)
                                    ? NamedGroup.FFDHE2048
                                    : NamedGroup.FFDHE3072)
                    : null;
        }
        return config.level().allowsDhBits(set.p().bitLength()) ? set : null;
    }

    private static NamedGroup first(List<NamedGroup> ours, int[] theirs, boolean oursFirst) {
        if (oursFirst) {
            return ours.stream()
                    .filter(g -> CodePoints.contain(theirs, g.code()))
                    .findFirst()
                    .orElse(null);
        }
        for (int code : theirs) {
            NamedGroup g = NamedGroup.of(code);
            if (g != null && ours.contains(g)) {
                return g;
            }
        }
        return null;
    }
}
