// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Want;
import org.libssl4j.handshake.Wish;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.KeyUpdate;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ext.EarlyData;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.carrier.ScriptedCarrier;
import org.libssl4j.testkit.carrier.ScriptedPair;

/** The flows of both roles over a carrier without records. */
class Handshake13Test {
    private static ScriptedPair pair(HandshakeConfig client, HandshakeConfig server) {
        return new ScriptedPair(client, server, Configs.CRYPTO, CarrierTraits.TLS);
    }

    private static ScriptedPair connected() {
        ScriptedPair p = pair(Configs.client(), Configs.server()).run();
        assertConnected(p);
        return p;
    }

    private static void assertConnected(ScriptedPair p) {
        assertNull(p.client.failure, () -> "client: " + p.client.failure);
        assertNull(p.server.failure, () -> "server: " + p.server.failure);
        assertTrue(p.client.negotiated.complete());
        assertTrue(p.server.negotiated.complete());
        assertEquals(Want.NOTHING, p.client.want);
        assertEquals(Want.NOTHING, p.server.want);
    }

    @Test
    void bothSidesInstallTheSameSecretsInTheSameOrder() {
        ScriptedPair p = connected();
        List<ScriptedCarrier.Installed> c = p.client.carrier.installed();
        List<ScriptedCarrier.Installed> s = p.server.carrier.installed();
        assertEquals(4, c.size());
        assertEquals(4, s.size());
        for (ScriptedCarrier.Installed i : c) {
            Direction other = i.direction() == Direction.READ ? Direction.WRITE : Direction.READ;
            ScriptedCarrier.Installed twin = s.stream()
                    .filter(j -> j.epoch() == i.epoch() && j.direction() == other)
                    .findFirst()
                    .orElseThrow();
            assertEquals(i.secret(), twin.secret(), i.epoch() + " " + i.direction());
            assertEquals(i.suite(), twin.suite());
        }
        // A server may write application data before the client's Finished has come, but not read any.
        assertEquals(Epoch.APPLICATION, s.get(2).epoch());
        assertEquals(Direction.WRITE, s.get(2).direction());
        assertEquals(Direction.READ, s.get(3).direction());
    }

    @Test
    void aHelloRetryRequestAsksForTheGroupThatTheServerHas() {
        HandshakeConfig server = Configs.server().with(new GroupList(List.of(NamedGroup.SECP256R1)));
        List<HandshakeMessage> seen = new ArrayList<>();
        ScriptedPair p = pair(Configs.client(), server).run((from, m) -> {
            seen.add(m);
            return List.of(m);
        });
        assertConnected(p);
        assertEquals(NamedGroup.SECP256R1, p.client.negotiated.group());
        assertEquals(
                List.of("client_hello", "server_hello", "client_hello", "server_hello"),
                seen.subList(0, 4).stream().map(HandshakeMessage::toString).toList());
    }

    @Test
    void aServerThatSharesNoGroupFailsTheHandshake() {
        HandshakeConfig server = Configs.server().with(new GroupList(List.of(NamedGroup.SECP384R1)));
        ScriptedPair p = pair(Configs.client(), server).run();
        assertEquals(Reason.NO_SUITABLE_KEY_SHARE, p.server.failure.reason());
        assertEquals(List.of(AlertDescription.HANDSHAKE_FAILURE), p.server.carrier.alerts());
    }

    @Test
    void aClientThatIsAskedSignsWithItsCertificate() {
        HandshakeConfig client = Configs.client().with(Configs.credentials());
        HandshakeConfig server = Configs.serverThatAsks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT);
        ScriptedPair p = pair(client, server).run();
        assertConnected(p);
        assertArrayEquals(Configs.LEAF, p.server.negotiated.peerChain().get(0).der());
        assertEquals(SignatureScheme.ECDSA_SECP256R1_SHA256, p.server.negotiated.peerSignature());
        assertEquals(VerifyResult.OK, p.server.negotiated.verifyResult());
    }

    @Test
    void aClientWithoutACertificateSaysSoAndIsLetInIfNoneIsRequired() {
        ScriptedPair p =
                pair(Configs.client(), Configs.serverThatAsks(VerifyMode.PEER)).run();
        assertConnected(p);
        assertTrue(p.server.negotiated.peerChain().isEmpty());
    }

    @Test
    void aClientWithoutACertificateIsRefusedIfOneIsRequired() {
        ScriptedPair p = pair(Configs.client(), Configs.serverThatAsks(VerifyMode.PEER_FAIL_IF_NO_PEER_CERT))
                .run();
        assertEquals(Reason.PEER_DID_NOT_RETURN_A_CERTIFICATE, p.server.failure.reason());
        assertEquals(List.of(AlertDescription.CERTIFICATE_REQUIRED), p.server.carrier.alerts());
    }

    @Test
    void aVerificationThatAnswersLaterIsAskedAgain() {
        Queue<VerifyCb.Answer> answers =
                new ArrayDeque<>(List.of(VerifyCb.Answer.LATER, VerifyCb.Answer.LATER, VerifyCb.Answer.ACCEPT));
        HandshakeConfig client = Configs.client();
        client = client.with(client.verification().with((VerifyCb) (result, chain) -> answers.remove()));
        ScriptedPair p = pair(client, Configs.server()).run();
        assertEquals(Want.RETRY_VERIFY, p.client.want);
        p.client.advance();
        assertEquals(Want.RETRY_VERIFY, p.client.want);
        p.client.advance();
        p.run();
        assertConnected(p);
        assertTrue(answers.isEmpty());
    }

    @Test
    void workThatIsLentToAnExecutorSuspendsTheHandshake() {
        Queue<Runnable> queue = new ArrayDeque<>();
        ScriptedPair p =
                pair(Configs.client().with(queue::add), Configs.server().with(queue::add));
        int waits = 0;
        while (!p.client.negotiated.complete() || !p.server.negotiated.complete()) {
            p.run();
            waits += queue.size();
            while (!queue.isEmpty()) {
                assertTrue(p.client.want == Want.ASYNC || p.server.want == Want.ASYNC);
                queue.remove().run();
            }
            p.client.advance();
            p.server.advance();
        }
        p.run();
        assertConnected(p);
        assertEquals(3, waits, "two key agreements and a signature");
    }

    @Test
    void aNewSessionTicketIsKept() {
        ScriptedPair p = connected();
        ExtensionBlock early =
                ExtensionBlock.builder().add(new EarlyData.MaxSize(4096)).build();
        p.client.carrier.receive(
                new NewSessionTicket13(7200, 17, new byte[] {1}, new byte[] {9, 9, 9}, early).toMessage());
        p.client.carrier.receive(
                new NewSessionTicket13(7200, 18, new byte[] {2}, new byte[] {8, 8, 8}, ExtensionBlock.EMPTY)
                        .toMessage());
        p.client.advance();
        assertEquals(2, p.client.tickets.size());
        assertEquals(4096, p.client.tickets.get(0).maxEarlyData());
        assertEquals(0, p.client.tickets.get(1).maxEarlyData());
        assertTrue(
                !p.client.tickets.get(0).secret().equals(p.client.tickets.get(1).secret()),
                "the nonce makes the difference");
    }

    @Test
    void keyUpdatesThatAskForOneAreAnsweredByOneBeforeData() {
        ScriptedPair p = connected();
        for (int i = 0; i < 5; i++) {
            p.client.carrier.receive(new KeyUpdate(true).toMessage());
            p.client.advance();
        }
        List<ScriptedCarrier.Installed> c = p.client.carrier.installed();
        assertEquals(9, c.size());
        assertEquals(Direction.READ, c.get(8).direction());
        assertTrue(p.client.carrier.takeSent().isEmpty(), "there is no data to be sent yet");
        assertEquals(Wish.KEY_UPDATE_BEFORE_DATA, p.client.handshake.wish());

        p.client.handshake.wish(Wish.KEY_UPDATE); // as the connection does before data
        p.client.advance();
        List<HandshakeMessage> answer = p.client.carrier.takeSent();
        assertEquals(1, answer.size());
        assertTrue(answer.get(0).is(HandshakeType.KEY_UPDATE));
        assertEquals(Direction.WRITE, c.get(9).direction());
        p.server.carrier.receive(answer.get(0));
        p.server.advance();
        List<ScriptedCarrier.Installed> s = p.server.carrier.installed();
        assertEquals(c.get(9).secret(), s.get(4).secret(), "the server reads under what the client writes under");
        assertEquals(Wish.NOTHING, p.server.handshake.wish(), "an update that asks for none is not answered");
    }

    @Test
    void aRequestWhileAnUpdateOfOursIsWishedForChangesNothing() {
        ScriptedPair p = connected();
        p.client.handshake.wish(Wish.KEY_UPDATE_OF_BOTH);
        p.client.carrier.receive(new KeyUpdate(true).toMessage());
        p.client.advance();
        assertEquals(1, p.client.carrier.takeSent().size());
    }

    @Test
    void withoutALegacySessionIdInTheTraitsNoneIsSent() {
        CarrierTraits quicLike = new CarrierTraits(false, false, false, false, false, false);
        List<HandshakeMessage> seen = new ArrayList<>();
        ScriptedPair p = new ScriptedPair(Configs.client(), Configs.server(), Configs.CRYPTO, quicLike)
                .run((from, m) -> {
                    seen.add(m);
                    return List.of(m);
                });
        assertConnected(p);
        assertEquals(0, seen.get(0).raw()[4 + 2 + 32], "the length of legacy_session_id");
    }
}
