// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow13.Tampering;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ext.SupportedGroups;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** A curve is one that the client has offered, for the key exchange as for the key of a certificate (RFC 8422 §5.1.1, §5.3). */
class OfferedCurvesTest {
    private static final CipherSuite ECDSA = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    private static final CipherSuite RSA = CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256;

    /** A handshake in whose ClientHello these groups take the place of the client's; none if null. */
    private static ScriptedPair with(int[] groups, HandshakeConfig client, HandshakeConfig server) {
        return new ScriptedPair(client, server, Configs12.CRYPTO, CarrierTraits.TLS).run((from, m) -> {
            try {
                return List.of(m.is(HandshakeType.CLIENT_HELLO) ? changed(m, groups) : m);
            } catch (TlsException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static HandshakeMessage changed(HandshakeMessage m, int[] groups) throws TlsException {
        ClientHello h = m.parse(ClientHello::read);
        return new ClientHello(
                        h.legacyVersion(),
                        h.random(),
                        h.sessionId(),
                        h.cipherSuites(),
                        h.compressionMethods(),
                        Tampering.replace(
                                h.extensions(),
                                ExtensionType.SUPPORTED_GROUPS,
                                groups == null ? null : new SupportedGroups(groups)))
                .toMessage();
    }

    @Test
    void withoutTheClientsGroupsThereIsNoSuiteWithACurve() {
        ScriptedPair p = with(null, Configs12.client(ECDSA), Configs12.server(ECDSA));
        assertEquals(Reason.NO_SHARED_CIPHER, p.server.failure.reason());
        assertEquals(List.of(AlertDescription.HANDSHAKE_FAILURE), p.server.carrier.alerts());
        ScriptedPair other = with(null, Configs12.client(ECDSA, RSA), Configs12.server(ECDSA, RSA));
        assertEquals(RSA, other.server.negotiated.suite());
    }

    @Test
    void aClientRefusesACertificateOnACurveThatItHasNotOffered() {
        HandshakeConfig client = Configs12.client(ECDSA).with(new GroupList(List.of(NamedGroup.X25519)));
        int[] groups = {NamedGroup.X25519.code(), NamedGroup.SECP256R1.code()};
        ScriptedPair p = with(groups, client, Configs12.server(ECDSA));
        assertEquals(Reason.WRONG_CURVE, p.client.failure.reason(), p.client.failure::getMessage);
        assertEquals(List.of(AlertDescription.ILLEGAL_PARAMETER), p.client.carrier.alerts());
    }
}
