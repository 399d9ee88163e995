// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SecurityLevel;
import org.libssl4j.config.Versions;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.EcPointFormats;
import org.libssl4j.message.ext.RenegotiationInfo;
import org.libssl4j.message.ext.SupportedGroups;
import org.libssl4j.message.ext.SupportedVersions;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** What a ClientHello has in it, by the versions and suites that it offers. */
class OfferedVersionsTest {
    private static final Set<String> NEW = Set.of("SUPPORTED_VERSIONS", "PSK_KEY_EXCHANGE_MODES", "KEY_SHARE");
    private static final Set<String> OLD =
            Set.of("RENEGOTIATION_INFO", "EXTENDED_MASTER_SECRET", "EC_POINT_FORMATS", "SESSION_TICKET");

    private static ClientHello hello(HandshakeConfig c) throws TlsException {
        ScriptedPair p = new ScriptedPair(c, Configs12.server(), Configs12.CRYPTO, CarrierTraits.TLS);
        p.client.advance();
        if (p.client.failure != null) {
            throw p.client.failure;
        }
        return p.client.carrier.takeSent().get(0).parse(ClientHello::read);
    }

    private static Set<String> names(ClientHello h) {
        Set<String> names = new TreeSet<>();
        for (int t : h.extensions().types()) {
            names.add(ExtensionType.of(t).name());
        }
        return names;
    }

    private static Set<String> plus(Set<String> a, String... more) {
        Set<String> all = new TreeSet<>(a);
        all.addAll(List.of(more));
        return all;
    }

    private static int[] groups(ClientHello h) throws TlsException {
        return h.extensions()
                .get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read)
                .groups();
    }

    @Test
    void tls12AloneHasNothingOfTls13() throws Exception {
        ClientHello h = hello(Configs12.client(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256));
        assertEquals(0x0303, h.legacyVersion());
        assertEquals(0, h.sessionId().length);
        assertArrayEquals(new int[] {0xc02f}, h.cipherSuites());
        assertEquals(
                plus(OLD, "SERVER_NAME", "SUPPORTED_GROUPS", "SIGNATURE_ALGORITHMS", "RECORD_SIZE_LIMIT"), names(h));
        assertEquals(
                0,
                h.extensions()
                        .get(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::read)
                        .renegotiatedConnection()
                        .length);
        assertArrayEquals(
                new byte[] {0},
                h.extensions()
                        .get(ExtensionType.EC_POINT_FORMATS, EcPointFormats::read)
                        .formats());
    }

    @Test
    void bothVersionsShareOneHello() throws Exception {
        ClientHello h = hello(Configs12.newer(Configs12.client(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)));
        assertEquals(0x0303, h.legacyVersion());
        assertEquals(32, h.sessionId().length);
        assertArrayEquals(new int[] {0x1302, 0x1303, 0x1301, 0xc02f}, h.cipherSuites());
        Set<String> all = plus(OLD, "SERVER_NAME", "SUPPORTED_GROUPS", "SIGNATURE_ALGORITHMS", "RECORD_SIZE_LIMIT");
        all.addAll(NEW);
        assertEquals(all, names(h));
        assertArrayEquals(
                new int[] {0x0304, 0x0303},
                h.extensions()
                        .get(ExtensionType.SUPPORTED_VERSIONS, SupportedVersions.Offer::read)
                        .versions());
    }

    @Test
    void tls13AloneHasNothingOfTls12() throws Exception {
        ClientHello h = hello(Configs12.client().with(new Versions(ProtocolVersion.TLS1_3, ProtocolVersion.TLS1_3)));
        assertArrayEquals(new int[] {0x1302, 0x1303, 0x1301}, h.cipherSuites());
        assertEquals(
                plus(NEW, "SERVER_NAME", "SUPPORTED_GROUPS", "SIGNATURE_ALGORITHMS", "RECORD_SIZE_LIMIT"), names(h));
    }

    @Test
    void tls10SaysNothingOfSignatures() throws Exception {
        HandshakeConfig c = Configs12.client(
                        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
                        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                .with(SecurityLevel.LEVEL_0)
                .with(new Versions(ProtocolVersion.TLS1_0, ProtocolVersion.TLS1_0));
        ClientHello h = hello(c);
        assertEquals(0x0301, h.legacyVersion());
        assertArrayEquals(new int[] {0xc013}, h.cipherSuites(), "GCM came with TLS 1.2");
        assertFalse(h.extensions().has(ExtensionType.SIGNATURE_ALGORITHMS));
        assertTrue(h.extensions().has(ExtensionType.ENCRYPT_THEN_MAC));
    }

    @Test
    void aGroupStandsThereForASuiteThatUsesIt() throws Exception {
        GroupList all = new GroupList(List.of(NamedGroup.X25519MLKEM768, NamedGroup.X25519, NamedGroup.FFDHE2048));
        CipherSuite ecdhe = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
        CipherSuite dhe = CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256;
        CipherSuite rsa = CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256;
        assertArrayEquals(
                new int[] {0x001d}, groups(hello(Configs12.client(ecdhe).with(all))));
        // As OpenSSL, whose servers take a list of fields alone for one without the curve of a client's certificate.
        assertFalse(hello(Configs12.client(dhe).with(all)).extensions().has(ExtensionType.SUPPORTED_GROUPS));
        assertArrayEquals(
                new int[] {0x001d, 0x0100},
                groups(hello(Configs12.client(ecdhe, dhe).with(all))));
        assertFalse(hello(Configs12.client(rsa).with(all)).extensions().has(ExtensionType.SUPPORTED_GROUPS));
        assertFalse(hello(Configs12.client(rsa)).extensions().has(ExtensionType.EC_POINT_FORMATS));
    }

    @Test
    void whatIsSwitchedOffIsNotOffered() throws Exception {
        HandshakeConfig c = Configs12.client();
        Set<String> on = names(hello(c));
        assertTrue(on.containsAll(List.of("ENCRYPT_THEN_MAC", "EXTENDED_MASTER_SECRET", "SESSION_TICKET")));
        Set<String> off = names(hello(c.with(c.legacy()
                .withEncryptThenMac(false)
                .withExtendedMasterSecret(false)
                .withTickets(false))));
        on.removeAll(List.of("ENCRYPT_THEN_MAC", "EXTENDED_MASTER_SECRET", "SESSION_TICKET"));
        assertEquals(on, off);
    }

    @Test
    void aFallbackIsSignalledBehindTheSuites() throws Exception {
        HandshakeConfig c = Configs12.client();
        int[] without = hello(c).cipherSuites();
        int[] with = hello(c.with(c.legacy().withFallback(true))).cipherSuites();
        assertArrayEquals(without, Arrays.copyOf(with, without.length));
        assertEquals(0x5600, with[without.length]);
        assertEquals(without.length + 1, with.length);
    }

    @Test
    void withoutASuiteOrAVersionNothingIsSent() {
        HandshakeConfig c = Configs12.client(CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256);
        assertEquals(Reason.NO_CIPHERS_AVAILABLE, reason(c));
        assertEquals(
                Reason.NO_PROTOCOLS_AVAILABLE,
                reason(c.with(new Versions(ProtocolVersion.TLS1_0, ProtocolVersion.TLS1_1))),
                "security level 2 leaves nothing of these");
    }

    private static Reason reason(HandshakeConfig c) {
        try {
            hello(c);
            return null;
        } catch (TlsException e) {
            return e.reason();
        }
    }
}
