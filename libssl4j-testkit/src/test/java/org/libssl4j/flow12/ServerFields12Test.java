// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ServerKeyExchange;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** Which finite field a server of TLS 1.2 takes for Diffie-Hellman (RFC 7919 §4, SSL_CTX_set0_tmp_dh_pkey(3)). */
class ServerFields12Test {
    private static final CipherSuite DHE = CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256;
    private static final CipherSuite ECDHE = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;

    private static final DhParameters OWN =
            new DhParameters(field(NamedGroup.FFDHE3072).p(), BigInteger.valueOf(4));

    private static DhParameters field(NamedGroup g) {
        return Configs12.CRYPTO.field(g);
    }

    /** Names a curve, and fields if any. */
    private static HandshakeConfig client(NamedGroup... fields) {
        GroupList groups = new GroupList(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(NamedGroup.SECP256R1), java.util.Arrays.stream(fields))
                .toList());
        return Configs12.client(ECDHE, DHE).with(groups);
    }

    private static HandshakeConfig server(boolean auto, DhParameters own, NamedGroup... fields) {
        HandshakeConfig c = Configs12.server(DHE).with(new GroupList(List.of(fields)));
        c = c.with(c.legacy().withDhAuto(auto));
        return own == null ? c : c.with(c.legacy().with(own));
    }

    /** The field of the ServerKeyExchange. */
    private static DhParameters shown(HandshakeConfig client, HandshakeConfig server) {
        DhParameters[] shown = new DhParameters[1];
        ScriptedPair p = new ScriptedPair(client, server, Configs12.CRYPTO, CarrierTraits.TLS).run((from, m) -> {
            if (m.is(HandshakeType.SERVER_KEY_EXCHANGE)) {
                try {
                    ServerKeyExchange x =
                            m.parse(ServerKeyExchange.codec(KeyExchangeAlgorithm.DHE_RSA, ProtocolVersion.TLS1_2));
                    shown[0] = new DhParameters(new BigInteger(1, x.prime()), new BigInteger(1, x.generator()));
                } catch (TlsException e) {
                    throw new AssertionError(e);
                }
            }
            return List.of(m);
        });
        if (p.server.failure != null) {
            assertEquals(Reason.NO_SHARED_CIPHER, p.server.failure.reason());
        } else {
            assertEquals(true, p.client.negotiated.complete(), () -> "" + p.client.failure);
        }
        return shown[0];
    }

    @Test
    void itsOwnOneAloneIsForAllClientsAsWithOpenssl() {
        HandshakeConfig own = server(false, OWN, NamedGroup.FFDHE2048);
        assertEquals(OWN, shown(client(), own));
        assertEquals(OWN, shown(client(NamedGroup.FFDHE2048), own));
        assertEquals(null, shown(client(NamedGroup.FFDHE2048), server(false, null, NamedGroup.FFDHE2048)));
    }

    @Test
    void oneOfItsChoiceIsOneThatTheClientNames() {
        HandshakeConfig auto = server(true, null, NamedGroup.FFDHE3072, NamedGroup.FFDHE2048);
        assertEquals(field(NamedGroup.FFDHE2048), shown(client(NamedGroup.FFDHE2048), auto));
        assertEquals(field(NamedGroup.FFDHE3072), shown(client(NamedGroup.FFDHE3072), auto));
        assertEquals(field(NamedGroup.FFDHE2048), shown(client(), auto), "which names none");
        HandshakeConfig one = server(true, null, NamedGroup.FFDHE3072);
        assertEquals(null, shown(client(NamedGroup.FFDHE2048), one), "which names others");
    }

    @Test
    void withBothItsOwnIsForClientsThatNameNone() {
        HandshakeConfig both = server(true, OWN, NamedGroup.FFDHE2048);
        assertEquals(field(NamedGroup.FFDHE2048), shown(client(NamedGroup.FFDHE2048), both));
        assertEquals(OWN, shown(client(), both));
        assertEquals(null, shown(client(NamedGroup.FFDHE3072), both));
    }
}
