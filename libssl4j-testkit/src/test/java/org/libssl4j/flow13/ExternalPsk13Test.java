// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.config.CipherList;
import org.libssl4j.config.Credentials;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.PskSettings;
import org.libssl4j.config.PskSource;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.session.Lookup;
import org.libssl4j.session.SessionState;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** Keys that both sides have agreed on outside of TLS (RFC 9846 §4.3.11 [8446 4.2.11]), over a carrier without records. */
class ExternalPsk13Test {
    private static final byte[] NAME = "device 7".getBytes();
    private static final byte[] KEY = new byte[32];

    static {
        Arrays.fill(KEY, (byte) 0x5a);
    }

    private static Lookup key(byte[] name, byte[] key, CipherSuite suite, ProtocolVersion version) {
        try (Secret s = Secret.of(key.clone())) {
            return Lookup.of(
                    SessionState.builder(version, suite, s)
                            .ticket(name, 0, 0)
                            .pskIdentity(name)
                            .external()
                            .build(),
                    false);
        }
    }

    private static Lookup key(CipherSuite suite) {
        return key(NAME, KEY, suite, ProtocolVersion.TLS1_3);
    }

    private static HandshakeConfig client(CipherSuite suite) {
        return Configs.client().with(PskSettings.NONE.withUse(() -> key(suite)));
    }

    /** Without a certificate. */
    private static HandshakeConfig server(CipherSuite suite) {
        return Configs.server()
                .with(Credentials.NONE)
                .with(PskSettings.NONE.withFind(id -> Arrays.equals(NAME, id) ? key(suite) : Lookup.NONE));
    }

    private static ScriptedPair run(HandshakeConfig client, HandshakeConfig server) {
        return new ScriptedPair(client, server, Configs.CRYPTO, CarrierTraits.TLS).run();
    }

    private static void assertConnected(ScriptedPair p) {
        assertNull(p.client.failure, () -> "client: " + p.client.failure);
        assertNull(p.server.failure, () -> "server: " + p.server.failure);
        assertTrue(p.client.negotiated.complete());
        assertTrue(p.server.negotiated.complete());
    }

    @ParameterizedTest
    @EnumSource(
            value = CipherSuite.class,
            names = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"})
    void aKeyTakesThePlaceOfCertificates(CipherSuite suite) {
        List<HandshakeMessage> seen = new ArrayList<>();
        ScriptedPair p = new ScriptedPair(client(suite), server(suite), Configs.CRYPTO, CarrierTraits.TLS)
                .run((from, m) -> {
                    seen.add(m);
                    return List.of(m);
                });
        assertConnected(p);
        assertEquals(
                List.of("client_hello", "server_hello", "encrypted_extensions", "finished", "finished"),
                seen.stream().map(HandshakeMessage::toString).toList());
        assertEquals(suite.hash(), p.client.negotiated.suite().hash());
        assertTrue(p.client.negotiated.resumed(), "as SSL_session_reused says of OpenSSL");
        assertArrayEquals(NAME, p.client.negotiated.pskIdentity());
        assertArrayEquals(NAME, p.server.negotiated.pskIdentity());
        assertTrue(p.client.negotiated.peerChain().isEmpty());
    }

    @Test
    void aRetryLeavesOutAKeyOfAnotherHash() {
        HandshakeConfig server = Configs.server()
                .with(new GroupList(List.of(NamedGroup.SECP256R1)))
                .with(CipherList.DEFAULT.withSuites13(List.of(CipherSuite.TLS_AES_128_GCM_SHA256)));
        ScriptedPair p = run(client(CipherSuite.TLS_AES_256_GCM_SHA384), server);
        assertConnected(p);
        assertTrue(!p.client.negotiated.resumed());
    }

    @Test
    void aRetryKeepsAKeyOfItsHash() {
        CipherSuite suite = CipherSuite.TLS_AES_128_GCM_SHA256;
        ScriptedPair p = run(client(suite), server(suite).with(new GroupList(List.of(NamedGroup.SECP256R1))));
        assertConnected(p);
        assertTrue(p.client.negotiated.retried());
        assertTrue(p.client.negotiated.resumed());
    }

    @Test
    void anotherKeyOfTheSameNameIsADecryptError() {
        CipherSuite suite = CipherSuite.TLS_AES_128_GCM_SHA256;
        byte[] other = KEY.clone();
        other[31] ^= 1;
        HandshakeConfig client =
                Configs.client().with(PskSettings.NONE.withUse(() -> key(NAME, other, suite, ProtocolVersion.TLS1_3)));
        ScriptedPair p = run(client, server(suite));
        assertEquals(Reason.BINDER_DOES_NOT_VERIFY, p.server.failure.reason());
        assertEquals(List.of(AlertDescription.DECRYPT_ERROR), p.server.carrier.alerts());
    }

    @Test
    void aBinderTellsExternalKeysFromSessions() {
        // The server takes the client's external key for that of a ticket.
        CipherSuite suite = CipherSuite.TLS_AES_128_GCM_SHA256;
        HandshakeConfig server = Configs.server();
        KeptTickets tickets = new KeptTickets() {
            @Override
            public Lookup unseal(byte[] ticket) {
                try (Secret s = Secret.of(KEY.clone())) {
                    return Lookup.of(
                            SessionState.builder(ProtocolVersion.TLS1_3, suite, s)
                                    .created(java.time.Instant.now(), 1000)
                                    .serverName(org.libssl4j.interop.Identity.HOST)
                                    .build(),
                            false);
                }
            }
        };
        ScriptedPair p = run(client(suite), server.with(server.sessions().withSealer(tickets)));
        assertEquals(Reason.BINDER_DOES_NOT_VERIFY, p.server.failure.reason());
    }

    @Test
    void aNameThatNobodyKnowsLeadsToAHandshakeWithCertificates() {
        CipherSuite suite = CipherSuite.TLS_AES_128_GCM_SHA256;
        HandshakeConfig knowsNobody = Configs.server().with(PskSettings.NONE.withFind(id -> Lookup.NONE));
        ScriptedPair p = run(client(suite), knowsNobody);
        assertConnected(p);
        assertEquals(1, p.client.negotiated.peerChain().size());
    }

    @Test
    void aServerWithKeysAloneRefusesAClientWithoutOne() {
        ScriptedPair p = run(Configs.client(), server(CipherSuite.TLS_AES_128_GCM_SHA256));
        assertEquals(List.of(AlertDescription.HANDSHAKE_FAILURE), p.server.carrier.alerts());
    }

    @Test
    void bothCallbacksMayAnswerLater() {
        CipherSuite suite = CipherSuite.TLS_AES_128_GCM_SHA256;
        int[] laters = {2, 2};
        HandshakeConfig client =
                Configs.client().with(PskSettings.NONE.withUse(() -> laters[0]-- > 0 ? Lookup.LATER : key(suite)));
        HandshakeConfig server = Configs.server()
                .with(Credentials.NONE)
                .with(PskSettings.NONE.withFind(id -> laters[1]-- > 0 ? Lookup.LATER : key(suite)));
        ScriptedPair p = run(client, server);
        assertEquals(Want.X509_LOOKUP, p.client.want);
        p.client.advance();
        assertEquals(Want.X509_LOOKUP, p.client.want);
        p.run();
        assertEquals(Want.X509_LOOKUP, p.server.want);
        p.server.advance();
        assertEquals(Want.X509_LOOKUP, p.server.want);
        p.server.advance();
        p.run();
        assertConnected(p);
        assertTrue(p.server.negotiated.resumed());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theCallbacksOfOldGiveKeysForSha256(boolean retry) {
        HandshakeConfig client = Configs.client()
                .with(PskSettings.NONE.withClient(hint -> PskSource.Answer.of(NAME, Secret.of(KEY.clone()))));
        HandshakeConfig server = Configs.server()
                .with(Credentials.NONE)
                .with(PskSettings.NONE.withServer(id -> PskSource.Answer.of(null, Secret.of(KEY.clone()))));
        ScriptedPair p = run(client, retry ? server.with(new GroupList(List.of(NamedGroup.SECP256R1))) : server);
        assertConnected(p);
        assertTrue(p.server.negotiated.resumed());
        assertEquals(retry, p.server.negotiated.retried());
        assertArrayEquals(NAME, p.server.negotiated.pskIdentity());
        assertEquals(
                CipherSuite.TLS_AES_128_GCM_SHA256.hash(),
                p.server.negotiated.suite().hash());
    }

    @Test
    void aTicketOfAConnectionWithAKeyResumesAndSaysWhoseItWas() {
        CipherSuite suite = CipherSuite.TLS_AES_128_GCM_SHA256;
        HandshakeConfig server = server(suite);
        server = server.with(server.sessions().withSealer(new KeptTickets()));
        ScriptedPair p = run(client(suite), server);
        assertConnected(p);
        p.server.dataGoes();
        p.run();
        assertEquals(1, p.client.tickets.size());
        HandshakeConfig again = Configs.client();
        again = again.with(again.sessions().withOffered(p.client.tickets));
        ScriptedPair q = run(again, server);
        assertConnected(q);
        assertArrayEquals(NAME, q.server.negotiated.pskIdentity());
    }

    @Test
    void aKeyOfAnotherVersionIsAFaultOfTheCallbacks() {
        HandshakeConfig client = Configs.client()
                .with(PskSettings.NONE.withUse(
                        () -> key(NAME, KEY, CipherSuite.TLS_AES_128_GCM_SHA256, ProtocolVersion.TLS1_2)));
        ScriptedPair p = run(client, server(CipherSuite.TLS_AES_128_GCM_SHA256));
        assertEquals(Reason.BAD_PSK, p.client.failure.reason());
    }
}
